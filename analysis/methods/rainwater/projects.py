"""One rainwater project: simulation over the record, sizes, the tank the codes ask for, and the price of its water."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from analysis.cells import number
from analysis.formulas.money import capital_recovery, payback_years, unit_cost_yuan_per_m3
from analysis.formulas.rain.cistern import cistern_volume_m3, collected_m3, quick_tank_m3
from analysis.formulas.rain.control_rate import design_rain_mm
from analysis.formulas.rain.record import LONG_ENOUGH_YEARS, Record, design_day_mm
from analysis.formulas.rain.runoff import event_volume_m3
from analysis.formulas.rain.tank import FirstFlushRule, Rule, TankResult, simulate_tank
from analysis.methods.rainwater.demand import Uses, annual_m3, daily_m3
from analysis.rules.rain import printed_mm

STEPS = 200
SMALLEST_STEP_M3 = 0.5
TARGETS = (0.5, 0.7, 0.8, 0.9)
KNEE_GAIN = 0.01
NOT_PRINTED: Mapping[float, float] = {}
CISTERN_SURFACE_SHARE = 0.85  # concrete under 1,000–1,500 mm, GB/T 50596-2010


@dataclass(frozen=True)
class RainProject:
    """A project as the simulation needs it: surfaces in m², tank in m³ (none unknown), uses, and where it lies.

    `partly` says that a surface or a use is not told: what is reckoned without it is a lower bound of the yield;
    `idle` that no use at all is told.
    """

    id: str
    name: str
    township: str
    kind: str
    status: str | None
    roof_m2: float
    paved_m2: float
    permeable_m2: float
    green_m2: float
    tank_m3: float | None
    uses: Uses
    first_flush_mm: float | None = None
    investment_yuan: float | None = None
    partly: bool = False
    idle: bool = False

    @property
    def own_tank_m3(self) -> float | None:
        """The tank whose yield can be reckoned; none where its volume or all that it serves is unknown."""
        return None if self.idle else self.tank_m3

    @property
    def area_m2(self) -> float:
        """The whole catchment."""
        return self.roof_m2 + self.paved_m2 + self.permeable_m2 + self.green_m2

    def coefficient(self, assumed: Mapping[str, float]) -> float:
        """Area-weighted rain-volume runoff coefficient ψc."""
        parts = zip(self._areas(), ("roof", "paved", "permeable", "green"), strict=True)
        return sum(area * assumed[f"psi_{surface}"] for area, surface in parts) / self.area_m2

    def flush_mm(self, assumed: Mapping[str, float]) -> float:
        """First flush as a runoff depth: the project's own, else roofs and ground by area."""
        if self.first_flush_mm is not None:
            return self.first_flush_mm
        roof = self.roof_m2 / self.area_m2
        return roof * assumed["flush_roof_mm"] + (1 - roof) * assumed["flush_ground_mm"]

    def _areas(self) -> tuple[float, float, float, float]:
        return self.roof_m2, self.paved_m2, self.permeable_m2, self.green_m2


@dataclass(frozen=True)
class Answer:
    """What a project yields and what it should be.

    Volumes a year in m³; yield, overflow, reliabilities, shortage and price are those of the tank it has, none where
    that is unknown. `curve` holds capacities and volumetric reliabilities; `sizes` the capacity at each target
    of `TARGETS` (none: unattainable), `knee_m3` where another millimetre of tank stops paying; `code_tanks` the
    volume each code asks for, `governs` the one that counts and `reason` its sentence key.
    """

    project: RainProject
    years: int
    yield_m3: float | None
    overflow_m3: float | None
    inflow_m3: float
    demand_m3: Mapping[str, float]
    volumetric_reliability: float | None
    time_reliability: float | None
    longest_shortage_days: int | None
    curve: tuple[np.ndarray, np.ndarray]
    sizes: Mapping[float, float | None]
    knee_m3: float | None
    code_tanks: Mapping[str, float | None]
    governs: str | None
    reason: str
    cost_yuan_per_m3: float | None
    payback_years: float | None


def projects_of(frame: pd.DataFrame) -> list[RainProject]:
    """The rainwater projects of layer `projects` that have a catchment."""
    rain = frame[frame["water"] == "rain"]
    made = [_project(row) for row in rain.to_dict("records")]
    return [project for project in made if project.area_m2 > 0]


def _or_zero(value: object) -> float:
    return number(value) or 0.0


