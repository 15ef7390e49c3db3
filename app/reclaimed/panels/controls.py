"""Above the page the case and the papers; beside the map what is asked of the network."""

from __future__ import annotations

import json
from functools import partial

import streamlit as st

from analysis.methods.reclaimed import METHOD
from app import changes, state, store
from app.parts.cases import case_bar
from app.parts.choices import bar, one_of
from app.parts.files import file_buttons
from app.parts.notice import notice
from app.reclaimed import store as reclaimed_store
from app.reclaimed.scene import Scene
from app.state import Selection
from reports.reclaimed.files import network_files
from reports.reclaimed.names import names_of, use_words
from words import text

_AIMS = ("rate", "budget")
_WAN = 10_000.0


def controls(scene: Scene, *, chosen: Selection) -> None:
    """Case and link, and the papers of the plan."""
    language = scene.language
    with bar():
        case_bar("reclaimed", chosen, save=partial(_save, scene))
        with st.popover(text("reclaimed.page.download", language), disabled=scene.network is None):
            if scene.network is not None:
                _downloads(scene)


def _downloads(scene: Scene) -> None:
    """The papers of the plan; no INP where EPANET had nothing to read."""
    language = scene.language
    paper = reclaimed_store.paper(scene.mark, scene.network, language)
    kinds = ("xlsx", "gpkg", "dxf") + (("inp",) if paper.check is not None else ())
    labels = {kind: text(f"reclaimed.page.files.{kind}", language) for kind in kinds}
    name = f"{store.district_name(scene.mark, language)}-{text('reclaimed.title', language)}-{scene.network.result_id}"
    file_buttons(network_files(paper, language=language), labels, name=name, key="reclaimed")
    notice(text("reclaimed.page.files_note", language))


def _save(scene: Scene) -> None:
    changes.keep(METHOD, subject=None, version=store.district(scene.mark).version)


def wishes(scene: Scene) -> None:
    """What is asked: a rate or a budget, and behind a fold what to take in or leave out."""
    if scene.job is None:
        return
    language, wish = scene.language, scene.wish
    with st.container(key="reclaimed_wishes", gap="small"):
        one_of(
            text("reclaimed.page.aim", language), _AIMS, lambda aim: text(f"reclaimed.page.aims.{aim}", language),
            key="reclaimed_aim", now=wish.aim, on_change=_aim_chosen,
        )  # fmt: skip
        if wish.aim == "rate":
            _rate(scene)
        else:
            _budget(scene)
        count = len(wish.pinned) + len(wish.forbidden)
        name = text("reclaimed.page.pins", language, count=count) if count else text("reclaimed.page.no_pins", language)
        with st.expander(name):
            _pins(scene)


def _aim_chosen() -> None:
    changes.choose(METHOD, "aim", st.session_state["reclaimed_aim"], usual="rate")


def _rate(scene: Scene) -> None:
    today = scene.ground.rate.before_share or 0.0
    low, most = int(100 * today), max(int(100 * _most_share(scene)), int(100 * today) + 1)
    state.show_in("reclaimed_rate", min(max(round(100 * scene.wish.rate), low), most))
    st.slider(
        text("reclaimed.page.rate", scene.language, today=f"{100 * today:.1f}%"),
        low, most, step=1, format="%d%%", key="reclaimed_rate", on_change=_rate_chosen,
    )  # fmt: skip


def _most_share(scene: Scene) -> float:
    known = scene.ground
    if known.rate.treated_m3 <= 0:
        return 1.0
    more = min(float(known.plants["even_m3"].sum()), float(known.places["annual_m3"].sum()))
    return min((known.rate.reused_before_m3 + more) / known.rate.treated_m3, 1.0)


def _rate_chosen() -> None:
    changes.choose(METHOD, "rate", f"{st.session_state['reclaimed_rate'] / 100:.2f}", usual="")


def _budget(scene: Scene) -> None:
    state.show_in("reclaimed_budget", round(scene.wish.budget_yuan / _WAN, 2))
    st.number_input(
        text("reclaimed.page.budget", scene.language), min_value=0.0, max_value=100_000.0, step=20.0, format="%.2f",
        key="reclaimed_budget", on_change=_budget_chosen,
    )  # fmt: skip


def _budget_chosen() -> None:
    value = st.session_state["reclaimed_budget"]
    if value is not None:
        changes.choose(METHOD, "budget", f"{value * _WAN:.0f}", usual="")


def _pins(scene: Scene) -> None:
    names = _options(scene)
    for name, now in (("pin", scene.wish.pinned), ("forbid", scene.wish.forbidden)):
        key = f"reclaimed_{name}"
        state.show_in(key, [id_ for id_ in now if id_ in names])
        st.multiselect(
            text(f"reclaimed.page.{name}", scene.language), list(names), format_func=names.__getitem__, key=key,
            placeholder=text("reclaimed.page.choose", scene.language), on_change=_pinned, args=(name, key),
        )  # fmt: skip
    notice(text("reclaimed.page.pins_hint", scene.language))


def _pinned(name: str, key: str) -> None:
    changes.choose(METHOD, name, json.dumps(st.session_state[key], ensure_ascii=False), usual="[]")


def _options(scene: Scene) -> dict[str, str]:
    """Plants, users and the corridors of the plan, by id, as people call them."""
    language, known = scene.language, scene.ground
    names = names_of(known.plants, known.places, store.district(scene.mark), language)
    uses = dict(zip(known.places["user"], known.places["use"], strict=True))
    found = {}
    for id_, name in names.items():
        kind = use_words(uses[id_], language) if id_ in uses else text("reclaimed.page.plant", language)
        found[id_] = text("reclaimed.page.option", language, name=name, kind=kind, id=id_)
    kept = {*scene.wish.pinned, *scene.wish.forbidden}
    for id_ in sorted(reclaimed_store.corridors_of(scene.network) | (kept - found.keys())):
        found[id_] = text("reclaimed.page.corridor", language, id=id_)
    return found
