"""From a plan over the candidate network to the paper of it: pipes in the ground, nodes, heads, money."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from analysis.hydraulics.check import HydraulicCheck, check
from analysis.hydraulics.chosen import nodes_of_plan, pipes_of_plan
from analysis.hydraulics.layout import lay_out
from analysis.methods.reclaimed import NEEDS
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.district_plan import DistrictPlan
from analysis.methods.reclaimed.profile import profile_of
from analysis.network.answer import NetworkPlan
from geo.grids.raster import Raster, sample
from layers.district import District
from reports.reclaimed.paper import NetworkPaper
from words import Language, text
from words.errors import AtlasError

_DAY_S = 86_400.0


def paper_of(
    district: District,
    made: DistrictPlan,
    *,
    assumed: Mapping[str, float],
    result_id: str,
    language: Language = "zh",
) -> tuple[NetworkPaper, str | None]:
    """The paper of a plan, and why its hydraulics could not be simulated (none when they were).

    `assumed` holds the values of the method and of `analysis.hydraulics.limits`.
    """
    found, plan = made.candidates, made.plan
    pipes = _pipes(district, found, plan)
    nodes = _nodes(district, found, plan, pipes, assumed, language)
    checked, reason = _checked(nodes, pipes, assumed, language)
    figures = {
        "volume_m3": plan.volume_m3,
        "cost_yuan_per_year": plan.cost_yuan,
        "capital_yuan": made.economics.investment_yuan,
        "rate": made.rate.after_share,
        "gap": plan.gap,
    }
    paper = NetworkPaper(
        district=district,
        nodes=_drawn_nodes(nodes, checked, district),
        pipes=_drawn_pipes(pipes, None if checked is None else checked.pipes, district),
        result_id=result_id,
        illustrative=any(district.status(layer) == "illustrative" for layer in NEEDS),
        status=plan.status,
        figures=figures,
        check=checked,
    )
    return paper, reason


def _ground(district: District, found: Candidates) -> Raster | None:
    if found.surface is None:
        return None
    return Raster(found.surface.height, found.surface.transform, district.settings.metric_crs)


def _pipes(district: District, found: Candidates, plan: NetworkPlan) -> pd.DataFrame:
    """The pipes with their line, investment and the rise of the ground to the highest point of the route."""
    pipes = pipes_of_plan(plan.flows)
    arcs = found.arcs.set_index("id") if len(found.arcs) else found.arcs
    ground = _ground(district, found)
    pipes["geometry"] = [arcs.at[id_, "geometry"] for id_ in pipes["id"]]
    pipes["capital_yuan"] = [
        _investment(arcs.at[id_, "diameters"], dn) for id_, dn in zip(pipes["id"], pipes["dn_mm"], strict=True)
    ]
    pipes["rise_m"] = [
        0.0 if ground is None else float(np.nan_to_num(profile_of(ground, line).lift_m)) for line in pipes["geometry"]
    ]
    return pipes


def _investment(sizes: list[Mapping[str, float]], dn: float) -> float:
    return min(float(size["investment_yuan"]) for size in sizes if float(size["dn_mm"]) == dn)


def _nodes(
    district: District,
    found: Candidates,
    plan: NetworkPlan,
    pipes: pd.DataFrame,
    assumed: Mapping[str, float],
    language: Language,
) -> pd.DataFrame:
    hours = assumed["reclaimed_hour_factor"] / _DAY_S
    peaks = dict(zip(found.places["user"], found.places["peak_day_m3"] * hours, strict=True))
    nodes = nodes_of_plan(found.nodes, pipes, plan.served, peaks=peaks)
    ground = _ground(district, found)
    if ground is not None and len(nodes):
        nodes["elevation_m"] = sample(ground, nodes["x"].to_numpy(float), nodes["y"].to_numpy(float))
    else:
        nodes["elevation_m"] = float("nan")
    names = dict(zip(found.plants["plant"], found.plants["name"], strict=True))
    names |= {place.user: _place_name(place, district, language) for place in found.places.itertuples()}
    nodes["name"] = nodes["id"].map(names)
    nodes["use"] = [use_name(use, language) if isinstance(use, str) else "" for use in nodes["use"]]
    served = plan.served.assign(yuan=plan.served["m3"] * plan.served["unit_cost_yuan_per_m3"])
    totals = served.groupby("user")[["m3", "yuan"]].sum()
    nodes["m3_per_year"] = nodes["id"].map(totals["m3"]).fillna(0.0)
    nodes["unit_cost_yuan_per_m3"] = nodes["id"].map(totals["yuan"] / totals["m3"]).astype(float)
    return nodes


def _place_name(place: object, district: District, language: Language) -> str:
    """The place's own name; a filling point of water carts goes by its township."""
    if isinstance(place.name, str) and place.name:
        return place.name
    township = str(place.township)
    name = district.township(township).name if township in district.townships.index else township
    return text("reclaimed.paper.filling_point", language, township=name)


