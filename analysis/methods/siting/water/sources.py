"""What the source a proposal names can still give in a year, in m³: yield in a dry year less what is spoken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from analysis.formulas.rain.runoff import annual_yield_m3
from analysis.methods.siting.check import Inquiry, Judgement, unknown
from analysis.methods.siting.ground.found import Group
from analysis.methods.siting.space.near import clipped, distances
from analysis.methods.siting.water.landuse import coefficient, local_rain_mm, surfaces_of

DAYS = 365


@dataclass(frozen=True)
class Available:
    """What a source gives a year in m³, its name, layer and the way to it."""

    m3_per_year: float
    name: str
    layer: str
    distance_m: float | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def available_m3(inquiry: Inquiry) -> Available | Judgement:
    """What is left of the proposal's source, or what is lacking to tell."""
    of_source = {
        "public_network": _network,
        "surface": lambda one: _own(one, ("reservoir", "river")),
        "groundwater": lambda one: _own(one, ("well", "spring", "geothermal")),
        "mine_water": _mine,
        "reclaimed": _reclaimed,
        "rain": _rain,
    }
    return of_source[inquiry.proposal.source or ""](inquiry)


def supply_zone(inquiry: Inquiry) -> pd.Series | None:
    """The supply zone that holds most of the site, none when it lies in no zone."""
    group = inquiry.ground.group("layer:supply_zones")
    if not len(group.shapes):
        return None
    site = inquiry.site.geometry
    hits = group.tree.query(site, predicate="intersects")
    if not len(hits):
        return None
    common = shapely.intersection(clipped(group.shapes[hits], site, margin_m=0.0), site)
    return group.frame.iloc[int(hits[shapely.area(common).argmax()])]


def _network(inquiry: Inquiry) -> Available | Judgement:
    """The spare water of the zone the site lies in, else of the nearest zone."""
    group = inquiry.ground.group("layer:supply_zones")
    nearest = group.nearest(inquiry.site.geometry)
    if group.missing or nearest is None:
        return unknown("supply_zones")
    row = supply_zone(inquiry)
    distance = 0.0
    if row is None:
        row, distance = group.frame.iloc[nearest[0]], nearest[1]
    if pd.isna(row["spare_m3_per_day"]):
        return unknown("supply_zones")
    return Available(float(row["spare_m3_per_day"]) * DAYS, str(row["name"]), "supply_zones", distance)


def _own(inquiry: Inquiry, kinds: tuple[str, ...]) -> Available | Judgement:
    """The nearest reservoir or intake of the kind with a yield in the table, within reach."""
    yields = inquiry.ground.district.tables.get("source_yields")
    if yields is None or yields.empty:
        return unknown("source_yields")
    groups = [inquiry.ground.group("layer:water_intakes")]
    if "reservoir" in kinds:
        groups.insert(0, inquiry.ground.group("layer:reservoirs"))
    if all(group.missing for group in groups):
        return unknown("water_intakes")
    wanted = inquiry.assumed["siting_guarantee_share"]
    best: Available | None = None
    for group in groups:
        found = _nearest_with_yield(inquiry, group, kinds, yields, guarantee=wanted)
        if found is not None and (best is None or (found.distance_m or 0) < (best.distance_m or 0)):
            best = found
    return best if best is not None else unknown("source_yields", reason="no_source_near")


def _nearest_with_yield(
    inquiry: Inquiry, group: Group, kinds: tuple[str, ...], yields: pd.DataFrame, *, guarantee: float
) -> Available | None:
    if not len(group.shapes):
        return None
    site, reach = inquiry.site.geometry, inquiry.assumed["siting_source_reach_m"]
    near = group.tree.query(site, predicate="dwithin", distance=reach)
    left = _left(inquiry, yields, guarantee)
    ids = group.frame["id"].tolist()
    of_kind = group.frame["kind"].isin(kinds).tolist() if group.layer == "water_intakes" else [True] * len(ids)
    known = [int(at) for at in near if of_kind[at] and (group.layer, str(ids[at])) in left]
    if not known:
        return None
    away = distances(site, group.shapes[known])
    at = known[int(away.argmin())]
    volume = left[group.layer, str(ids[at])]
    return Available(volume, group.label(at), group.layer, float(away.min()), {"guarantee": guarantee})


