"""A chosen network set out for the hydraulic check: flows in two cases, pumping stations, and our own heads.

The plan says how much water every pipe carries in a year. Here each user draws its average and its peak flow, and the
pipes follow in the plan's proportions. A pump stands at the start of a pipe only where the head there does not carry
the water over the highest point and to the head wanted at the end, which is high enough for the pipes beyond where
these take most of the water; the water of a plant starts at ground level in its clear-water tank. Where two ways meet,
all but the largest end in a flow-regulating valve, so that every plant gives its planned share. Where a user or a pipe
would bear more than is allowed and the head is not needed further on, a reducing valve stands at the start of the pipe.
Head losses are Hazen–Williams (GB 50013-2018), local losses a share on top.

Nodes: `id`, `kind` (plant, user, junction), `elevation_m`; users `average_m3_per_s`, `peak_m3_per_s` and where they
differ `service_head_m`. Pipes: `id`, `from`, `to`, `length_m`, `dn_mm`, `flow_m3` a year and where known `lift_m`
(highest point of the route above its start), `low_m` (height of its lowest point) and `low_share` (how far along).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.hydraulics.heads import set_heads
from analysis.hydraulics.pipe import CASES, Case
from words.errors import AtlasError

_NODE_COLUMNS = {"elevation_m": None, "average_m3_per_s": 0.0, "peak_m3_per_s": 0.0, "service_head_m": float("nan")}
_PIPE_COLUMNS = {
    "length_m": None, "dn_mm": None, "flow_m3": None, "lift_m": 0.0, "low_m": float("inf"), "low_share": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A network with flows, pumps and heads, by id.

    `nodes`: kind, elevation_m, service_head_m, and by case the demand (`average_m3_per_s`) and head (`head_average_m`).
    `pipes`: from, to, length_m, dn_mm, lift_m, roughness (local losses in it), flow by case, `pump_head_m` (0 without
    a pump; at peak flow), `valve_head_m` (what a reducing valve at its start lets through, NaN without one),
    `regulated` (a flow-regulating valve at its end). `dry` are pipes that carry nothing.
    """

    nodes: pd.DataFrame
    pipes: pd.DataFrame
    dry: tuple[str, ...] = ()


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
    set_heads(nodes, pipes, order, assumed)
    return Layout(nodes, pipes, dry)


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
