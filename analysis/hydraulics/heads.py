"""Heads of a layout from the plants on, and with them where it needs pumps and valves."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.formulas.hydraulics import M_PER_MPA, pressure_class_mpa
from analysis.hydraulics.pipe import CASES, Case, loss_m, pressures_m, pump_gain_m, start_head_m

REGULATING_HEAD_M, LEAST_REDUCED_M = 2.0, 5.0
_MOST_WATER, LITTLE_HEAD_M, _NEXT_TO_NOTHING_M, _NOTHING = 0.5, 15.0, 0.05, 1e-9


def set_heads(nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], assumed: Mapping[str, float]) -> None:
    """Fill in heads by case, pump heads and valves, from the plants on."""
    pipes["pump_head_m"], pipes["regulated"], pipes["valve_head_m"] = 0.0, False, float("nan")
    main = _main_pipes(nodes, pipes)
    wanted = _wanted_heads(nodes, pipes, order, main, assumed)
    needs = (_needed_heads(nodes, pipes, order, assumed), wanted)
    for node in order:
        heads = [f"head_{case}_m" for case in CASES]
        if node not in main:
            nodes.loc[node, heads] = nodes.at[node, "elevation_m"]
            continue
        pipe = main[node]
        pipes.at[pipe, "pump_head_m"] = _pump_head_m(nodes, pipes.loc[pipe], wanted[node], assumed)
        pipes.at[pipe, "valve_head_m"] = reduced_head_m(nodes, pipes.loc[pipe], [need[node] for need in needs], assumed)
        for case, head in zip(CASES, heads, strict=True):
            start = start_head_m(pipes.loc[pipe], nodes.at[pipes.at[pipe, "from"], head], case)
            nodes.at[node, head] = start - loss_m(pipes.loc[pipe], case)
    for pipe in pipes.index.difference(list(main.values()), sort=False):
        end = pipes.at[pipe, "to"]
        pipes.at[pipe, "regulated"] = True
        own = _pump_head_m(nodes, pipes.loc[pipe], wanted[end], assumed)
        pipes.at[pipe, "pump_head_m"] = max(own, *(_meeting_head_m(nodes, pipes.loc[pipe], case) for case in CASES))
        met = max(nodes.at[end, f"head_{case}_m"] for case in CASES) + REGULATING_HEAD_M
        pipes.at[pipe, "valve_head_m"] = reduced_head_m(nodes, pipes.loc[pipe], [met, met], assumed)


def _main_pipes(nodes: pd.DataFrame, pipes: pd.DataFrame) -> dict[str, str]:
    """The pipe that brings each node most of its water; plants, which have their own, have none."""
    fed = pipes[pipes["to"].map(nodes["kind"]) != "plant"].sort_values("flow_m3", kind="stable")
    return dict(zip(fed["to"], fed.index, strict=True))


def _wanted_heads(
    nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], main: Mapping[str, str], assumed: Mapping[str, float]
) -> dict[str, float]:
    """The head each node should have at peak: its own need, and that of the pipes beyond worth pumping for here.

    Worth it are those that take most of the water, or ask for little more; others get a station of their own. No node
    is lifted beyond one stage above its ground for the pipes beyond, nor, where ways meet, beyond one stage on each.
    """
    wanted: dict[str, float] = {}
    beyond = {start: list(group) for start, group in pipes.loc[list(main.values())].groupby("from").groups.items()}
    out, into = pipes.groupby("from")["peak_m3_per_s"].sum(), pipes.groupby("to").groups
    for node in reversed(order):
        ground = nodes.at[node, "elevation_m"]
        user = nodes.at[node, "kind"] == "user"
        own = ground + (nodes.at[node, "service_head_m"] if user else assumed["hydraulic_line_head_m"])
        total = nodes.at[node, "peak_m3_per_s"] + out.get(node, 0.0)
        asked = own
        for pipe in beyond.get(node, ()):
            needed = _needed_at_start_m(nodes, pipes.loc[pipe], wanted[pipes.at[pipe, "to"]], assumed)
            if pipes.at[pipe, "peak_m3_per_s"] >= _MOST_WATER * total or needed - own <= LITTLE_HEAD_M:
                asked = max(asked, needed)
        others = pipes.loc[[pipe for pipe in into.get(node, ()) if pipe != main.get(node)]]
        wanted[node] = max(own, min(asked, ground + assumed["reclaimed_stage_m"], _most_met_m(nodes, others, assumed)))
    return wanted


def _most_met_m(nodes: pd.DataFrame, ways: pd.DataFrame, assumed: Mapping[str, float]) -> float:
    """The head that every one of some ways reaches with one stage from its ground; infinite for none."""
    most = assumed["reclaimed_stage_m"] / pump_gain_m(1.0, 0.0) - REGULATING_HEAD_M
    reached = [
        nodes.at[way["from"], "elevation_m"] + most - max(loss_m(way, case) for case in CASES)
        for _, way in ways.iterrows()
    ]
    return min(reached, default=math.inf)


def _needed_heads(
    nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], assumed: Mapping[str, float]
) -> dict[str, float]:
    """The head at each node at peak with which no pipe beyond it would have to pump."""
    needed: dict[str, float] = {}
    out = pipes.groupby("from").groups
    for node in reversed(order):
        user = nodes.at[node, "kind"] == "user"
        above = nodes.at[node, "service_head_m"] if user else assumed["hydraulic_line_head_m"]
        beyond = [
            _needed_at_start_m(nodes, pipes.loc[pipe], needed[pipes.at[pipe, "to"]], assumed)
            for pipe in out.get(node, ())
        ]
        needed[node] = max([nodes.at[node, "elevation_m"] + above, *beyond])
    return needed


def _needed_at_start_m(nodes: pd.DataFrame, pipe: pd.Series, wanted_m: float, assumed: Mapping[str, float]) -> float:
    """The head a pipe needs at its start at peak flow to pass its highest point and arrive with the head wanted."""
    needed = wanted_m
    if pipe["lift_m"] > 0:
        top = nodes.at[pipe["from"], "elevation_m"] + pipe["lift_m"]
        needed = max(needed, top + assumed["hydraulic_line_head_m"])
    return needed + loss_m(pipe, "peak")


def _pump_head_m(nodes: pd.DataFrame, pipe: pd.Series, wanted_m: float, assumed: Mapping[str, float]) -> float:
    """What the head at the start lacks at peak flow, to a whole decimetre upwards.

    For what lies beyond the pipe no more than one stage, nor to more than one above the ground: at its end another
    station can take over.
    """
    head, end = nodes.at[pipe["from"], "head_peak_m"], nodes.loc[pipe["to"]]
    lacking = _needed_at_start_m(nodes, pipe, wanted_m, assumed) - head
    most = min(
        nodes.at[pipe["from"], "elevation_m"] + assumed["reclaimed_stage_m"] - head, assumed["reclaimed_stage_m"]
    )
    if lacking > most:
        above = end["service_head_m"] if end["kind"] == "user" else assumed["hydraulic_line_head_m"]
        own = _needed_at_start_m(nodes, pipe, end["elevation_m"] + above, assumed) - head
        lacking = max(own, most)
    return math.ceil(lacking * 10 - _NOTHING) / 10 if lacking > _NEXT_TO_NOTHING_M else 0.0


def reduced_head_m(nodes: pd.DataFrame, pipe: pd.Series, needs_m: list[float], assumed: Mapping[str, float]) -> float:
    """The head a reducing valve at the start of a pipe lets through; NaN where none is wanted or none would help.

    `needs_m` are heads at the end of the pipe: the one with which nothing beyond has to pump, and, for a pipe that no
    class would stand, the one with which stations of their own do.
    """
    ends = [nodes.loc[pipe[end]] for end in ("from", "to")]
    if pipe["pump_head_m"] > 0 or pipe["peak_m3_per_s"] <= 0:
        return float("nan")
    before = min(ends[0][f"head_{case}_m"] for case in CASES)
    excess = _excess(ends, pipe, assumed)
    for need, wrong in zip(needs_m, (excess > 0, excess > 1), strict=True):
        let = max(
            _needed_at_start_m(nodes, pipe, need, assumed), ends[0]["elevation_m"] + assumed["hydraulic_line_head_m"]
        )
        if wrong and before - let >= LEAST_REDUCED_M:
            return math.ceil(let * 10) / 10
    return float("nan")


def _excess(ends: list[pd.Series], pipe: pd.Series, assumed: Mapping[str, float]) -> int:
    """0 where a pipe without a valve keeps what is allowed, 1 where not, 2 where no pressure class would stand it."""
    most = 0.0
    user = False
    for case in CASES:
        heads = ends[0][f"head_{case}_m"], ends[0][f"head_{case}_m"] - loss_m(pipe, case)
        pressures = pressures_m(pipe, (ends[0]["elevation_m"], ends[1]["elevation_m"]), heads)
        most = max(most, *pressures)
        user |= ends[1]["kind"] == "user" and pressures[1] > assumed["hydraulic_most_user_head_m"]
    if pressure_class_mpa(most) is None:
        return 2
    return int(user or most > assumed["hydraulic_most_pipe_mpa"] * M_PER_MPA)


def _meeting_head_m(nodes: pd.DataFrame, pipe: pd.Series, case: Case) -> float:
    """What a regulated way lacks to arrive above the head it meets."""
    met = nodes.at[pipe["to"], f"head_{case}_m"] + REGULATING_HEAD_M
    return max(0.0, met + loss_m(pipe, case) - nodes.at[pipe["from"], f"head_{case}_m"])
