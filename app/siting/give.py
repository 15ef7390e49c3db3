"""The ways to give a site: draw it, pick a project or park, upload a file, paste coordinates; and the example."""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import streamlit as st

from app import state, store
from app.map_view import Click
from app.parts.choices import one_of
from app.parts.notice import notice
from app.parts.questions import questions
from app.siting import session
from app.siting import store as siting_store
from app.siting.scene import Scene
from app.siting.store import PICKS
from geo.doubt import UndecidedError
from geo.note import Note
from intake.reading import read_pasted, read_site
from intake.site.reading import SiteFile
from words import Language, text
from words.errors import AtlasError
from words.units import quantity

WAYS = ("draw", "pick", "upload", "paste")
_WAY, _PASTED, _FILE, _PICK = "siting_way", "siting_pasted", "siting_file", "siting_pick"
EXAMPLE_LAYER = PICKS[0]


def example_of(mark: str) -> str | None:
    """The feature opened as a worked example, none where there is none."""
    return next((feature for feature in siting_store.picks(mark) if feature.startswith(EXAMPLE_LAYER)), None)


def give(scene: Scene) -> None:
    """Let a person give the site; what was read last, or why it could not be, stands below."""
    language = scene.language
    label = text("siting.page.give.title", language)
    way = one_of(label, WAYS, lambda way: text(f"siting.page.give.{way}", language), key=_WAY, width="stretch")
    {"draw": _draw, "pick": _pick, "upload": _upload, "paste": _paste}[way](scene)
    error = session.refused()
    if isinstance(error, UndecidedError):
        questions(error.doubts, name="siting", language=language, take=lambda given: _answered(scene.mark, given))
    elif error is not None:
        notice(text(error.key, language, **error.facts), "wrong")
    elif scene.given is None and scene.refusal is not None:
        notice(text(scene.refusal.key, language, **scene.refusal.facts), "wrong")


def _draw(scene: Scene) -> None:
    notice(text("siting.page.give.draw_help", scene.language))


def _pick(scene: Scene) -> None:
    features = siting_store.picks(scene.mark)
    if not features:
        notice(text("siting.page.give.nothing_to_pick", scene.language), "missing")
        return
    chosen = scene.given.pick if scene.given is not None and scene.given.pick in features else None
    state.show_in(_PICK, chosen)
    st.selectbox(
        text("siting.page.give.pick_label", scene.language),
        list(features),
        index=None,
        format_func=features.__getitem__,
        key=_PICK,
        label_visibility="collapsed",
        placeholder=text("siting.page.give.pick_label", scene.language),
        on_change=_picked,
    )


def _picked() -> None:
    session.pick(st.session_state[_PICK])


def _upload(scene: Scene) -> None:
    button = json.dumps(text("siting.page.give.upload_button", scene.language), ensure_ascii=False)
    st.html(f"<style>:root {{ --atlas-upload: {button}; }}</style>")
    file = st.file_uploader(
        text("siting.page.give.upload_label", scene.language),
        type=None,  # whatever comes is called what it is by the reader, in words of ours
        key=_FILE,
        max_upload_size=50,
        on_change=_uploaded,
        args=(scene.mark,),
        label_visibility="collapsed",
    )
    if file is None:
        notice(text("siting.page.give.upload_help", scene.language))


def _uploaded(mark: str) -> None:
    file = st.session_state.get(_FILE)
    if file is None:
        return
    content = file.getvalue()
    name = re.sub(r"[^\w.\-]", "_", Path(file.name).name)[-80:]
    answers = session.answers_for(content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        _read(lambda: read_site(path, store.district(mark), answers=answers), called=Path(name).stem)


def _paste(scene: Scene) -> None:
    language = scene.language
    st.text_area(
        text("siting.page.give.paste_label", language),
        key=_PASTED,
        height=120,
        placeholder=text("siting.page.give.paste_example", language),
        label_visibility="collapsed",
    )
    st.button(text("siting.page.give.paste_read", language), key="siting_read", on_click=_pasted, args=(scene.mark,))


def _pasted(mark: str) -> None:
    written = st.session_state.get(_PASTED) or ""
    answers = session.answers_for(written.encode("utf-8", "replace"))
    _read(lambda: read_pasted(written, store.district(mark), answers=answers), called="")


def _answered(mark: str, given: Mapping[str, str]) -> None:
    """Read the same upload or text again with what a person answered."""
    session.answer(given)
    {"upload": _uploaded, "paste": _pasted}[st.session_state[_WAY]](mark)


def drawn(click: Click, *, mark: str, language: Language) -> None:
    """Take a shape drawn on the map, given as GeoJSON in degrees."""
    shape = json.dumps(click.get("geojson"))

    def read() -> SiteFile:
        return dataclasses.replace(read_pasted(shape, store.district(mark)), notes=(Note("siting.page.give.drawn"),))

    _read(read, called=text("siting.page.give.drawn_name", language))


def _read(read: Callable[[], SiteFile], *, called: str) -> None:
    try:
        session.take(read(), called=called)
    except AtlasError as error:
        session.refuse(error)


def how_read(scene: Scene) -> None:
    """How the coordinates were read, and where the site lies."""
    language = scene.language
    if scene.given is None:
        return
    said = [text(note.key, language, **note.facts) for note in scene.given.notes]
    if scene.case is not None:
        site = scene.case.verdicts.site
        said.append(siting_where(scene, site.townships, site.area_m2))
    if said:
        notice(" ".join(said))
    if scene.refusal is not None:
        notice(text(scene.refusal.key, language, **scene.refusal.facts), "wrong")
    if scene.given.decided and st.session_state.get(_WAY) in ("upload", "paste"):
        with st.expander(text("app.questions.otherwise", language)):
            questions(
                scene.given.decided,
                name="siting_otherwise",
                language=language,
                take=lambda given: _answered(scene.mark, given),
                asking=False,
            )


def siting_where(scene: Scene, townships: Iterable[str], area_m2: float) -> str:
    """Where the site lies and how large it is, in one sentence."""
    names = store.joint((store.district(scene.mark).township(code).name for code in townships), scene.language)
    facts = {"area": quantity(area_m2, "m2_as_ha", scene.language), "mu": quantity(area_m2, "m2_as_mu", scene.language)}
    return text("siting.page.where", scene.language, townships=names, **facts)