def _project(row: Mapping[str, object]) -> RainProject:
    surfaces = [number(row[f"{surface}_area_m2"]) for surface in ("roof", "paved", "permeable", "green")]
    served = [number(row[use]) for use in ("watered_area_m2", "swept_area_m2", "people", "cars_per_day")]
    people = _or_zero(row["people"])
    cistern = row["kind"] == "cistern"
    uses = Uses(
        watered_m2=_or_zero(row["watered_area_m2"]),
        swept_m2=_or_zero(row["swept_area_m2"]),
        people=0.0 if cistern else people,
        cars_per_day=_or_zero(row["cars_per_day"]),
        cistern_people=people if cistern else 0.0,
    )
    return RainProject(
        id=str(row["id"]),
        name=str(row["name"]),
        township=str(row["township"]),
        kind=str(row["kind"]),
        status=None if pd.isna(row["status"]) else str(row["status"]),
        roof_m2=surfaces[0] or 0.0,
        paved_m2=surfaces[1] or 0.0,
        permeable_m2=surfaces[2] or 0.0,
        green_m2=surfaces[3] or 0.0,
        tank_m3=number(row["tank_m3"]),
        uses=uses,
        first_flush_mm=number(row["first_flush_mm"]),
        investment_yuan=number(row["investment_yuan"]),
        partly=None in surfaces or None in served,
        idle=all(use is None for use in served),
    )


def local_record(record: Record, rain_mm: float | None) -> Record | None:
    """The whole years of the record scaled to the mean annual rain of a place; none where that is unknown."""
    if rain_mm is None or not math.isfinite(rain_mm):
        return None
    return replace(record.whole, rain_mm=record.whole.rain_mm * (rain_mm / record.mean_mm))


def simulate(
    project: RainProject,
    record: Record,
    assumed: Mapping[str, float],
    *,
    capacity_m3: float | np.ndarray,
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
) -> TankResult:
    """The tank over the record, for one capacity or many."""
    return simulate_tank(
        record.rain_mm,
        area_m2=project.area_m2,
        runoff_coefficient=project.coefficient(assumed),
        first_flush_mm=project.flush_mm(assumed),
        capacity_m3=capacity_m3,
        demand_m3=daily_m3(project.uses, record, assumed)[:, None],
        rule=rule,
        first_flush_rule=first_flush_rule,
    )


def answer(
    project: RainProject,
    record: Record,
    assumed: Mapping[str, float],
    *,
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
    printed: Mapping[float, float] = NOT_PRINTED,
) -> Answer:
    """Everything the page says of one project; `record` is the local one, whole years only.

    `printed` is the design rain printed for the place, in mm by control rate.
    """
    years = max(len(record.whole_years), 1)
    demand = annual_m3(project.uses, assumed)
    wanted = sum(demand.values())
    codes = code_tanks(project, record, assumed, printed=printed)
    largest = max(project.tank_m3 or 0.0, 60 * wanted / 365, *(volume or 0.0 for volume in codes.values()), 10.0)
    step = max(SMALLEST_STEP_M3, largest / STEPS)
    sweep = np.arange(0.0, largest + step, step)
    tanks = partial(simulate, project, record, assumed, rule=rule, first_flush_rule=first_flush_rule)
    swept = tanks(capacity_m3=sweep)
    curve, tank_m3 = swept.volumetric_reliability, project.own_tank_m3
    own = None if tank_m3 is None else tanks(capacity_m3=tank_m3)
    governs, reason = governing(project, codes)
    yearly = None if own is None else float(own.yield_m3[0]) / years
    cost, payback = price(project, yearly, assumed)
    return Answer(
        project=project,
        years=years,
        yield_m3=yearly,
        overflow_m3=None if own is None else float(own.overflow_m3[0]) / years,
        inflow_m3=float(swept.inflow_m3[0]) / years,
        demand_m3=demand,
        volumetric_reliability=None if own is None else _known(own.volumetric_reliability[0]),
        time_reliability=None if own is None else _known(own.time_reliability[0]),
        longest_shortage_days=None if own is None else int(own.longest_shortage_days[0]),
        curve=(sweep, curve),
        sizes={target: first_reaching(sweep, curve, target) for target in TARGETS},
        knee_m3=knee(sweep, curve, per_mm_m3=project.area_m2 / 1000),
        code_tanks=codes,
        governs=governs,
        reason=reason,
        cost_yuan_per_m3=cost,
        payback_years=payback,
    )


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def first_reaching(capacities_m3: np.ndarray, reliability: np.ndarray, target: float) -> float | None:
    """The first capacity of the sweep whose reliability reaches the target, none when the sweep never does."""
    reached = np.flatnonzero(reliability >= target - 1e-12)
    return float(capacities_m3[reached[0]]) if reached.size else None


def knee(capacities_m3: np.ndarray, reliability: np.ndarray, *, per_mm_m3: float) -> float | None:
    """The smallest capacity at which one more millimetre over the catchment gains less than 0.01 of reliability.

    None where the sweep ends before that.
    """
    if not np.isfinite(reliability).all():
        return None
    judged = capacities_m3 + per_mm_m3 <= capacities_m3[-1]  # beyond the sweep nobody knows what is gained
    ahead = np.interp(capacities_m3 + per_mm_m3, capacities_m3, reliability)
    flat = np.flatnonzero(judged & (ahead - reliability < KNEE_GAIN))
    return float(capacities_m3[flat[0]]) if flat.size else None


