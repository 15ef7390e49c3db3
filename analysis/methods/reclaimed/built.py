"""A plan over the candidate network as it would lie in the ground: pipes, nodes, and what EPANET says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from analysis.hydraulics.check import HydraulicCheck, check
from analysis.hydraulics.chosen import nodes_of_plan, pipes_of_plan
from analysis.hydraulics.layout import lay_out
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.pipes import class_factor, pipe_yuan_per_m
from analysis.methods.reclaimed.routing.cutting import cut_pipes
from analysis.network.answer import NetworkPlan
from geo.grids.raster import Raster, sample
from layers.district import District
from words.errors import AtlasError

_DAY_S = 86_400.0
_LEAST_LINK_M = 20.0
_PIPES = {
    "from": "from_node", "to": "to_node", "dn_mm": "dn", "length_m": "length_m", "rise_m": "lift_m",
    "flow_m3": "m3_per_year", "capital_yuan": "capital_yuan",
}  # fmt: skip
_CHECKED_PIPES = {
    "flow_average_m3_per_s": "average_m3_per_s", "flow_peak_m3_per_s": "peak_m3_per_s",
    "velocity_peak_m_per_s": "velocity_m_per_s", "pump_head_m": "pump_head_m", "class_mpa": "class_mpa",
}  # fmt: skip
_NODES = ("id", "kind", "use", "m3_per_year", "average_m3_per_s", "peak_m3_per_s", "elevation_m")
_CHECKED_NODES = ("head_peak_m", "pressure_average_m", "pressure_peak_m")


@dataclass(frozen=True)
class Built:
    """Pipes and nodes in the metric CRS with what the check found of each, the check, and why there is none.

    A pipe over ground that rises or falls far is told in pieces, so that pumps and valves stand at the start of one.
    Pipes: id, from_node, to_node, dn (text), length_m, lift_m (rise to the highest point of the route), m3_per_year,
    capital_yuan (of its pressure class, of the lowest where nobody knows it); nodes: id, kind, use (its code),
    m3_per_year, average and peak flow, elevation_m, unit cost. What the check adds is missing where it was refused.
    """

    pipes: gpd.GeoDataFrame
    nodes: gpd.GeoDataFrame
    check: HydraulicCheck | None
    refusal: AtlasError | None


def built(district: District, found: Candidates, plan: NetworkPlan, *, assumed: Mapping[str, float]) -> Built:
    """The network of a plan, laid out and simulated; `assumed` holds the method's values and those of `limits`."""
    ground = None
    if found.surface is not None:
        ground = Raster(found.surface.height, found.surface.transform, district.settings.metric_crs)
    whole = _pipes(found, plan, assumed)
    nodes = _nodes(found, plan, whole, ground, assumed)
    users = set(nodes.loc[nodes["kind"] == "user", "id"])
    pipes, every, checked, refusal = _laid(nodes, whole, ground, users, assumed)
    high = () if checked is None else {one.id for one in checked.outside if one.what == "stages"}
    if high and ground is not None:
        pipes, every, checked, refusal = _laid(nodes, whole, ground, users, assumed, again=high)
    nodes = every
    crs = district.settings.metric_crs
    told = _told_pipes(pipes, checked, assumed).set_crs(crs)
    return Built(told, _told_nodes(nodes, checked).set_crs(crs), checked, refusal)


def _laid(
    nodes: pd.DataFrame, whole: pd.DataFrame, ground: Raster | None, users: set[str], assumed: Mapping[str, float],
    *, again: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame, HydraulicCheck | None, AtlasError | None]:  # fmt: skip
    """The pipes in pieces, all nodes, and the check or why there is none."""
    pipes, between = cut_pipes(whole, ground, users, assumed, again=again)
    every = pd.concat([nodes, between], ignore_index=True) if len(between) else nodes
    return pipes, every, *_checked(every, pipes, assumed)


