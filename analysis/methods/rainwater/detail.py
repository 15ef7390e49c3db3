"""One project looked at closely: a chosen year day by day, the mean months, a storm, and other tank sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.formulas.rain.hyetograph import Relief, chicago_depths_mm, storm_flow_l_per_s, tank_relief
from analysis.formulas.rain.record import Record, at_frequencies
from analysis.formulas.rain.tank import FirstFlushRule, Rule
from analysis.formulas.rain.tank_trace import Trace, trace_tank
from analysis.methods.rainwater.demand import daily_m3
from analysis.methods.rainwater.projects import RainProject, capital_yuan, price, simulate

STORM_KEYS = frozenset({"a", "b", "c", "n"})


@dataclass(frozen=True)
class Days:
    """A record with what the tank did on each of its days, and what was asked of it (m³)."""

    record: Record
    trace: Trace
    demand_m3: np.ndarray

    def of_year(self, year: int) -> Days:
        """The days of one year; the tank starts it with what the year before left."""
        keep = self.record.years == year
        parts = {name: getattr(self.trace, name)[keep] for name in self.trace.__dataclass_fields__}
        return Days(self.record.of_year(year), Trace(**parts), self.demand_m3[keep])


@dataclass(frozen=True)
class Months:
    """Mean volumes of the twelve calendar months in m³, arrays of shape (12,)."""

    inflow_m3: np.ndarray
    demand_m3: np.ndarray
    yield_m3: np.ndarray
    overflow_m3: np.ndarray


@dataclass(frozen=True)
class Size:
    """One tank size: what it does in a mean year (m³), its reliabilities (0–1), and its price (yuan)."""

    tank_m3: float
    yield_m3: float
    overflow_m3: float
    volumetric_reliability: float | None
    time_reliability: float | None
    longest_shortage_days: int
    capital_yuan: float
    cost_yuan_per_m3: float | None
    payback_years: float | None


@dataclass(frozen=True)
class Drainage:
    """A design storm on the catchment: depth in mm, flow of every minute in L/s, and the relief of the tank.

    `bare` is without a tank, `empty` with an empty one, `usual` with one filled to its mean level (`usual_free_m3`).
    """

    depth_mm: float
    bare_l_per_s: np.ndarray
    empty_l_per_s: np.ndarray
    usual_l_per_s: np.ndarray
    empty: Relief
    usual: Relief
    usual_free_m3: float


def days_of(
    project: RainProject,
    record: Record,
    assumed: Mapping[str, float],
    *,
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
) -> Days:
    """The project's tank, whose volume is known, on every day of the (local) record."""
    wanted = daily_m3(project.uses, record, assumed)
    trace = trace_tank(
        record.rain_mm,
        area_m2=project.area_m2,
        runoff_coefficient=project.coefficient(assumed),
        first_flush_mm=project.flush_mm(assumed),
        capacity_m3=project.tank_m3 or 0.0,
        demand_m3=wanted,
        rule=rule,
        first_flush_rule=first_flush_rule,
    )
    return Days(record, trace, wanted)


def months_of(days: Days) -> Months:
    """The mean calendar months of a record of whole years."""
    years = max(len(days.record.whole_years), 1)

    def mean(volume_m3: np.ndarray) -> np.ndarray:
        return np.bincount(days.record.months - 1, weights=volume_m3, minlength=12) / years

    trace = days.trace
    return Months(mean(trace.inflow_m3), mean(days.demand_m3), mean(trace.yield_m3), mean(trace.overflow_m3))


def typical_years(record: Record) -> dict[int, str]:
    """The whole years whose rain is nearest to that of the wet, normal, dry and very dry year, with that name.

    Names are those of `record.FREQUENCIES`; the earlier of two equally near; one year may stand for one name only.
    """
    annual, found = record.annual_mm, {}
    for name, rain in at_frequencies(annual).items():
        free = [year for year in annual if year not in found]
        if free:
            found[min(free, key=lambda year: (abs(annual[year] - rain), year))] = name
    return found


def sizes_of(
    project: RainProject,
    record: Record,
    assumed: Mapping[str, float],
    *,
    tanks_m3: Iterable[float],
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
) -> list[Size]:
    """Other tanks on the same catchment and demand, all priced by volume so that they compare."""
    tanks = np.array(list(tanks_m3), dtype=float)
    years = max(len(record.whole_years), 1)
    done = simulate(project, record, assumed, capacity_m3=tanks, rule=rule, first_flush_rule=first_flush_rule)
    found = []
    for n, tank in enumerate(tanks.tolist()):
        other = replace(project, tank_m3=tank, investment_yuan=None)
        yearly = float(done.yield_m3[n]) / years
        cost, payback = price(other, yearly, assumed)
        found.append(
            Size(
                tank_m3=tank,
                yield_m3=yearly,
                overflow_m3=float(done.overflow_m3[n]) / years,
                volumetric_reliability=_known(done.volumetric_reliability[n]),
                time_reliability=_known(done.time_reliability[n]),
                longest_shortage_days=int(done.longest_shortage_days[n]),
                capital_yuan=capital_yuan(other, assumed),
                cost_yuan_per_m3=cost,
                payback_years=payback,
            )
        )
    return found


def drainage(
    project: RainProject, assumed: Mapping[str, float], *, storm: Mapping[str, float], stored_m3: float
) -> Drainage | None:
    """The design storm of the assumptions with and without the tank; none without the district's storm formula.

    `stored_m3` is what usually stands in the tank.
    """
    if not storm.keys() >= STORM_KEYS:
        return None
    known = {key: storm[key] for key in STORM_KEYS}
    depths = chicago_depths_mm(assumed["rain_storm_period_a"], round(assumed["rain_storm_minutes"]), storm=known)
    place = {"area_m2": project.area_m2, "coefficient": project.coefficient(assumed)}
    tank_m3 = project.tank_m3 or 0.0
    free = max(tank_m3 - stored_m3, 0.0)
    return Drainage(
        depth_mm=float(depths.sum()),
        bare_l_per_s=storm_flow_l_per_s(depths, **place),
        empty_l_per_s=storm_flow_l_per_s(depths, **place, free_m3=tank_m3),
        usual_l_per_s=storm_flow_l_per_s(depths, **place, free_m3=free),
        empty=tank_relief(depths, **place, free_m3=tank_m3),
        usual=tank_relief(depths, **place, free_m3=free),
        usual_free_m3=free,
    )


def _known(share: float) -> float | None:
    return float(share) if np.isfinite(share) else None
