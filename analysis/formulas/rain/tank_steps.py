"""The day-by-day arithmetic of many tanks at once, compiled where numba is installed, in NumPy elsewhere.

Sites are worked in blocks of 64: a block's state stays in the processor's first cache over the whole record, and
the inner loops over sites have no branch, so they are vectorised (comparisons are spelled out for that: min() would
ask about NaN). Dry days, more than half of all, skip the runoff. No sites × days array is ever made.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

try:
    from numba import njit
except ImportError:  # numba has no build for this Python: the NumPy steps give the same numbers, slower
    njit = None

BLOCK = 64
SATISFIED_M3 = 1e-9
PARALLEL_FROM = 4096  # sites; below this one thread is as fast


@dataclass(frozen=True)
class Sites:
    """Tanks as arrays of shape (sites,): catchment m², coefficient, first flush mm, capacity and first storage m³."""

    area_m2: np.ndarray
    coefficient: np.ndarray
    first_flush_mm: np.ndarray
    capacity_m3: np.ndarray
    initial_m3: np.ndarray


@dataclass(frozen=True)
class Totals:
    """Sums over the record, each of shape (sites,): m³, days, and the longest run of short days."""

    yield_m3: np.ndarray
    overflow_m3: np.ndarray
    inflow_m3: np.ndarray
    end_m3: np.ndarray
    short_days: np.ndarray
    longest_days: np.ndarray


def run_steps(
    rain_mm: np.ndarray, sites: Sites, demand_m3: np.ndarray, *, yas: bool, per_spell: bool, compiled: bool = True
) -> Totals:
    """Totals of every site; `demand_m3` has shape (1 or days, 1 or sites)."""
    count = sites.area_m2.size
    out = np.zeros((6, count))
    arrays = np.stack(
        [sites.area_m2 / 1000, sites.coefficient, sites.first_flush_mm, sites.capacity_m3, sites.initial_m3]
    )
    demand = np.ascontiguousarray(demand_m3)
    steps = _numpy_steps if not compiled or njit is None else _compiled_steps
    if steps is _numpy_steps or count < PARALLEL_FROM:
        steps(rain_mm, arrays, demand, yas, per_spell, 0, count, out)
    else:
        half = (count // 2 + BLOCK - 1) // BLOCK * BLOCK
        with ThreadPoolExecutor(2) as pool:
            work = [
                pool.submit(steps, rain_mm, arrays, demand, yas, per_spell, begin, end, out)
                for begin, end in ((0, half), (half, count))
            ]
            for part in work:
                part.result()
    return Totals(*out)


def _numpy_steps(
    rain_mm: np.ndarray,
    arrays: np.ndarray,
    demand: np.ndarray,
    yas: bool,
    per_spell: bool,
    begin: int,
    end: int,
    out: np.ndarray,
) -> None:
    """The same steps over all sites at once, one day after another, in place."""
    size, coefficient, flush, capacity, initial = arrays[:, begin:end]
    total_yield, overflow, inflow, stored, short_days, longest = out[:, begin:end]
    stored[:] = initial
    left, run = flush.copy(), np.zeros_like(size)
    wet_before = False
    for day in range(rain_mm.size):
        wanted = demand[day if demand.shape[0] > 1 else 0]
        wet = rain_mm[day] > 0
        if wet and not (per_spell and wet_before):
            left[:] = flush
        wet_before = wet
        runoff = coefficient * rain_mm[day]
        abandoned = np.minimum(left, runoff)
        left -= abandoned
        water = size * (runoff - abandoned)
        full = stored + water
        taken = np.minimum(wanted, stored if yas else full)
        after = np.minimum(full - taken, capacity - taken if yas else capacity)
        total_yield += taken
        overflow += full - taken - after
        inflow += water
        stored[:] = after
        short = taken < wanted - SATISFIED_M3
        short_days += short
        run[:] = np.where(short, run + 1, np.where(wanted > 0, 0, run))
        np.maximum(longest, run, out=longest)


# Rows of a block's state: totals first, in the order of `Totals`, then what changes and what is given.
_YIELD, _OVERFLOW, _INFLOW, _STORED, _SHORT, _LONGEST, _RUN, _LEFT, _WANTED, _SIZE, _SHARE, _FLUSH, _CAPACITY = range(
    13
)


def _wet_day(state: np.ndarray, rain: float, yas: bool) -> None:  # pragma: no cover - compiled
    for j in range(BLOCK):
        left = state[_LEFT, j]
        runoff = state[_SHARE, j] * rain
        abandoned = left if left < runoff else runoff
        state[_LEFT, j] = left - abandoned
        water = state[_SIZE, j] * (runoff - abandoned)
        state[_INFLOW, j] += water
        stored = state[_STORED, j]
        wanted = state[_WANTED, j]
        full = stored + water
        there = stored if yas else full
        taken = wanted if wanted < there else there
        rest = full - taken
        room = state[_CAPACITY, j] - taken if yas else state[_CAPACITY, j]
        after = rest if rest < room else room
        state[_YIELD, j] += taken
        state[_OVERFLOW, j] += rest - after
        state[_STORED, j] = after
        _count_short(state, j, wanted, taken)


def _dry_day(state: np.ndarray) -> None:  # pragma: no cover - compiled
    for j in range(BLOCK):
        stored = state[_STORED, j]
        wanted = state[_WANTED, j]
        taken = wanted if wanted < stored else stored
        state[_YIELD, j] += taken
        state[_STORED, j] = stored - taken
        _count_short(state, j, wanted, taken)


def _count_short(state: np.ndarray, j: int, wanted: float, taken: float) -> None:  # pragma: no cover - compiled
    short = 1.0 if taken < wanted - SATISFIED_M3 else 0.0
    idle = 0.0 if wanted > 0.0 else 1.0
    run = short * (state[_RUN, j] + 1.0) + idle * state[_RUN, j]
    longest = state[_LONGEST, j]
    state[_SHORT, j] += short
    state[_RUN, j] = run
    state[_LONGEST, j] = longest if longest > run else run


def _compiled_steps(
    rain_mm: np.ndarray,
    arrays: np.ndarray,
    demand: np.ndarray,
    yas: bool,
    per_spell: bool,
    begin: int,
    end: int,
    out: np.ndarray,
) -> None:  # pragma: no cover - compiled
    state = np.empty((13, BLOCK))
    for start in range(begin, end, BLOCK):
        n = min(BLOCK, end - start)
        state[:] = 0.0
        for j in range(n):
            for given in range(4):
                state[_SIZE + given, j] = arrays[given, start + j]
            state[_STORED, j] = arrays[4, start + j]
        wet_before = False
        for day in range(rain_mm.size):
            if day == 0 or demand.shape[0] > 1:
                for j in range(n):
                    state[_WANTED, j] = demand[day, start + j] if demand.shape[1] > 1 else demand[day, 0]
            wet = rain_mm[day] > 0.0
            if wet:
                if not (per_spell and wet_before):
                    state[_LEFT] = state[_FLUSH]
                _wet_day(state, rain_mm[day], yas)
            else:
                _dry_day(state)
            wet_before = wet
        for row in range(6):
            for j in range(n):
                out[row, start + j] = state[row, j]


if njit is not None:
    _options = {"cache": True, "nogil": True, "error_model": "numpy"}
    _count_short = njit(**_options)(_count_short)
    _wet_day = njit(**_options)(_wet_day)
    _dry_day = njit(**_options)(_dry_day)
    _compiled_steps = njit(**_options)(_compiled_steps)
