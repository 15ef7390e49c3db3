"""The chosen network below the map: plant → use, who is served at what price, pipes, who is left out."""

from __future__ import annotations

import base64

import pandas as pd
import streamlit as st

from analysis.methods.reclaimed.economics import compared
from analysis.methods.reclaimed.way import way_to
from app import state, store
from app.parts.notice import notice, part
from app.reclaimed import charts
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene
from reports.reclaimed.names import names_of, use_words
from words import Language, text
from words.markup import safe
from words.units import quantity

PIPES = "reclaimed_pipes"
_MORE = {
    "more_supply": "m3_per_year", "bigger_pipes": "m3_per_year", "higher_target": "m3_per_year",
    "lower_cost": "yuan_as_wan_yuan", "more_budget": "yuan_as_wan_yuan",
}  # fmt: skip


def _names(scene: Scene) -> dict[str, str]:
    known = scene.ground
    return names_of(known.plants, known.places, store.district(scene.mark), scene.language)


def _uses(scene: Scene) -> dict[str, str]:
    return dict(zip(scene.ground.places["user"], scene.ground.places["use"], strict=True))


def served_part(scene: Scene) -> None:
    """Which plant serves which use, and every user with its price against the tap."""
    language, plan, names, uses = scene.language, scene.network.done.plan, _names(scene), _uses(scene)
    part(text("reclaimed.page.parts.sankey", language))
    if plan.served.empty:
        notice(text("reclaimed.page.none_served", language), "empty")
        return
    flows = plan.served.assign(use=plan.served["user"].map(uses)).groupby(["plant", "use"], as_index=False)["m3"].sum()
    picture = base64.b64encode(charts.sankey(flows, names, language=language).encode()).decode("ascii")
    said = safe(text("reclaimed.page.chart.sankey", language))
    drawn = f'<img class="atlas-sankey" src="data:image/svg+xml;base64,{picture}" alt="{said}" width="100%">'
    st.html(f'<div class="atlas-scroll">{drawn}</div>')
    told = compared(plan, reclaimed_store.assumed(scene.changed)).sort_values("m3", ascending=False)
    frame = pd.DataFrame({
        "user": told["user"].map(names), "use": [use_words(uses[user], language) for user in told["user"]],
        "plant": told["plant"].map(names), "m3": told["m3"], "unit_cost": told["unit_cost_yuan_per_m3"],
        "difference": told["difference_yuan_per_m3"],
    })  # fmt: skip
    units = {"m3": "m3_per_year", "unit_cost": "yuan_per_m3", "difference": "yuan_per_m3"}
    with st.expander(text("reclaimed.page.parts.served", language, count=told["user"].nunique())):
        show_frame(frame, units=units, language=language, key="reclaimed_served")
        notice(text("reclaimed.page.served_note", language))


def pipe_part(scene: Scene) -> None:
    """The pipes of the plan; the one chosen here or on the map with its way over the ground."""
    language = scene.language
    paper = reclaimed_store.paper(scene.mark, scene.network, language)
    part(text("reclaimed.page.parts.pipes", language))
    if paper.pipes.empty:
        notice(text("reclaimed.paper.check_empty", language), "empty")
        return
    ids = [str(id_) for id_ in paper.pipes["id"]]
    pipe = scene.pipe if scene.pipe in ids else str(paper.pipes["id"].iloc[_main(paper.pipes)])
    state.show_in("reclaimed_pipe", pipe)
    labels = {str(row.id): _pipe_label(row, language) for row in paper.pipes.itertuples()}
    st.selectbox(
        text("reclaimed.page.pipe", language), ids, format_func=labels.__getitem__, key="reclaimed_pipe",
        on_change=state.change_from, args=("reclaimed_pipe",), kwargs={"name": "pipe"}, width=460,
    )  # fmt: skip
    done, crs = scene.network.done, store.district(scene.mark).settings.metric_crs
    way = way_to(done.built, done.candidates, pipe, crs=crs)
    if way is not None:
        st.altair_chart(
            charts.way_profile(way, language=language), width="stretch",
            alt=text("reclaimed.page.parts.pipes", language),
        )  # fmt: skip
    notice(_pipe_facts(paper.pipes.set_index("id").loc[pipe], language))
    with st.expander(text("reclaimed.page.parts.pipe_table", language, count=len(ids))):
        _pipe_table(paper.pipes, _names(scene), language)


