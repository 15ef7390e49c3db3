"""The site and the project a planner is trying in this session, until they are kept as a case under one id.

A picked feature stands in the address; a site drawn, pasted or uploaded is held by the session alone until saved.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting import METHOD
from app import changes, state, store
from app.siting.address import SHEET
from geo.doubt import Doubt
from geo.note import Note
from intake.site.reading import SiteFile
from records.cases import Case, save_case
from words.errors import AtlasError

_GIVEN, _TOLD, _RESTORED, _REFUSED, _OTHERS, _ANSWERS = (
    f"siting_{name}" for name in ("given", "told", "restored", "refused", "others", "answers")
)
_WATCHER = "siting_watcher"
MOST_BYTES = 1_000_000
Told = Mapping[str, object]


@dataclass(frozen=True)
class Given:
    """A site as it was handed in: hexadecimal WKB in the metric CRS, its own name, how it was read, its uncertainty.

    `called` is what the screen calls a site without a name, such as its file's name; it decides nothing. `pick` is the
    feature (layer:key) it was picked from; `parcels` the parts of a file that holds several; `decided` how it was read
    where it could be read otherwise.
    """

    wkb: str
    name: str = ""
    notes: tuple[Note, ...] = ()
    accuracy_m: float = 0.0
    pick: str | None = None
    parcels: tuple[tuple[str, str], ...] = ()
    called: str = ""
    decided: tuple[Doubt, ...] = ()

    @property
    def title(self) -> str:
        """Its own name, else what it is called."""
        return self.name or self.called

    @property
    def shape(self) -> BaseGeometry:
        """The shape itself."""
        return shapely.from_wkb(self.wkb)


def watcher() -> str:
    """This session's name at the desk of checks."""
    return st.session_state.setdefault(_WATCHER, uuid.uuid4().hex)


def given() -> Given | None:
    """The site drawn, pasted, uploaded or restored in this session."""
    return st.session_state.get(_GIVEN)


def told() -> Told:
    """What the planner said of the project, other than what a picked row says."""
    return dict(st.session_state.get(_TOLD, {}))


def refused() -> AtlasError | None:
    """Why the last site handed in could not be read."""
    return st.session_state.get(_REFUSED)


def take(read: SiteFile, *, called: str = "") -> None:
    """Make a site that was read the one on show; the address no longer names another."""
    parts = read.parcels if len(read.parcels) > 1 else ()
    parcels = tuple((label, shapely.to_wkb(shape, hex=True)) for label, shape in parts)
    shape = shapely.to_wkb(read.geometry, hex=True)
    put(Given(shape, read.own_name, read.notes, read.accuracy_m, None, parcels, called, read.decided))


def put(one: Given) -> None:
    """Show a site."""
    st.session_state[_GIVEN] = one
    st.session_state.pop(_REFUSED, None)
    st.session_state.pop(_RESTORED, None)
    state.change(site=None, sheet=None, view=None)


def answers_for(content: bytes) -> dict[str, str]:
    """What was answered about just these bytes; other bytes begin without answers."""
    mark = hashlib.sha256(content).hexdigest()
    if st.session_state.get(_ANSWERS, ("", {}))[0] != mark:
        st.session_state[_ANSWERS] = (mark, {})
    return dict(st.session_state[_ANSWERS][1])


def answer(given: Mapping[str, str]) -> None:
    """Remember answers about the bytes last read."""
    mark, known = st.session_state.get(_ANSWERS, ("", {}))
    st.session_state[_ANSWERS] = (mark, {**known, **given})


def refuse(error: AtlasError) -> None:
    """Remember why a site could not be read."""
    st.session_state[_REFUSED] = error


def pick(feature: str | None) -> None:
    """Show a feature picked; what was said of another project is forgotten."""
    for name in (_GIVEN, _REFUSED, _RESTORED, _TOLD):
        st.session_state.pop(name, None)
    state.change(site=feature, sheet=None, view=None)


def tell(field: str, value: object) -> None:
    """Say something of the project; none says that it is not known."""
    st.session_state[_TOLD] = {**told(), field: value}
    touched()


def touched() -> None:
    """The saved check on show no longer is what is shown."""
    chosen = state.selection()
    if chosen[SHEET] is None:
        return
    held = given()
    st.session_state.pop(_RESTORED, None)
    state.change(sheet=None, site=held.pick if held is not None and held.pick else None)


def move_to(shape: BaseGeometry, said: str, *, of: Given) -> None:
    """Put the project of `said` (JSON) elsewhere; a picked feature becomes a site of one's own."""
    put(Given(shapely.to_wkb(shape, hex=True), of.name, called=of.called))
    st.session_state[_TOLD] = json.loads(said)


def show(one: Given, said: str) -> None:
    """Show a candidate site with what was said of its project (JSON)."""
    put(Given(one.wkb, one.name, one.notes, one.accuracy_m, called=one.called))
    st.session_state[_TOLD] = json.loads(said)


def others() -> list[tuple[Given, str]]:
    """The candidate sites set aside for comparison, each with what was said of its project (JSON)."""
    return list(st.session_state.get(_OTHERS, []))


def set_aside(one: Given, said: str) -> None:
    """Keep a site for comparison, once, at most eight."""
    kept = [(held, what) for held, what in others() if held.wkb != one.wkb or what != said]
    st.session_state[_OTHERS] = [*kept, (one, said)][-8:]


def drop_others() -> None:
    """Forget the candidate sites."""
    st.session_state.pop(_OTHERS, None)


def keep(one: Given, said: Told, *, results: Mapping[str, str], version: str, subject: str | None) -> Case:
    """Save site, project, changed assumptions and results as a case and put its id into the address.

    AtlasError `siting.page.errors.too_big` for a shape too large to keep.
    """
    if len(one.wkb) > MOST_BYTES:
        raise AtlasError("siting.page.errors.too_big")
    notes = [[note.key, dict(note.facts)] for note in one.notes]
    choices = {
        "site": one.wkb,
        "name": one.name,
        "called": one.called,
        "notes": json.dumps(notes, ensure_ascii=False, default=str),
        "accuracy_m": str(one.accuracy_m),
        "pick": one.pick or "",
        "told": json.dumps(dict(said), ensure_ascii=False, sort_keys=True, default=str),
        **results,
    }
    folder = store.app_settings().state
    case = save_case(folder, METHOD, changes.changed(METHOD), subject=subject, version=version, choices=choices)
    st.session_state[_RESTORED] = case.id
    st.session_state[_GIVEN] = one
    state.change(sheet=case.id, site=None)
    return case


def restore(id_: str) -> Case:
    """The saved check the address names, taken into the session the first time it is met.

    AtlasError `records.cases.unknown` when there is none.
    """
    case = changes.case_of(METHOD, id_)
    if st.session_state.get(_RESTORED) != id_:
        kept = case.choices
        notes = tuple(Note(key, facts) for key, facts in json.loads(kept["notes"]))
        called = kept.get("called", "")  # cases of earlier versions have none
        pick_ = kept["pick"] or None
        one = Given(kept["site"], kept["name"], notes, float(kept["accuracy_m"]), pick_, called=called)
        st.session_state[_GIVEN], st.session_state[_TOLD] = one, json.loads(kept["told"])
        changes.take(METHOD, case.assumptions)
        st.session_state[_RESTORED] = id_
    return case
