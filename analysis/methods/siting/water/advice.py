"""Water for the site: what lies near, how far and how high, at what price, and what rain and reclaimed water can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.formulas.hydraulics import pump_energy_kwh_per_m3
from analysis.formulas.money import capital_recovery
from analysis.formulas.rain.runoff import annual_yield_m3
from analysis.methods.siting.check import Inquiry, Judgement, unknown
from analysis.methods.siting.water.landuse import coefficient, local_rain_mm, surfaces_of, tanks_m3
from analysis.methods.siting.water.sources import DAYS, spare_m3_per_day

INDUSTRIAL = ("industry", "chemical", "mining", "tailings", "logistics")


@dataclass(frozen=True)
class Supply:
    """The nearest feature that could bring water: straight distance, route (assumed longer), lift, price of water.

    `lift_m` is the site's height above it (negative: water runs down), `yuan_per_m3` none where demand or heights
    are unknown.
    """

    layer: str
    name: str
    distance_m: float
    route_m: float
    lift_m: float | None
    yuan_per_m3: float | None
    line: BaseGeometry


@dataclass(frozen=True)
class Water:
    """Water for the site; volumes in m³ a year, tanks in m³, shares of the whole demand.

    `uses` are the parts of the demand that need not be drinking water, in the order in which such water goes to them;
    `rain_m3` and `reclaimed_m3` what of them is met, rain first; `unconventional_share` their share of the demand.
    None is unknown.
    """

    mains: Supply | None
    plant: Supply | None
    reclaimed: Supply | None
    rain_yield_m3: float | None
    tanks_m3: dict[str, float | None]
    surfaces_m2: dict[str, float]
    surfaces_estimated: bool
    uses: dict[str, float]
    rain_m3: float | None
    reclaimed_m3: float | None
    unconventional_share: float | None


def water_for(inquiry: Inquiry) -> Water:
    """Everything the page says of the site's water; unknown parts are none."""
    surfaces, estimated = surfaces_of(inquiry)
    rain = local_rain_mm(inquiry)
    share = inquiry.assumed["rain_usable_share"]
    yielded = None
    if rain is not None:
        hard = {surface: area for surface, area in surfaces.items() if surface in ("roof", "paved")}
        area = sum(hard.values())
        psi = coefficient(hard, inquiry.assumed) if area else 0.0
        yielded = float(annual_yield_m3(area, rain, psi, usable_share=share)) if area else 0.0
    reclaimed = nearest_reclaimed(inquiry)
    uses = unconventional_uses(inquiry, surfaces)
    wanted = sum(uses.values())
    from_rain = None if yielded is None else min(yielded, wanted)
    spare = _reclaimed_at_hand(inquiry, reclaimed)
    from_plant = None if spare is None else min(wanted - (from_rain or 0.0), spare)
    met = _met(wanted, from_rain, from_plant)
    demand = inquiry.demand.m3_per_year
    return Water(
        mains=nearest_supply(inquiry, "layer:water_mains"),
        plant=nearest_supply(inquiry, "layer:wastewater_plants"),
        reclaimed=reclaimed,
        rain_yield_m3=yielded,
        tanks_m3=tanks_m3(inquiry),
        surfaces_m2=surfaces,
        surfaces_estimated=estimated,
        uses=uses,
        rain_m3=from_rain,
        reclaimed_m3=from_plant,
        unconventional_share=min(met / demand, 1.0) if demand and met is not None else None,
    )


def _met(wanted: float, rain: float | None, reclaimed: float | None) -> float | None:
    """What of the uses is met by both; whole where one that is known does, none where an unknown one may add to it."""
    if rain is not None and reclaimed is not None:
        return rain + reclaimed
    known = rain if rain is not None else reclaimed
    return wanted if known is not None and known >= wanted else None