def _main(pipes: pd.DataFrame) -> int:
    """The row of the pipe that moves most water furthest."""
    return int((pipes["m3_per_year"] * pipes["length_m"]).to_numpy(float).argmax())


def _pipe_label(row: object, language: Language) -> str:
    facts = {"dn": row.dn, "length": quantity(row.length_m, "m_as_km", language), "id": row.id}
    return text("reclaimed.page.pipe_label", language, flow=quantity(row.m3_per_year, "m3_per_year", language), **facts)


def _pipe_facts(row: pd.Series, language: Language) -> str:
    units = {
        "length_m": "m", "lift_m": "m", "m3_per_year": "m3_per_year", "peak_m3_per_s": "m3_per_s_as_l_per_s",
        "velocity_m_per_s": "m_per_s", "pump_head_m": "m", "valve_m": "m", "class_mpa": "mpa",
        "capital_yuan": "yuan_as_wan_yuan",
    }  # fmt: skip
    said = [
        text(
            "reclaimed.paper.line", language, label=text(f"layers.network_pipes.fields.{name}", language),
            value=quantity(float(row[name]), unit, language),
        )
        for name, unit in units.items()
        if name in row and pd.notna(row[name])
    ]  # fmt: skip
    return text("reclaimed.paper.between", language).join([f"DN{row['dn']}", *said])


def _pipe_table(pipes: pd.DataFrame, names: dict[str, str], language: Language) -> None:
    kept = [
        "id", "from_node", "to_node", "dn", "length_m", "lift_m", "m3_per_year", "velocity_m_per_s", "pump_head_m",
        "valve_m", "class_mpa", "capital_yuan",
    ]  # fmt: skip
    frame = pipes[[name for name in kept if name in pipes.columns]].copy()
    for end in ("from_node", "to_node"):
        frame[end] = [names.get(str(node), str(node)) for node in frame[end]]
    units = {
        "length_m": "m", "lift_m": "m", "m3_per_year": "m3_per_year", "velocity_m_per_s": "m_per_s", "pump_head_m": "m",
        "valve_m": "m", "class_mpa": "mpa", "capital_yuan": "yuan_as_wan_yuan",
    }  # fmt: skip
    show_frame(frame, units=units, language=language, key=PIPES)


def left_out_part(scene: Scene) -> None:
    """Who is left out, why, and what would bring it in."""
    language, left = scene.language, scene.network.done.plan.left_out
    part(text("reclaimed.page.parts.left_out", language, count=len(left)))
    if left.empty:
        notice(text("reclaimed.page.all_served", language), "empty")
        return
    names, uses = _names(scene), _uses(scene)
    told = left.sort_values("m3", ascending=False)
    frame = pd.DataFrame({
        "user": told["user"].map(names), "use": [use_words(uses[user], language) for user in told["user"]],
        "m3": told["m3"], "reason": [text(f"reclaimed.reasons.{reason}", language) for reason in told["reason"]],
        "condition": [_condition(row, language) for row in told.itertuples()],
        "unit_cost": told["cost_yuan_per_m3"], "threshold": told["threshold_yuan_per_m3"],
    })  # fmt: skip
    units = {"m3": "m3_per_year", "unit_cost": "yuan_per_m3", "threshold": "yuan_per_m3"}
    show_frame(frame, units=units, language=language, key="reclaimed_left_out", height=300)
    notice(text("reclaimed.page.left_note", language))


def _condition(row: object, language: Language) -> str:
    said = text(f"reclaimed.conditions.{row.would_come_in_if}", language)
    unit = _MORE.get(row.would_come_in_if)
    if unit is None or pd.isna(row.more):
        return said
    return text(
        "reclaimed.page.condition_more", language, condition=said, more=quantity(float(row.more), unit, language)
    )
