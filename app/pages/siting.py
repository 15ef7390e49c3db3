"""选址: a site and a project against all checks, with what would change each verdict, water, and better places."""

from __future__ import annotations

import streamlit as st

from app import state
from app.parts.cases import case_line
from app.siting.ask import ask
from app.siting.assumptions import siting_assumptions
from app.siting.batch import batch
from app.siting.better import asked, better_part
from app.siting.compare import compare
from app.siting.controls import check_state, controls, welcome
from app.siting.give import give, how_read
from app.siting.map import siting_map
from app.siting.papers import papers
from app.siting.register import register, review_part
from app.siting.scene import Scene, open_scene
from app.siting.sheet import checks, verdict_head
from app.siting.water import water_part
from app.state import Selection


def show() -> None:
    """Show the siting page: one site, several side by side, a layer, or the register."""
    chosen = state.selection()
    scene = open_scene(chosen)
    controls(scene)
    if scene.view == "one":
        _one(scene, chosen)
    else:
        {"compare": compare, "batch": batch, "register": register}[scene.view](scene)


def _one(scene: Scene, chosen: Selection) -> None:
    better = asked(scene)
    left, right = st.columns([1.35, 1], gap="small")
    with left, st.container(key="siting_map_side"):
        siting_map(scene, better)
    with right, st.container(key="siting_side"):
        check_state(scene)
        if scene.case is None:
            welcome(scene)
            give(scene)
            how_read(scene)
            ask(scene)
            return
        verdict_head(scene)
        if scene.saved is not None:
            case_line(scene.saved, mark=scene.mark, language=scene.language)
        papers(scene, chosen, better=better)
        how_read(scene)
        ask(scene)
        checks(scene)
        water_part(scene)
        better_part(scene, better)
        siting_assumptions(scene.mark, scene.language)
        review_part(scene)
