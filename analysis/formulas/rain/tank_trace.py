"""One tank day by day, for a drawing: what was stored, yielded and spilt on each day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.formulas.rain.tank import FirstFlushRule, Rule
from analysis.formulas.rain.tank_steps import SATISFIED_M3


@dataclass(frozen=True)
class Trace:
    """Arrays of shape (days,) in m³: inflow, storage at day's end, yield, overflow, and whether demand was short."""

    inflow_m3: np.ndarray
    stored_m3: np.ndarray
    yield_m3: np.ndarray
    overflow_m3: np.ndarray
    short: np.ndarray


def trace_tank(
    rain_mm: np.ndarray,
    *,
    area_m2: float,
    runoff_coefficient: float,
    first_flush_mm: float,
    capacity_m3: float,
    demand_m3: np.ndarray,
    rule: Rule = "yas",
    first_flush_rule: FirstFlushRule = "per_spell",
    initial_m3: float = 0.0,
) -> Trace:
    """The daily balance of one tank by the rules of `analysis.formulas.rain.tank`, every day kept."""
    days = rain_mm.size
    wanted = np.broadcast_to(demand_m3, days)
    inflow, stored, taken, spilt = (np.zeros(days) for _ in range(4))
    level, left, wet_before = initial_m3, first_flush_mm, False
    for day, rain in enumerate(rain_mm.tolist()):
        wet = rain > 0
        if wet and not (first_flush_rule == "per_spell" and wet_before):
            left = first_flush_mm
        wet_before = wet
        abandoned = min(left, runoff_coefficient * rain)
        left -= abandoned
        inflow[day] = area_m2 * (runoff_coefficient * rain - abandoned) / 1000
        full = level + inflow[day]
        taken[day] = min(wanted[day], level if rule == "yas" else full)
        room = capacity_m3 - taken[day] if rule == "yas" else capacity_m3
        level = min(full - taken[day], room)
        spilt[day] = full - taken[day] - level
        stored[day] = level
    return Trace(inflow, stored, taken, spilt, taken < wanted - SATISFIED_M3)
