"""The diameters a corridor may take: what each carries and costs a year; and what energy and treatment cost a m³."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.formulas.hydraulics import PRESSURE_CLASSES_MPA, capacity_m3_per_s, pump_energy_kwh_per_m3
from analysis.formulas.money import capital_recovery
from analysis.methods.reclaimed.assumptions import SIZES_MM

SECONDS_PER_YEAR = 86_400.0 * 365.0
LARGE_MM = 400
_STEEP = 0.3
_PLAIN_MPA, _MIDDLE_MPA = PRESSURE_CLASSES_MPA[:2]


def pipe_yuan_per_m(dn_mm: int, *, slope: float, assumed: Mapping[str, float]) -> float:
    """Investment in yuan per metre; the mountain factor grows with the slope and is full at 0.3."""
    steep = min(max(slope, 0.0) / _STEEP, 1.0)
    return assumed[f"reclaimed_pipe_dn{dn_mm}_yuan_per_m"] * (1 + (assumed["mountain_factor"] - 1) * steep)


def class_factor(class_mpa: float | None, assumed: Mapping[str, float]) -> float:
    """How many times dearer a pipe of a pressure class is than one of 1.0 MPa; one beyond 2.5 MPa as one of 2.5."""
    if class_mpa is not None and class_mpa <= _PLAIN_MPA:
        return 1.0
    return assumed["reclaimed_class_1_6_factor" if class_mpa == _MIDDLE_MPA else "reclaimed_class_2_5_factor"]


def pipe_yearly_share(assumed: Mapping[str, float]) -> float:
    """The share of a pipe's investment that a year costs: capital recovery over its life, and upkeep."""
    recovery = capital_recovery(assumed["discount_share"], assumed["pipe_life_years"])
    return recovery + assumed["reclaimed_upkeep_share"]


def capacity_m3_per_year(dn_mm: int, assumed: Mapping[str, float]) -> float:
    """What a diameter carries a year if every day were the peak day: velocity × area over the hour factor."""
    velocity = assumed["reclaimed_velocity_large" if dn_mm >= LARGE_MM else "reclaimed_velocity_small"]
    return capacity_m3_per_s(dn_mm / 1000, velocity) * SECONDS_PER_YEAR / assumed["reclaimed_hour_factor"]


def diameters(length_m: float, *, slope: float, assumed: Mapping[str, float]) -> list[dict[str, float]]:
    """The list `plan_network` asks for: dn_mm, capacity_m3, capital_yuan_per_year, and the investment itself."""
    yearly = pipe_yearly_share(assumed)
    found = []
    for dn in (size for size in SIZES_MM if size >= assumed["reclaimed_least_dn_mm"]):
        investment = length_m * pipe_yuan_per_m(dn, slope=slope, assumed=assumed)
        found.append({
            "dn_mm": float(dn), "capacity_m3": capacity_m3_per_year(dn, assumed),
            "capital_yuan_per_year": investment * yearly, "investment_yuan": investment,
        })  # fmt: skip
    return found


def energy_yuan_per_m3(head_m: float, assumed: Mapping[str, float]) -> float:
    """Electricity for a head of water, in yuan per m³."""
    return pump_energy_kwh_per_m3(head_m, assumed["pump_efficiency"]) * assumed["power_yuan_per_kwh"]


def treatment_yuan_per_m3(step: str, assumed: Mapping[str, float]) -> float:
    """What a m³ costs to treat beyond the effluent: nothing as it is, filtration and disinfection, or upgrading too."""
    found = 0.0
    steps = {"as_is": (), "polish": ("polish",), "upgrade": ("polish", "upgrade")}[step]
    recovery = capital_recovery(assumed["discount_share"], assumed["reclaimed_plant_life_years"])
    for name in steps:
        works = assumed[f"reclaimed_{name}_yuan_per_m3_day"] * assumed["reclaimed_day_factor"] / 365 * recovery
        found += works + assumed[f"reclaimed_{name}_yuan_per_m3"]
    return found
