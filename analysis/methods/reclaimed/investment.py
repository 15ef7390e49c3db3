"""What a plan costs to build, line by line: pipes by diameter and class, treatment works, pumping stations, valves.

Every line is a quantity at a unit price a planner may change. Without a hydraulic check nobody knows stations, valves
and classes: their lines have no amount, and the sum is what is known at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.formulas.money import capital_recovery
from analysis.methods.reclaimed.built import Built
from analysis.methods.reclaimed.candidates import Candidates
from analysis.network.answer import NetworkPlan

PIPE, STEPS, CHECKED = "pipe", ("polish", "upgrade"), ("station", "station_power", "control_valve")
_DAYS = 365.0
_PRICES = {
    "polish": "reclaimed_polish_yuan_per_m3_day", "upgrade": "reclaimed_upgrade_yuan_per_m3_day",
    "station": "reclaimed_station_yuan", "station_power": "reclaimed_station_yuan_per_kw",
    "control_valve": "reclaimed_control_valve_yuan",
}  # fmt: skip


@dataclass(frozen=True)
class InvestmentLine:
    """A quantity at a unit price: `item` pipe, polish, upgrade, station, station_power or control_valve.

    `dn_mm` and `class_mpa` of pipes; the unit price of pipes is the mean over their slopes. None is not known.
    """

    item: str
    unit: str
    quantity: float | None
    unit_yuan: float | None
    yuan: float | None
    dn_mm: float | None = None
    class_mpa: float | None = None


def investment_lines(
    plan: NetworkPlan, found: Candidates, laid: Built, assumed: Mapping[str, float]
) -> tuple[InvestmentLine, ...]:
    """The lines of a plan as laid; none for a plan without pipes."""
    if laid.pipes.empty:
        return ()
    return (*_pipes(laid), *_works(plan, found, assumed), *_equipment(laid, assumed))


def known_yuan(lines: tuple[InvestmentLine, ...]) -> float:
    """The sum of the lines that are known."""
    return float(sum(line.yuan for line in lines if line.yuan is not None))


def treated_m3(plan: NetworkPlan, found: Candidates) -> dict[str, float]:
    """What goes through every treatment step in m³ a year; what is upgraded is polished too."""
    if plan.flows.empty:
        return dict.fromkeys(STEPS, 0.0)
    through = plan.flows["flow_m3"].groupby(plan.flows["id"].map(found.arcs.set_index("id")["step"])).sum()
    upgraded = float(through.get("upgrade", 0.0))
    return {"polish": float(through.get("polish", 0.0)) + upgraded, "upgrade": upgraded}


def yearly_yuan(lines: tuple[InvestmentLine, ...], assumed: Mapping[str, float]) -> float:
    """The capital recovery of the lines a year, each over the life of its kind."""
    lives = {True: assumed["pipe_life_years"], False: assumed["reclaimed_plant_life_years"]}
    return sum(
        known_yuan(tuple(line for line in lines if (line.item == PIPE) == pipes))
        * capital_recovery(assumed["discount_share"], life)
        for pipes, life in lives.items()
    )


def _pipes(laid: Built) -> Iterator[InvestmentLine]:
    pipes = laid.pipes
    strength = pipes["class_mpa"] if "class_mpa" in pipes.columns else pd.Series(float("nan"), index=pipes.index)
    for (dn, mpa), group in pipes.groupby([pipes["dn"].astype(float), strength], dropna=False):
        length, yuan = float(group["length_m"].sum()), float(group["capital_yuan"].sum())
        yield InvestmentLine(PIPE, "m", length, yuan / length, yuan, dn, None if pd.isna(mpa) else mpa)


def _works(plan: NetworkPlan, found: Candidates, assumed: Mapping[str, float]) -> Iterator[InvestmentLine]:
    """Treatment works for the peak day."""
    for step, volume in treated_m3(plan, found).items():
        if volume > 0:
            yield _line(step, "m3_per_day", volume / _DAYS * assumed["reclaimed_day_factor"], assumed)


def _equipment(laid: Built, assumed: Mapping[str, float]) -> Iterator[InvestmentLine]:
    """Stations and valves, those there are none of left out."""
    counts = dict.fromkeys(CHECKED) if laid.check is None else laid.check.equipment
    for item, unit in zip(CHECKED, ("count", "kw", "count"), strict=True):
        count = counts[item]
        if count is None or count > 0:
            yield _line(item, unit, count, assumed)


def _line(item: str, unit: str, quantity: float | None, assumed: Mapping[str, float]) -> InvestmentLine:
    price = assumed[_PRICES[item]]
    return InvestmentLine(item, unit, quantity, price, None if quantity is None else quantity * price)
