"""What instruments say of rain: storm formula, and design rain by control rate where no long record gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

import numpy as np

from analysis.rules.choosing import in_force, nearest
from layers.district import District
from layers.rule import Rule

_RATE = "rate_"


def storm_of(district: District, *, on: date | None = None) -> Mapping[str, float]:
    """The coefficients a, c, b, n of the storm formula in force in a district; empty where there is none."""
    rule = nearest(in_force(district.rules, "storm", code=district.settings.code, on=on))
    return {} if rule is None else {key: cast("float", value) for key, value in rule.asks.items()}


def design_rain_of(district: District, *, on: date | None = None) -> Mapping[float, float]:
    """The design rain in mm printed for a district by control rate (0–1); empty where there is none."""
    return design_rain(in_force(district.rules, "design_rain", code=district.settings.code, on=on))


def design_rain(rules: Iterable[Rule]) -> Mapping[float, float]:
    """The table of the nearest of these rules: mm by control rate (0–1); empty without one."""
    rule = nearest(rules)
    asked = {} if rule is None else rule.asks
    return {
        float(key.removeprefix(_RATE)) / 100: cast("float", value)
        for key, value in asked.items()
        if key.startswith(_RATE)
    }


def printed_mm(table: Mapping[float, float], control_rate: float) -> float | None:
    """The design rain in mm at a control rate, between two printed ones in proportion; none beyond the table."""
    rates = sorted(table)
    if not rates or not rates[0] - 1e-9 <= control_rate <= rates[-1] + 1e-9:
        return None
    return float(np.interp(control_rate, rates, [table[rate] for rate in rates]))
