"""雨水: how much each township could use and what it owes, and one project with its size, price and storms."""

from __future__ import annotations

import streamlit as st

from app import state
from app.rainwater.assumptions import rain_assumptions
from app.rainwater.controls import controls
from app.rainwater.district import answer_cards, project_list, rain_map, ranking, record_notice
from app.rainwater.project import project_cards, project_heading, size_part, year_part
from app.rainwater.scene import Scene, open_scene
from app.rainwater.sizes import sizes_part, storm_part
from app.rainwater.tables import duty_tables, method_tables, runoff


def show() -> None:
    """Show the rainwater page: the district, a township, or one project."""
    chosen = state.selection()
    scene = open_scene(chosen)
    controls(scene, chosen=chosen)
    if scene.project is None:
        _place(scene)
    else:
        _project(scene)


def _place(scene: Scene) -> None:
    left, right = st.columns([2, 1], gap="small")
    with left:
        rain_map(scene)
    with right:
        answer_cards(scene)
        ranking(scene)
    record_notice(scene)
    project_list(scene)
    duty_tables(scene)
    method_tables(scene)
    runoff(scene)
    rain_assumptions(scene)


def _project(scene: Scene) -> None:
    project_heading(scene)
    record_notice(scene)
    if scene.detail.answer is None:
        return
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        project_cards(scene)
        size_part(scene)
        year_part(scene)
        storm_part(scene)
        sizes_part(scene)
    with right, st.container(key="rain_panel"):
        rain_assumptions(scene)