def use_name(use: str, language: Language) -> str:
    """The name of a use of reclaimed water."""
    return text(f"layers.reclaimed_users.choices.use.{use}", language)


def _checked(
    nodes: pd.DataFrame, pipes: pd.DataFrame, assumed: Mapping[str, float], language: Language
) -> tuple[HydraulicCheck | None, str | None]:
    if pipes.empty:
        return None, text("reclaimed.paper.check_empty", language)
    try:
        layout = lay_out(nodes, pipes.drop(columns="lift_m").rename(columns={"rise_m": "lift_m"}), assumed=assumed)
        return check(layout, assumed=assumed), None
    except AtlasError as error:
        return None, text(error.key, language, **error.facts)


def _drawn_pipes(pipes: pd.DataFrame, told: pd.DataFrame | None, district: District) -> gpd.GeoDataFrame:
    """The fields of `maps.screen.reclaimed_pipes.NETWORK_PIPES`."""
    frame = pd.DataFrame({
        "id": pipes["id"], "from_node": pipes["from"], "to_node": pipes["to"],
        "dn": [str(int(dn)) for dn in pipes["dn_mm"]], "length_m": pipes["length_m"], "lift_m": pipes["rise_m"],
        "m3_per_year": pipes["flow_m3"], "capital_yuan": pipes["capital_yuan"],
    })  # fmt: skip
    if told is not None:
        rows = told.reindex(pipes["id"]).reset_index(drop=True)
        for name, column in (
            ("average_m3_per_s", "flow_average_m3_per_s"), ("peak_m3_per_s", "flow_peak_m3_per_s"),
            ("velocity_m_per_s", "velocity_peak_m_per_s"), ("pump_head_m", "pump_head_m"), ("class_mpa", "class_mpa"),
        ):  # fmt: skip
            frame[name] = pd.to_numeric(rows[column]).astype(float)
        frame["regulated"] = rows["regulated"].eq(True)
    return gpd.GeoDataFrame(frame, geometry=list(pipes["geometry"]), crs=district.settings.metric_crs)


def _drawn_nodes(nodes: pd.DataFrame, checked: HydraulicCheck | None, district: District) -> gpd.GeoDataFrame:
    """The fields of `maps.screen.reclaimed_pipes.NETWORK_NODES`."""
    columns = ["id", "name", "kind", "use", "m3_per_year", "average_m3_per_s", "peak_m3_per_s", "elevation_m"]
    frame = nodes[[*columns, "unit_cost_yuan_per_m3"]].copy()
    if checked is not None:
        rows = checked.nodes.reindex(nodes["id"]).reset_index(drop=True)
        for column in ("head_peak_m", "pressure_average_m", "pressure_peak_m"):
            frame[column] = rows[column].astype(float)
    points = gpd.points_from_xy(nodes["x"], nodes["y"])
    return gpd.GeoDataFrame(frame, geometry=points, crs=district.settings.metric_crs)
