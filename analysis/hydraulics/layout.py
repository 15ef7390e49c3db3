"""A chosen network set out for the hydraulic check: flows in two cases, pumping stations, and our own heads.

The plan says how much water every pipe carries in a year. Here each user draws its average and its peak flow, and the
pipes follow in the plan's proportions. A pump stands at the start of a pipe only where the head there does not carry
the water over the highest point and to the head wanted at the end, which is high enough for the pipes beyond where
these take most of the water; the water of a plant starts at ground level in its clear-water tank. Where two ways meet,
all but the largest end in a flow-regulating valve, so that every plant gives its planned share. Head losses are
Hazen–Williams (GB 50013-2018), local losses a share on top.

Nodes: `id`, `kind` (plant, user, junction), `elevation_m`; users `average_m3_per_s`, `peak_m3_per_s` and where they
differ `service_head_m`. Pipes: `id`, `from`, `to`, `length_m`, `dn_mm`, `flow_m3` a year and where known `lift_m`
(highest point of the route above its start).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.formulas.hydraulics import head_loss_m
from words.errors import AtlasError

Case = Literal["average", "peak"]
CASES: tuple[Case, ...] = ("average", "peak")
REGULATING_HEAD_M = 2.0
_NODE_COLUMNS = {"elevation_m": None, "average_m3_per_s": 0.0, "peak_m3_per_s": 0.0, "service_head_m": float("nan")}
_PIPE_COLUMNS = {"length_m": None, "dn_mm": None, "flow_m3": None, "lift_m": 0.0}
_SHUT_OFF, _SLOPE = 1.05, 0.05
_MOST_WATER, LITTLE_HEAD_M, _NEXT_TO_NOTHING_M = 0.5, 15.0, 0.05


@dataclass(frozen=True)
class Layout:
    """A network with flows, pumps and heads, by id.

    `nodes`: kind, elevation_m, service_head_m, and by case the demand (`average_m3_per_s`) and head (`head_average_m`).
    `pipes`: from, to, length_m, dn_mm, lift_m, roughness (local losses in it), flow by case, `pump_head_m` (0 without
    a pump; at peak flow), `regulated` (a flow-regulating valve at its end). `dry` are pipes that carry nothing.
    """

    nodes: pd.DataFrame
    pipes: pd.DataFrame
    dry: tuple[str, ...] = ()


def pump_gain_m(head_m: float, flow_share: float) -> float:
    """Head given by a station of design head `head_m` at a share of its design flow.

    A speed-regulated station keeps its head nearly level: 1.05 of it at no flow, 0.85 at twice the flow.
    """
    return head_m * (_SHUT_OFF - _SLOPE * flow_share**2)


def lay_out(nodes: pd.DataFrame, pipes: pd.DataFrame, *, assumed: Mapping[str, float]) -> Layout:
    """The layout of a chosen network; `assumed` are the values of `limits.ASSUMPTIONS` and
    the plan's own ones by id.

    AtlasError `reclaimed.paper.number_wrong` for a missing elevation, length or diameter,
    `reclaimed.paper.circle` for flows that run in a circle.
    """
    nodes = _read(nodes, _NODE_COLUMNS, ("kind",)).assign(**{f"head_{case}_m": float("nan") for case in CASES})
    nodes["service_head_m"] = nodes["service_head_m"].fillna(assumed["reclaimed_service_head_m"])
    pipes = _read(pipes, _PIPE_COLUMNS, ("from", "to"))
    dry = tuple(pipes.index[pipes["flow_m3"] <= 0])
    pipes = pipes[pipes["flow_m3"] > 0].copy()
    nodes = nodes[nodes.index.isin({*pipes["from"], *pipes["to"]})].copy()
    local = 1 + assumed["reclaimed_local_share"]
    pipes["roughness"] = assumed["reclaimed_roughness"] / local ** (1 / 1.852)
    order = _downstream(nodes, pipes)
    for case in CASES:
        pipes[f"{case}_m3_per_s"] = pd.Series(_flows(nodes, pipes, order, case), dtype=float)
    _set_heads(nodes, pipes, order, assumed)
    return Layout(nodes, pipes, dry)


def loss_m(pipe: pd.Series, case: Case) -> float:
    """Head lost over a pipe of a layout, local losses in it."""
    return head_loss_m(pipe[f"{case}_m3_per_s"], pipe["dn_mm"] / 1000, pipe["length_m"], pipe["roughness"])


def gain_m(pipe: pd.Series, case: Case) -> float:
    """Head the pipe's pump gives, 0 without a pump."""
    return pump_gain_m(pipe["pump_head_m"], pipe[f"{case}_m3_per_s"] / pipe["peak_m3_per_s"])


