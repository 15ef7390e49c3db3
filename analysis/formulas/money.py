"""Capital as a yearly cost, the price of a cubic metre, and how long a saving takes to pay."""

from __future__ import annotations

import math

from analysis.formulas.arguments import numbers


def capital_recovery(discount_share: float, life_years: float) -> float:
    """The share of a capital to be paid every year: i(1+i)^n/((1+i)^n − 1), and 1/n without interest."""
    rate = float(numbers("discount_share", discount_share, low=0.0))
    years = float(numbers("life_years", life_years, low=0.0, above=True))
    if rate == 0:
        return 1 / years
    grown = (1 + rate) ** years
    return rate * grown / (grown - 1)


def unit_cost_yuan_per_m3(capital_yuan: float, running_yuan: float, volume_m3: float, *, recovery: float) -> float:
    """Yearly capital and running cost over the yearly volume; infinite where there is no volume."""
    yearly = capital_yuan * recovery + running_yuan
    return yearly / volume_m3 if volume_m3 > 0 else math.inf


def payback_years(capital_yuan: float, saving_yuan: float) -> float:
    """Years until a yearly net saving repays the capital, without interest; infinite where nothing is saved."""
    return capital_yuan / saving_yuan if saving_yuan > 0 else math.inf
