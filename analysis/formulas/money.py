"""Capital as a yearly cost, the price of a cubic metre, and whether and how soon an investment pays."""

from __future__ import annotations

import math

from analysis.formulas.arguments import numbers

_RATES = (-0.99, 10.0)


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


def payback_years(capital_yuan: float, saving_yuan: float) -> float | None:
    """Years until a yearly net saving repays the capital, without interest; none where nothing is saved."""
    return capital_yuan / saving_yuan if saving_yuan > 0 else None


def present_value_yuan(capital_yuan: float, saving_yuan: float, *, discount_share: float, years: float) -> float:
    """Net present value: a saving at the end of every year, discounted, less the capital spent at the start.

    −capital + saving · (1 − (1+i)^−n)/i, and −capital + saving · n without interest; nothing is left at the end.
    """
    rate = float(numbers("discount_share", discount_share, low=-1.0, above=True))
    time = float(numbers("years", years, low=0.0))
    worth = -math.expm1(-time * math.log1p(rate)) / rate if rate else time
    return saving_yuan * worth - capital_yuan


def internal_rate(capital_yuan: float, saving_yuan: float, *, years: float) -> float | None:
    """The discount rate at which the net present value is nought (IRR); negative where the savings never add up to
    the capital, none without capital or saving, or where no rate between −99 % and 1000 % will do.
    """
    from scipy.optimize import brentq

    def value(rate: float) -> float:
        return present_value_yuan(1.0, saving_yuan / capital_yuan, discount_share=rate, years=years)

    low, high = _RATES
    if capital_yuan <= 0 or saving_yuan <= 0 or value(low) < 0 or value(high) > 0:
        return None
    return float(brentq(value, low, high, xtol=1e-10))