def _read(frame: pd.DataFrame, numbers: Mapping[str, float | None], texts: tuple[str, ...]) -> pd.DataFrame:
    ids = frame["id"].astype(str)
    found = pd.DataFrame({column: frame[column].astype(str).to_numpy() for column in texts}, index=pd.Index(ids))
    for column, default in numbers.items():
        if column in frame.columns:
            values = pd.to_numeric(frame[column], errors="coerce").to_numpy(float)
        else:
            values = float("nan") if default is None else default
        found[column] = values
        if default is None and found[column].isna().any():
            raise AtlasError("reclaimed.paper.number_wrong", id=found.index[found[column].isna()][0], column=column)
        if default is not None and default == default:
            found[column] = found[column].fillna(default)
    return found


def _downstream(nodes: pd.DataFrame, pipes: pd.DataFrame) -> list[str]:
    """The nodes in an order in which water only flows on."""
    before = pipes["to"].value_counts().to_dict()
    ahead = defaultdict(list)
    for start, end in zip(pipes["from"], pipes["to"], strict=True):
        ahead[start].append(end)
    order = [node for node in nodes.index if not before.get(node)]
    for node in order:
        for end in ahead[node]:
            before[end] -= 1
            if not before[end]:
                order.append(end)
    if len(order) < len(nodes):
        raise AtlasError("reclaimed.paper.circle", id=next(node for node in nodes.index if before.get(node)))
    return order


def _flows(nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], case: Case) -> dict[str, float]:
    """Flow of every pipe: what lies downstream draws, shared among the ways in as the plan shares the year's water."""
    into, out = pipes.groupby("to").groups, pipes.groupby("from").groups
    flow: dict[str, float] = {}
    for node in reversed(order):
        needed = nodes.at[node, f"{case}_m3_per_s"] + sum(flow[pipe] for pipe in out.get(node, ()))
        ways = list(into.get(node, ()))
        arriving = float(pipes.loc[ways, "flow_m3"].sum())
        if nodes.at[node, "kind"] == "plant" and len(ways):
            leaving = float(pipes.loc[list(out.get(node, ())), "flow_m3"].sum())
            needed *= min(1.0, arriving / leaving) if leaving else 1.0
        for pipe in ways:
            flow[pipe] = needed * pipes.at[pipe, "flow_m3"] / arriving
    return flow


def _set_heads(nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], assumed: Mapping[str, float]) -> None:
    """Fill in heads by case, pump heads and regulating valves, from the plants on."""
    pipes["pump_head_m"], pipes["regulated"] = 0.0, False
    main = _main_pipes(nodes, pipes)
    wanted = _wanted_heads(nodes, pipes, order, main, assumed)
    for node in order:
        heads = [f"head_{case}_m" for case in CASES]
        if node not in main:
            nodes.loc[node, heads] = nodes.at[node, "elevation_m"]
            continue
        pipe = main[node]
        pipes.at[pipe, "pump_head_m"] = _pump_head_m(nodes, pipes.loc[pipe], wanted[node], assumed)
        for case, head in zip(CASES, heads, strict=True):
            gained = gain_m(pipes.loc[pipe], case) - loss_m(pipes.loc[pipe], case)
            nodes.at[node, head] = nodes.at[pipes.at[pipe, "from"], head] + gained
    for pipe in pipes.index.difference(list(main.values()), sort=False):
        pipes.at[pipe, "regulated"] = True
        own = _pump_head_m(nodes, pipes.loc[pipe], wanted[pipes.at[pipe, "to"]], assumed)
        pipes.at[pipe, "pump_head_m"] = max(own, *(_meeting_head_m(nodes, pipes.loc[pipe], case) for case in CASES))