def _pipes(found: Candidates, plan: NetworkPlan, assumed: Mapping[str, float]) -> pd.DataFrame:
    """The pipes with their line and investment; a plant's link to what passes by is as long as the way there."""
    pipes = pipes_of_plan(plan.flows)
    arcs = found.arcs.set_index("id") if len(found.arcs) else found.arcs
    links = (pipes["length_m"] <= 0).to_numpy()
    places = found.nodes.set_index("id")[["x", "y"]].astype(float)
    ends = zip(pipes["from"], pipes["to"], strict=True)
    straight = [LineString([tuple(places.loc[start]), tuple(places.loc[end])]) for start, end in ends]
    lines = zip(pipes["id"], links, straight, strict=True)
    pipes["geometry"] = [direct if link else arcs.at[id_, "geometry"] for id_, link, direct in lines]
    pipes["length_m"] = [max(line.length, _LEAST_LINK_M) if link else length for line, link, length
                         in zip(straight, links, pipes["length_m"], strict=True)]  # fmt: skip
    pipes["capital_yuan"] = [
        length * pipe_yuan_per_m(int(dn), slope=0.0, assumed=assumed)
        if link else _investment(arcs.at[id_, "diameters"], dn)
        for id_, dn, link, length in zip(pipes["id"], pipes["dn_mm"], links, pipes["length_m"], strict=True)
    ]  # fmt: skip
    return pipes


def _investment(sizes: list[Mapping[str, float]], dn: float) -> float:
    return min(float(size["investment_yuan"]) for size in sizes if float(size["dn_mm"]) == dn)


def _nodes(
    found: Candidates, plan: NetworkPlan, pipes: pd.DataFrame, ground: Raster | None, assumed: Mapping[str, float]
) -> pd.DataFrame:
    """The nodes with their height, the water each user gets and what a m³ of it costs."""
    hours = assumed["reclaimed_hour_factor"] / _DAY_S
    peaks = dict(zip(found.places["user"], found.places["peak_day_m3"] * hours, strict=True))
    nodes = nodes_of_plan(found.nodes, pipes, plan.served, peaks=peaks)
    nodes["elevation_m"] = np.nan
    if ground is not None and len(nodes):
        nodes["elevation_m"] = sample(ground, nodes["x"].to_numpy(float), nodes["y"].to_numpy(float))
    served = plan.served.assign(yuan=plan.served["m3"] * plan.served["unit_cost_yuan_per_m3"])
    totals = served.groupby("user")[["m3", "yuan"]].sum()
    nodes["m3_per_year"] = nodes["id"].map(totals["m3"]).fillna(0.0)
    nodes["unit_cost_yuan_per_m3"] = nodes["id"].map(totals["yuan"] / totals["m3"]).astype(float)
    return nodes


def _checked(
    nodes: pd.DataFrame, pipes: pd.DataFrame, assumed: Mapping[str, float]
) -> tuple[HydraulicCheck | None, AtlasError | None]:
    if pipes.empty:
        return None, AtlasError("reclaimed.paper.check_empty")
    try:
        layout = lay_out(nodes, pipes.drop(columns="lift_m").rename(columns={"rise_m": "lift_m"}), assumed=assumed)
        return check(layout, assumed=assumed), None
    except AtlasError as refusal:
        return None, refusal


def _told_pipes(pipes: pd.DataFrame, checked: HydraulicCheck | None, assumed: Mapping[str, float]) -> gpd.GeoDataFrame:
    told = pipes[["id", *_PIPES]].rename(columns=_PIPES)
    told["dn"] = [str(int(dn)) for dn in pipes["dn_mm"]]
    if checked is not None:
        rows = checked.pipes.reindex(pipes["id"]).reset_index(drop=True)
        for column, name in _CHECKED_PIPES.items():
            told[name] = pd.to_numeric(rows[column]).astype(float)
        told["regulated"] = rows["regulated"].eq(True)
        behind = {valve.pipe: valve.behind_m for valve in checked.valves}
        told["valve_m"] = pipes["id"].map(behind).astype(float).to_numpy()
        known = [None if pd.isna(mpa) else float(mpa) for mpa in told["class_mpa"]]
        told["capital_yuan"] *= [class_factor(mpa, assumed) for mpa in known]
    return gpd.GeoDataFrame(told, geometry=list(pipes["geometry"]))


def _told_nodes(nodes: pd.DataFrame, checked: HydraulicCheck | None) -> gpd.GeoDataFrame:
    told = nodes[[*_NODES, "unit_cost_yuan_per_m3"]].copy()
    if checked is not None:
        rows = checked.nodes.reindex(nodes["id"]).reset_index(drop=True)
        for column in _CHECKED_NODES:
            told[column] = rows[column].astype(float)
    return gpd.GeoDataFrame(told, geometry=gpd.points_from_xy(nodes["x"], nodes["y"]))
