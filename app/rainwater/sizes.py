"""Below one project: a storm with and without the tank, and two tank sizes side by side."""

from __future__ import annotations

import streamlit as st

from analysis.methods.rainwater.projects import rounded_up_m3
from app import store as main_store
from app.parts.notice import notice, part
from app.parts.tables import show_table
from app.rainwater import charts, store
from app.rainwater.scene import Scene
from reports.rainwater import tables as made
from words import text
from words.units import quantity

MOST_M3 = 100_000.0


def storm_part(scene: Scene) -> None:
    """Peak and volume of the design storm, without the tank, with it as it usually stands, and emptied."""
    language, assumed = scene.language, scene.ground.assumed
    part(text("rainwater.page.storm_part", language))
    storm = scene.detail.storm
    if storm is None and scene.detail.project.own_tank_m3 is None:
        notice(text("units.missing", language), "missing")
        return
    if storm is None:
        owners = main_store.department("water", language)
        notice(text("rainwater.page.no_storm", language, owners=owners), "missing")
        return
    facts = {
        "period": f"{assumed['rain_storm_period_a']:g}",
        "minutes": f"{assumed['rain_storm_minutes']:g}",
        "depth": quantity(storm.depth_mm, "mm", language),
        "free": quantity(storm.usual_free_m3, "m3", language),
    }
    notice(text("rainwater.page.storm_line", language, **facts))
    show_table(made.storm_table(storm, language=language), language=language, key="rain_storm")
    figure = charts.storm_flows(storm, language=language)
    st.altair_chart(figure, width="stretch", alt=text("rainwater.page.storm_alt", language))
    notice(text("rainwater.page.storm_note", language))


def sizes_part(scene: Scene) -> None:
    """Two sizes a person chooses; at first the tank there is and the one that governs."""
    language = scene.language
    part(text("rainwater.page.sizes_part", language))
    said = scene.detail.answer
    if said is None:
        return
    asked = said.code_tanks.get(said.governs) if said.governs else None
    first = float(said.project.tank_m3 or 0.0)
    second = rounded_up_m3(float(asked)) if asked else max(2 * first, 10.0)
    left, right = st.columns(2)
    with left:
        one = _size("size_a", first, scene)
    with right:
        two = _size("size_b", float(second), scene)
    sizes = store.sizes_answer(*scene.key, project=said.project.id, tanks_m3=(one, two))
    show_table(made.size_table(sizes.detail.sizes, language=language), language=language, key="rain_sizes")
    notice(text("rainwater.page.sizes_note", language))
    notice(text("app.result_line", language, id=sizes.id))


def _size(name: str, value: float, scene: Scene) -> float:
    return st.number_input(
        text(f"rainwater.page.{name}", scene.language),
        min_value=0.0,
        max_value=MOST_M3,
        value=min(value, MOST_M3),
        step=5.0,
        format="%.1f",
        key=f"rain_{name}_{scene.project}",
    )