def _main_pipes(nodes: pd.DataFrame, pipes: pd.DataFrame) -> dict[str, str]:
    """The pipe that brings each node most of its water; plants, which have their own, have none."""
    fed = pipes[pipes["to"].map(nodes["kind"]) != "plant"].sort_values("flow_m3", kind="stable")
    return dict(zip(fed["to"], fed.index, strict=True))


def _wanted_heads(
    nodes: pd.DataFrame, pipes: pd.DataFrame, order: list[str], main: Mapping[str, str], assumed: Mapping[str, float]
) -> dict[str, float]:
    """The head each node should have at peak: its own need, and that of the pipes beyond worth pumping for here.

    Worth it are those that take most of the water, or ask for little more; others get a station of their own. No node
    is lifted beyond one stage above its ground for the pipes beyond.
    """
    wanted: dict[str, float] = {}
    beyond = {start: list(group) for start, group in pipes.loc[list(main.values())].groupby("from").groups.items()}
    out = pipes.groupby("from")["peak_m3_per_s"].sum()
    for node in reversed(order):
        ground = nodes.at[node, "elevation_m"]
        user = nodes.at[node, "kind"] == "user"
        own = ground + (nodes.at[node, "service_head_m"] if user else assumed["hydraulic_line_head_m"])
        total = nodes.at[node, "peak_m3_per_s"] + out.get(node, 0.0)
        asked = own
        for pipe in beyond.get(node, ()):
            needed = _start_head_m(nodes, pipes.loc[pipe], wanted[pipes.at[pipe, "to"]], assumed)
            if pipes.at[pipe, "peak_m3_per_s"] >= _MOST_WATER * total or needed - own <= LITTLE_HEAD_M:
                asked = max(asked, needed)
        wanted[node] = max(own, min(asked, ground + assumed["reclaimed_stage_m"]))
    return wanted


def _start_head_m(nodes: pd.DataFrame, pipe: pd.Series, wanted_m: float, assumed: Mapping[str, float]) -> float:
    """The head a pipe needs at its start at peak flow to pass its highest point and arrive with the head wanted."""
    needed = wanted_m
    if pipe["lift_m"] > 0:
        top = nodes.at[pipe["from"], "elevation_m"] + pipe["lift_m"]
        needed = max(needed, top + assumed["hydraulic_line_head_m"])
    return needed + loss_m(pipe, "peak")


def _pump_head_m(nodes: pd.DataFrame, pipe: pd.Series, wanted_m: float, assumed: Mapping[str, float]) -> float:
    """What the head at the start lacks at peak flow, to a whole decimetre upwards."""
    lacking = _start_head_m(nodes, pipe, wanted_m, assumed) - nodes.at[pipe["from"], "head_peak_m"]
    return math.ceil(lacking * 10) / 10 if lacking > _NEXT_TO_NOTHING_M else 0.0


def _meeting_head_m(nodes: pd.DataFrame, pipe: pd.Series, case: Case) -> float:
    """What a regulated way lacks to arrive above the head it meets."""
    met = nodes.at[pipe["to"], f"head_{case}_m"] + REGULATING_HEAD_M
    return max(0.0, met + loss_m(pipe, case) - nodes.at[pipe["from"], f"head_{case}_m"])