def rounded_up_m3(volume_m3: float) -> float:
    """A tank size a builder can order: up to the next 0.5 m³ below 10, 1 below 50, 5 below 200, 10 above."""
    step = next((step for limit, step in ((10, 0.5), (50, 1), (200, 5)) if volume_m3 < limit), 10)
    return math.ceil(volume_m3 / step - 1e-9) * step


def code_tanks(
    project: RainProject, record: Record, assumed: Mapping[str, float], *, printed: Mapping[float, float] = NOT_PRINTED
) -> dict[str, float | None]:
    """The volume in m³ that each code asks for, none where it does not apply to the kind of project."""
    areas = np.array([project.roof_m2, project.paved_m2, project.permeable_m2])
    psi = np.array([assumed["psi_roof"], assumed["psi_paved"], assumed["psi_permeable"]])
    demand = sum(annual_m3(project.uses, assumed).values())
    mean = record.mean_mm
    cistern = project.kind == "cistern"
    supply = collected_m3([project.area_m2], [CISTERN_SURFACE_SHARE], mean)
    flush = np.array([assumed["flush_roof_mm"], *[assumed["flush_ground_mm"]] * 2])
    hard = areas.sum() > 0 and not cistern
    control = control_rain_mm(record, assumed, printed=printed)[0]
    day = design_day_mm(record, return_period_a=assumed["rain_return_period_a"])
    return {
        "gb50400": event_volume_m3(areas, psi, flush, day, allowed_coefficient=assumed["rain_allowed_psi"])
        if hard
        else None,
        "control_rate": None
        if cistern or control is None
        else control * project.coefficient(assumed) * project.area_m2 / 1000,
        "gb50596": float(
            cistern_volume_m3(demand, supply, assumed["rain_cistern_k"], loss_share=assumed["rain_cistern_loss_share"])
        )
        if cistern
        else None,
        "bs8515": float(
            quick_tank_m3(project.area_m2, mean, project.coefficient(assumed), assumed["rain_filter_share"], demand)
        ),
    }


def control_rain_mm(
    record: Record | None, assumed: Mapping[str, float], *, printed: Mapping[float, float] = NOT_PRINTED
) -> tuple[float | None, bool]:
    """The design rain of the control rate in mm, and whether the record was long enough to give it.

    Under 30 whole years it is what is `printed` for the place, by control rate; none where nothing is.
    """
    if record is None or len(record.whole_years) < LONG_ENOUGH_YEARS:
        return printed_mm(printed, assumed["control_rate"]), False
    return float(design_rain_mm(record.whole.rain_mm, assumed["control_rate"])), True


def governing(project: RainProject, codes: Mapping[str, float | None]) -> tuple[str | None, str]:
    """Which code sizes the tank, and the key of the sentence that says why; BS 8515 is only a cross-check."""
    if project.kind == "cistern":
        return "gb50596", "rainwater.governs.cistern"
    if codes["control_rate"] is None and codes["gb50400"] is not None:
        return None, "rainwater.governs.unknown"
    binding = {code: volume for code in ("gb50400", "control_rate") if (volume := codes[code]) is not None}
    if not binding:
        return None, "rainwater.governs.none"
    largest = max(binding, key=lambda code: (binding[code], code == "gb50400"))
    return largest, f"rainwater.governs.{largest}"


def capital_yuan(project: RainProject, assumed: Mapping[str, float]) -> float:
    """What the tank costs to build: the project's own investment, else its volume at the unit price.

    A project without either has no cost: `price` asks for none.
    """
    per_m3 = assumed["rain_cistern_yuan_per_m3" if project.kind == "cistern" else "rain_tank_yuan_per_m3"]
    return (project.tank_m3 or 0.0) * per_m3 if project.investment_yuan is None else project.investment_yuan


def saved_yuan_per_m3(assumed: Mapping[str, float]) -> float:
    """What a m³ not taken from the mains saves: the tap price and the sewage fee charged with it."""
    return assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"]


def price(
    project: RainProject, yearly_m3: float | None, assumed: Mapping[str, float]
) -> tuple[float | None, float | None]:
    """Cost per m³ and years to pay back against the tap; none for a project without a tank or a yield."""
    if not project.tank_m3 or yearly_m3 is None or yearly_m3 <= 0:
        return None, None
    capital = capital_yuan(project, assumed)
    running = capital * assumed["rain_upkeep_share"] + yearly_m3 * assumed["rain_treatment_yuan_per_m3"]
    recovery = capital_recovery(assumed["discount_share"], assumed["rain_life_years"])
    cost = unit_cost_yuan_per_m3(capital, running, yearly_m3, recovery=recovery)
    return _known(cost), payback_years(capital, yearly_m3 * saved_yuan_per_m3(assumed) - running)
