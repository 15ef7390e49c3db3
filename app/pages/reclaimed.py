"""再生水: plants, users and the best network for a wish, its proof and price; below, what it rests on."""

from __future__ import annotations

import streamlit as st

from app import state
from app.reclaimed.map import missing_notice, network_view
from app.reclaimed.panels.answer import answer, heading_line, proof
from app.reclaimed.panels.assumptions import reclaimed_assumptions
from app.reclaimed.panels.check import check_head, check_part
from app.reclaimed.panels.controls import controls, wishes
from app.reclaimed.panels.demand import demand_part, plants_part
from app.reclaimed.panels.money import curve_part, money_part
from app.reclaimed.panels.months import months_part
from app.reclaimed.panels.plan import left_out_part, pipe_part, served_part
from app.reclaimed.panels.progress import progress
from app.reclaimed.panels.scenarios import scenarios
from app.reclaimed.scene import Scene, open_scene


def show() -> None:
    """Show the reclaimed-water page."""
    chosen = state.selection()
    scene = open_scene(chosen)
    controls(scene, chosen=chosen)
    left, right = st.columns([2, 1], gap="small")
    with left:
        network_view(scene)
    with right:
        heading_line(scene)
        answer(scene)
        proof(scene)
        check_head(scene)
        progress(scene)
        wishes(scene)
    missing_notice(scene)
    if scene.network is not None:
        _network(scene)
    plants_part(scene)
    demand_part(scene)
    reclaimed_assumptions(scene.language)


def _network(scene: Scene) -> None:
    scenarios(scene)
    served_part(scene)
    months_part(scene)
    pipe_part(scene)
    left_out_part(scene)
    check_part(scene)
    money_part(scene)
    curve_part(scene)