def _left(inquiry: Inquiry, yields: pd.DataFrame, guarantee: float) -> dict[tuple[str, str], float]:
    """By layer and source: yield at the guarantee (linear between rows) less allocations and ecological flow.

    Never less than nothing; sources whose rows do not span the guarantee are left out.
    """
    kept = inquiry.ground.yields
    if guarantee not in kept:
        rows = yields.dropna(subset=["yield_m3_per_year"]).sort_values("guarantee_share")
        spoken = rows["allocated_m3_per_year"].fillna(0) + rows["ecological_m3_per_year"].fillna(0)
        rows = rows.assign(left=rows["yield_m3_per_year"] - spoken)
        found = {}
        for name, own in rows.groupby(["source_layer", "source"]):
            shares = own["guarantee_share"].to_numpy(float)
            if shares[0] - 1e-9 <= guarantee <= shares[-1] + 1e-9:
                found[name] = max(float(np.interp(guarantee, shares, own["left"])), 0.0)
        kept[guarantee] = found
    return kept[guarantee]


def _mine(inquiry: Inquiry) -> Available | Judgement:
    """The permitted volume of the nearest mine-water point that is not used yet."""
    group = inquiry.ground.group("layer:water_intakes")
    if group.missing:
        return unknown("water_intakes")
    site = inquiry.site.geometry
    rows = group.frame.reset_index(drop=True)
    near = [at for at in rows.index[rows["kind"] == "mine_water"] if not pd.isna(rows["permitted_m3_per_year"][at])]
    ways = dict(zip(near, distances(site, group.shapes[near]).tolist(), strict=True))
    ways = {at: away for at, away in ways.items() if away <= inquiry.assumed["siting_source_reach_m"]}
    if not ways:
        return unknown("water_intakes", reason="no_source_near")
    at = min(ways, key=lambda at: ways[at])
    used = rows["use_m3_per_year"][at]
    left = float(rows["permitted_m3_per_year"][at]) - (0.0 if pd.isna(used) else float(used))
    return Available(max(left, 0.0), group.label(at), "water_intakes", ways[at])


def _reclaimed(inquiry: Inquiry) -> Available | Judgement:
    """What the nearest wastewater plant treats and nobody has taken yet."""
    group = inquiry.ground.group("layer:wastewater_plants")
    nearest = group.nearest(inquiry.site.geometry)
    if group.missing or nearest is None:
        return unknown("wastewater_plants")
    row = group.frame.iloc[nearest[0]]
    if pd.isna(row["treated_m3_per_day"]):
        return unknown("wastewater_plants")
    taken = sum(
        0.0 if pd.isna(row[f"{use}_m3_per_day"]) else float(row[f"{use}_m3_per_day"])
        for use in ("reused", "ecological")
    )
    left = max(float(row["treated_m3_per_day"]) - taken, 0.0) * DAYS
    return Available(left, group.label(nearest[0]), "wastewater_plants", nearest[1])


def _rain(inquiry: Inquiry) -> Available | Judgement:
    """What the site's own surfaces collect by GB 50555."""
    rain = local_rain_mm(inquiry)
    if rain is None:
        return unknown("rainfall")
    surfaces, estimated = surfaces_of(inquiry)
    area = sum(surfaces.values())
    share = inquiry.assumed["rain_usable_share"]
    volume = float(annual_yield_m3(area, rain, coefficient(surfaces, inquiry.assumed), usable_share=share))
    return Available(volume, "", "rainfall", None, {"rain_mm": rain, "surfaces_estimated": estimated})