def unconventional_uses(inquiry: Inquiry, surfaces: dict[str, float]) -> dict[str, float]:
    """Demand in m³ a year that need not be drinking water, in the order of the notice (二)12; never above the whole."""
    assumed, demand = inquiry.assumed, inquiry.demand.m3_per_year
    if not demand:
        return {}
    uses: dict[str, float] = {}
    if inquiry.proposal.sector in INDUSTRIAL:
        uses["industry"] = demand * assumed["siting_industry_nonpotable_share"]
    uses["greening"] = surfaces["green"] * assumed["lawn_m3_per_m2"]
    uses["roads"] = surfaces["paved"] * assumed["sweep_l_per_m2"] * assumed["sweep_times"] / 1000
    left = demand
    for use, volume in uses.items():
        uses[use] = min(volume, left)
        left -= uses[use]
    return uses


def nearest_supply(inquiry: Inquiry, group_name: str) -> Supply | None:
    """The nearest feature of a group as a supply, none when there are none."""
    group = inquiry.ground.group(group_name)
    nearest = group.nearest(inquiry.site.geometry)
    if nearest is None:
        return None
    position, distance = nearest
    line = shapely.shortest_line(inquiry.site.geometry, group.shapes[position])
    lift = _lift(inquiry, line)
    route = distance * inquiry.assumed["siting_route_factor"]
    price = _price(inquiry, route, lift, _at_source(inquiry.assumed, mains=group.layer == "water_mains"))
    return Supply(group.layer, group.label(position), distance, route, lift, price, line)


def nearest_reclaimed(inquiry: Inquiry) -> Supply | None:
    """The nearest reclaimed main that is built, else the nearest wastewater plant."""
    built = nearest_supply(inquiry, "reclaimed:built")
    plant = nearest_supply(inquiry, "layer:wastewater_plants")
    known = [one for one in (built, plant) if one is not None]
    return min(known, key=lambda one: one.distance_m, default=None)


def reclaimed_supply(inquiry: Inquiry) -> Supply | Judgement:
    """The nearest reclaimed water, or what layer is lacking to tell."""
    lacking = [
        layer
        for layer, group in (("wastewater_plants", "layer:wastewater_plants"), ("reclaimed_mains", "reclaimed:built"))
        if inquiry.ground.group(group).missing
    ]
    found = nearest_reclaimed(inquiry)
    return unknown(*lacking) if lacking or found is None else found


def _lift(inquiry: Inquiry, line: BaseGeometry) -> float | None:
    terrain = inquiry.ground.terrain
    if terrain is None or inquiry.slopes is None:
        return None
    end = shapely.get_coordinates(line)[-1]
    source = terrain.height_m(float(end[0]), float(end[1]))
    height = float(np.average(inquiry.slopes.height_m, weights=inquiry.slopes.weight))
    return None if source is None else height - source


def _at_source(assumed: Mapping[str, float], *, mains: bool) -> float:
    """The price of water where it comes from in yuan/m³: tap with its sewage fee from mains, else treatment."""
    return assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"] if mains else assumed["siting_treat_yuan_per_m3"]


def _price(inquiry: Inquiry, route_m: float, lift_m: float | None, at_source_yuan: float) -> float | None:
    """Pipe and pumping per m³ of the demand, and the price of the water at its source."""
    assumed, demand = inquiry.assumed, inquiry.demand.m3_per_year
    if not demand or lift_m is None:
        return None
    recovery = capital_recovery(assumed["discount_share"], assumed["pipe_life_years"])
    pipe = route_m * assumed["siting_pipe_yuan_per_m"] * assumed["mountain_factor"]
    energy = pump_energy_kwh_per_m3(max(lift_m, 0.0), assumed["pump_efficiency"]) * assumed["power_yuan_per_kwh"]
    return pipe * recovery / demand + energy + at_source_yuan


def _reclaimed_at_hand(inquiry: Inquiry, nearest: Supply | None) -> float | None:
    """What the nearest plant treats and nobody takes, m³ a year; nothing beyond reach, none where it is not known."""
    if any(inquiry.ground.group(name).missing for name in ("layer:wastewater_plants", "reclaimed:built")):
        return None
    if nearest is None or nearest.distance_m > inquiry.assumed["siting_far_m"]:
        return 0.0
    group = inquiry.ground.group("layer:wastewater_plants")
    plant = group.nearest(inquiry.site.geometry)
    if plant is None:
        return None
    spare = spare_m3_per_day(group.frame.iloc[plant[0]])
    return None if isinstance(spare, str) else spare * DAYS
