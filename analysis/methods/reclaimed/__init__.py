"""Reclaimed water: who can use whose water, by which pipe, at what price, proven best.

`run` gives what needs no search: supply and reuse rate of plants and district, demand of townships, and how many of
the plants suit each use. The best network is `plan_district` (from the layers) or `plan_network` (from two frames).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.assumption import resolve
from analysis.finding import Finding, Indicator, result_id, sources_of
from analysis.formulas.hydraulics import head_loss_m, pump_energy_kwh_per_m3
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import candidates, plant_fits
from analysis.methods.reclaimed.demand import annual_demand_m3, dry_days_by_month, monthly_m3, peak_day_m3
from analysis.methods.reclaimed.district_plan import DistrictPlan, plan_district
from analysis.methods.reclaimed.economics import reuse_rate
from analysis.methods.reclaimed.places import demand_places
from analysis.methods.reclaimed.quality import suitability
from analysis.methods.reclaimed.supply import plant_supply
from analysis.network.plan import plan_network
from analysis.question import Choice
from layers.district import District

__all__ = [
    "ASSUMPTIONS", "INDICATORS", "NEEDS", "DistrictPlan", "annual_demand_m3", "candidates", "demand_places",
    "dry_days_by_month", "head_loss_m", "monthly_m3", "peak_day_m3", "plan_district", "plan_network", "plant_supply",
    "pump_energy_kwh_per_m3", "run", "suitability",
]  # fmt: skip

METHOD = "reclaimed"
EDITION = 1
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
CHOICES: tuple[Choice, ...] = ()
PLANT_LAYERS = ("wastewater_plants", "effluent", "ecological_flow")
PLACE_LAYERS = (
    "water_users", "industrial_parks", "green_spaces", "roads", "car_wash_sites", "scenic_areas", "public_institutions",
    "residential_estates", "daily_rain",
)  # fmt: skip
ROUTE_LAYERS = (
    "elevation",
    "landcover",
    "landcover_legend",
    "rivers",
    "protection_zones",
    "reclaimed_mains",
    "projects",
)
NEEDS: tuple[str, ...] = ("townships", *PLANT_LAYERS, *PLACE_LAYERS, *ROUTE_LAYERS)
INDICATORS = (
    Indicator("reclaimed_supply_m3", "m3_per_year", METHOD, "more"),
    Indicator("reclaimed_demand_m3", "m3_per_year", METHOD),
    Indicator("reclaimed_rate", "share", METHOD, "more"),
    Indicator("reclaimed_fit_uses", "count", METHOD, "more"),
)
INDICATOR = {indicator.id: indicator for indicator in INDICATORS}


def run(district: District, assumptions: Mapping[str, float]) -> list[Finding]:
    """Findings per plant (supply, rate, uses it suits), per township (demand) and for the district (supply, rate)."""
    assumed = resolve(ASSUMPTIONS, assumptions)
    mark = result_id(district.version, METHOD, assumptions)
    return [*_plants(district, assumed, mark), *_townships(district, assumed, mark)]


def _plants(district: District, assumed: Mapping[str, float], mark: str) -> Iterator[Finding]:
    plants = plant_supply(district, assumed)
    places = demand_places(district, assumed)
    fits = plant_fits(district, sorted(set(places["use"])), planned=assumed["reclaimed_planned_plants"] >= 0.5)
    for plant in plants.itertuples():
        own = {use: fit.verdict for (id_, use), fit in fits.items() if id_ == plant.plant}
        usable = sum(verdict in ("ok", "polish") for verdict in own.values())
        rate = plant.reused_m3 / plant.treated_m3 if plant.treated_m3 > 0 else None
        facts = {"treated_m3": plant.treated_m3, "reused_m3": plant.reused_m3, "owed_m3": plant.owed_m3}
        yield _finding(district, "reclaimed_supply_m3", plant.plant, plant.supply_m3, mark, PLANT_LAYERS, facts)
        yield _finding(district, "reclaimed_rate", plant.plant, rate, mark, PLANT_LAYERS, facts)
        yield _finding(district, "reclaimed_fit_uses", plant.plant, float(usable), mark, PLANT_LAYERS, own)
    known = not plants.empty
    rate = reuse_rate(plants, more_m3=0.0)
    facts = {"treated_m3": rate.treated_m3, "reused_m3": rate.reused_before_m3, "plants": len(plants)} if known else {}
    supply = float(plants["supply_m3"].sum()) if known else None
    code = district.settings.code
    yield _finding(district, "reclaimed_supply_m3", code, supply, mark, PLANT_LAYERS, facts)
    yield _finding(district, "reclaimed_rate", code, rate.before_share if known else None, mark, PLANT_LAYERS, facts)


def _townships(district: District, assumed: Mapping[str, float], mark: str) -> Iterator[Finding]:
    places = demand_places(district, assumed)
    there = any(district.has(layer) for layer in PLACE_LAYERS[:-1])
    sums = places.groupby(["township", "use"])["annual_m3"].sum()
    for code in district.townships.index:
        own = sums.loc[code] if code in sums.index.get_level_values(0) else sums.iloc[:0]
        value = float(own.sum()) if there else None
        facts = {str(use): float(volume) for use, volume in own.items()} if len(own) else {}
        yield _finding(district, "reclaimed_demand_m3", str(code), value, mark, PLACE_LAYERS, facts)
    total = float(places["annual_m3"].sum()) if there else None
    yield _finding(district, "reclaimed_demand_m3", district.settings.code, total, mark, PLACE_LAYERS, {})


def _finding(
    district: District,
    indicator: str,
    subject: str,
    value: float | None,
    mark: str,
    layers: tuple[str, ...],
    facts: Mapping[str, object],
) -> Finding:
    status, as_of = sources_of(district, layers)
    return Finding(
        indicator=INDICATOR[indicator],
        subject=subject,
        value=value,
        as_of=as_of,
        status=status,
        layers=tuple(layer for layer in layers if district.has(layer)),
        needs=tuple(layer for layer in layers if not district.has(layer)) if value is None else (),
        facts=facts,
        result_id=mark,
    )
