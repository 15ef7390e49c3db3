"""What the source a proposal names can still give in a year, in m³: yield in a dry year less what is spoken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd
import shapely

from analysis.formulas.rain.runoff import annual_yield_m3
from analysis.methods.siting.check import Inquiry, Judgement, unknown
from analysis.methods.siting.ground.found import Group
from analysis.methods.siting.space.near import clipped, distances
from analysis.methods.siting.water.landuse import coefficient, local_rain_mm, surfaces_of
from analysis.methods.siting.water.promised import Left, left_of

DAYS = 365
SURFACE = ("reservoir", "river")
DRAWN = {"reservoir": "reservoirs", "river": "rivers"}  # kinds of source that have a layer of their own


@dataclass(frozen=True)
class Available:
    """What a source gives a year in m³, its name, layer and the way to it; `looked` are the layers that tell of it."""

    m3_per_year: float
    name: str
    layer: str
    distance_m: float | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    looked: tuple[str, ...] = ()


def available_m3(inquiry: Inquiry) -> Available | Judgement:
    """What is left of the proposal's source, or what is lacking to tell."""
    of_source = {
        "public_network": _network,
        "surface": lambda one: _own(one, SURFACE),
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
    spare = float(row["spare_m3_per_day"]) * DAYS
    return Available(spare, str(row["name"]), "supply_zones", distance, looked=("supply_zones",))


def _own(inquiry: Inquiry, kinds: tuple[str, ...]) -> Available | Judgement:
    """The nearest source of the kind with a yield in the table, within reach."""
    found = own_sources(inquiry, kinds)
    return found if isinstance(found, Judgement) else found[0]


def surface_at_hand(inquiry: Inquiry) -> list[Available | Judgement] | Judgement:
    """The surface sources within reach, nearest first, or what is lacking to tell of any."""
    return own_sources(inquiry, SURFACE)


def own_sources(inquiry: Inquiry, kinds: tuple[str, ...]) -> list[Available | Judgement] | Judgement:
    """The sources of the kinds with a yield in the table, within reach and nearest first; at least one."""
    yields = inquiry.ground.district.tables.get("source_yields")
    if yields is None or yields.empty:
        return unknown("source_yields")
    layers = ["water_intakes", *(layer for kind, layer in DRAWN.items() if kind in kinds)]
    groups = [inquiry.ground.group(f"layer:{layer}") for layer in layers]
    found = sorted((one for group in groups for one in _within_reach(inquiry, group, kinds)), key=lambda one: one[0])
    missing = [group.layer for group in groups if group.missing]
    if found:
        return [made for _, made in found]
    return unknown(*missing) if missing else unknown("source_yields", reason="no_source_near")


def _within_reach(
    inquiry: Inquiry, group: Group, kinds: tuple[str, ...]
) -> Iterator[tuple[float, Available | Judgement]]:
    """The way to each source of a group that has a yield, with what it has left."""
    if not len(group.shapes):
        return
    site, reach = inquiry.site.geometry, inquiry.assumed["siting_source_reach_m"]
    near = [int(at) for at in group.tree.query(site, predicate="dwithin", distance=reach)]
    if group.layer == "water_intakes":
        of_kind = group.frame["kind"].isin(kinds).tolist()
        near = [at for at in near if of_kind[at]]
    ids = group.frame["id"].tolist()
    for at, away in zip(near, distances(site, group.shapes[near]).tolist(), strict=True):
        left = _left(inquiry, group.layer, str(ids[at]))
        if left is not None:
            yield away, _available(left, group.label(at), group.layer, away, inquiry)


def _left(inquiry: Inquiry, layer: str, source: str) -> Left | None:
    """What a source has left at the guarantee asked for; worked out once."""
    guarantee = inquiry.assumed["siting_guarantee_share"]
    kept, key = inquiry.ground.yields, (layer, source, guarantee)
    if key not in kept:
        kept[key] = left_of(inquiry.ground.district, layer, source, guarantee=guarantee)
    return kept[key]


def _available(left: Left, name: str, layer: str, away: float, inquiry: Inquiry) -> Available | Judgement:
    looked = ("source_yields", "water_intakes", "irrigation_districts", layer)
    if left.lacking:
        return replace(unknown(*left.lacking, reason="source_terms", name=name), layer=layer, looked=looked)
    facts = {
        "guarantee": inquiry.assumed["siting_guarantee_share"], "yield_m3": left.yield_m3,
        "promised_m3": left.promised_m3, "ecological_m3": left.ecological_m3,
    }  # fmt: skip
    return Available(left.m3_per_year, name, layer, away, facts, tuple(dict.fromkeys(looked)))


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
    if pd.isna(rows["use_m3_per_year"][at]):
        return unknown("water_intakes.use_m3_per_year", reason="source_terms", name=group.label(at))
    left = float(rows["permitted_m3_per_year"][at]) - float(rows["use_m3_per_year"][at])
    return Available(max(left, 0.0), group.label(at), "water_intakes", ways[at], looked=("water_intakes",))


def _reclaimed(inquiry: Inquiry) -> Available | Judgement:
    """What the nearest wastewater plant treats and nobody has taken yet."""
    group = inquiry.ground.group("layer:wastewater_plants")
    nearest = group.nearest(inquiry.site.geometry)
    if group.missing or nearest is None:
        return unknown("wastewater_plants")
    left = spare_m3_per_day(group.frame.iloc[nearest[0]])
    if isinstance(left, str):
        return unknown(f"wastewater_plants.{left}", reason="source_terms", name=group.label(nearest[0]))
    looked = ("wastewater_plants",)
    return Available(left * DAYS, group.label(nearest[0]), "wastewater_plants", nearest[1], looked=looked)


def spare_m3_per_day(plant: pd.Series) -> float | str:
    """What a plant treats a day and neither reuses nor leaves to its river; the field not told, where one is."""
    flows = {name: plant[name] for name in ("treated_m3_per_day", "reused_m3_per_day", "ecological_m3_per_day")}
    untold = next((name for name, flow in flows.items() if pd.isna(flow)), None)
    if untold is not None:
        return untold
    treated, reused, ecological = map(float, flows.values())
    return max(treated - reused - ecological, 0.0)


def _rain(inquiry: Inquiry) -> Available | Judgement:
    """What the site's own surfaces collect by GB 50555."""
    rain = local_rain_mm(inquiry)
    if rain is None:
        return unknown("rainfall")
    surfaces, estimated = surfaces_of(inquiry)
    area = sum(surfaces.values())
    share = inquiry.assumed["rain_usable_share"]
    volume = float(annual_yield_m3(area, rain, coefficient(surfaces, inquiry.assumed), usable_share=share))
    facts = {"rain_mm": rain, "surfaces_estimated": estimated}
    return Available(volume, "", "rainfall", None, facts, ("rainfall",))
