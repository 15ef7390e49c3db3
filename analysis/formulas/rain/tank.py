"""A rainwater tank, day by day: what it yields, spills and leaves unserved.

Yield after spillage (YAS, the cautious default) and yield before spillage (YBS), Jenkins et al. 1978. First flush is
a runoff depth, abandoned once per wet spell or once per wet day. Nothing is ever averaged over the record first, so
a dry summer shows. What may go wrong: a record with a missing day must be refused or cut before it comes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers
from analysis.formulas.rain.tank_steps import Sites, run_steps
from words.errors import AtlasError

Rule = Literal["yas", "ybs"]
FirstFlushRule = Literal["per_spell", "per_day"]


@dataclass(frozen=True)
class TankResult:
    """What every tank did over the record, each array of shape (sites,).

    Volumes in m³ over the whole record; reliabilities are shares 0–1, NaN where there was no demand
    (the volume yielded over the volume asked for; the days fully served over the days with demand).
    """

    yield_m3: np.ndarray
    overflow_m3: np.ndarray
    inflow_m3: np.ndarray
    end_m3: np.ndarray
    volumetric_reliability: np.ndarray
    time_reliability: np.ndarray
    longest_shortage_days: np.ndarray


def simulate_tank(
    rain_mm: ArrayLike,
    *,
    area_m2: ArrayLike,
    runoff_coefficient: ArrayLike,
    first_flush_mm: ArrayLike,
    capacity_m3: ArrayLike,
    demand_m3: ArrayLike,
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
    initial_m3: ArrayLike = 0.0,
    compiled: bool = True,
) -> TankResult:
    """What each tank yields, spills and leaves unserved over a daily record.

    `rain_mm` has shape (days,), every day present. Every other quantity is a number or has shape (sites,), broadcast
    together; `demand_m3` per day is a number, (sites,), (days, 1) or (days, sites), and (days,) only when all else
    are numbers. `first_flush_mm` is a runoff depth; 0 ≤ `initial_m3` ≤ capacity. `compiled=False` runs the plain
    NumPy steps. AtlasError names the argument and value that cannot be used.
    """
    rain = np.ascontiguousarray(numbers("rain_mm", rain_mm, low=0.0))
    if rain.ndim != 1 or rain.size == 0:
        raise AtlasError("formulas.wrong_shape", argument="rain_mm", shape=rain.shape, expected="(days,)")
    _choice("rule", rule, ("yas", "ybs"))
    _choice("first_flush_rule", first_flush_rule, ("per_spell", "per_day"))
    given = {
        "area_m2": numbers("area_m2", area_m2, low=0.0, above=True),
        "runoff_coefficient": numbers("runoff_coefficient", runoff_coefficient, low=0.0, high=1.0),
        "first_flush_mm": numbers("first_flush_mm", first_flush_mm, low=0.0),
        "capacity_m3": numbers("capacity_m3", capacity_m3, low=0.0),
        "initial_m3": numbers("initial_m3", initial_m3, low=0.0),
    }
    sites, demand = _broadcast(given, numbers("demand_m3", demand_m3, low=0.0), days=rain.size)
    over = sites.initial_m3 > sites.capacity_m3
    if over.any():
        facts = {"value": float(sites.initial_m3[over][0]), "low": 0.0, "high": float(sites.capacity_m3[over][0])}
        raise AtlasError("formulas.out_of_range", argument="initial_m3", **facts)
    totals = run_steps(
        rain, sites, demand, yas=rule == "yas", per_spell=first_flush_rule == "per_spell", compiled=compiled
    )
    repeats = rain.size // demand.shape[0]
    asked_m3 = np.broadcast_to(demand.sum(axis=0) * repeats, sites.area_m2.shape)
    asked_days = np.broadcast_to((demand > 0).sum(axis=0) * float(repeats), sites.area_m2.shape)
    return TankResult(
        yield_m3=totals.yield_m3,
        overflow_m3=totals.overflow_m3,
        inflow_m3=totals.inflow_m3,
        end_m3=totals.end_m3,
        volumetric_reliability=_share(totals.yield_m3, asked_m3),
        time_reliability=_share(asked_days - totals.short_days, asked_days),
        longest_shortage_days=totals.longest_days.astype(np.int64),
    )


def _choice(argument: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise AtlasError("formulas.wrong_choice", argument=argument, value=value, choices=", ".join(choices))


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def _broadcast(given: dict[str, np.ndarray], demand: np.ndarray, *, days: int) -> tuple[Sites, np.ndarray]:
    """Sites of one length, and the demand as (1 or days, 1 or sites)."""
    for name, array in given.items():
        if array.ndim > 1:
            raise AtlasError("formulas.wrong_shape", argument=name, shape=array.shape, expected="(sites,)")
    plain = all(array.ndim == 0 for array in given.values())
    if demand.ndim == 2:
        if demand.shape[0] != days:
            raise AtlasError("formulas.wrong_shape", argument="demand_m3", shape=demand.shape, expected=f"({days}, …)")
        shaped = demand
    elif demand.ndim == 1 and plain and demand.size == days and days > 1:
        shaped = demand[:, None]
    elif demand.ndim <= 1:
        shaped = np.atleast_1d(demand)[None, :]
    else:
        raise AtlasError("formulas.wrong_shape", argument="demand_m3", shape=demand.shape, expected="(days, sites)")
    try:
        shape = np.broadcast_shapes(*(np.atleast_1d(a).shape for a in given.values()), shaped.shape[1:])
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in given.items())
        facts = {"argument": "demand_m3", "shape": demand.shape, "expected": shapes}
        raise AtlasError("formulas.wrong_shape", **facts) from None
    arrays = [np.ascontiguousarray(np.broadcast_to(array, shape)) for array in given.values()]
    area, coefficient, flush, capacity, initial = arrays
    return Sites(area, coefficient, flush, capacity, initial), shaped
