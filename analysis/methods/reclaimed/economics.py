"""What a plan costs a m³, against the tap; payback, subsidy, sharing of savings; the reuse rate before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.formulas.arguments import numbers
from analysis.formulas.money import internal_rate, payback_years, present_value_yuan
from analysis.methods.reclaimed.built import Built
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.investment import (
    PIPE,
    InvestmentLine,
    investment_lines,
    known_yuan,
    treated_m3,
    yearly_yuan,
)  # fmt: skip
from analysis.network.answer import NetworkPlan

PRICES = (
    "reclaimed_price_share", "reclaimed_subsidy_yuan_per_m3", "tap_yuan_per_m3",
    "sewage_yuan_per_m3", "reclaimed_saving_to_contractor_share", "reclaimed_contract_years",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """Reclaimed volume used over wastewater treated, before and after, in m³ a year; the denominator is printed.

    Plants whose treated or reused volume is not known are in neither; `unknown_plants` counts them.
    """

    treated_m3: float
    reused_before_m3: float
    reused_after_m3: float
    unknown_plants: int = 0

    @property
    def before_share(self) -> float | None:
        """The rate today; none without treated water."""
        return self.reused_before_m3 / self.treated_m3 if self.treated_m3 > 0 else None

    @property
    def after_share(self) -> float | None:
        """The rate with the plan."""
        return self.reused_after_m3 / self.treated_m3 if self.treated_m3 > 0 else None


@dataclass(frozen=True)
class Economics:
    """Money of a plan in yuan, yuan a year and yuan/m³; `discharge_avoided_m3` a year is no longer let out.

    `investment_yuan` is the sum of its lines, at least that where one is not known (`known` false); `running_yuan` is
    power, treatment and the upkeep of the pipes, without any capital; `yearly_yuan` is both, the capital as its yearly
    recovery. `income_yuan` is what is sold, and the subsidy. Payback, NPV and IRR are of income less running cost, over
    the contract for the latter two; none where it is not positive or the investment is not known.

    `saving_yuan`: what users pay less than tap water and sewage fee; `margin_yuan`: what the operator earns after all
    yearly cost. `contractor_yuan` and `user_yuan` share the saving while the contract runs.
    """

    unit_cost_yuan_per_m3: float | None
    investment_yuan: float
    investment_lines: tuple[InvestmentLine, ...]
    yearly_yuan: float
    income_yuan: float
    running_yuan: float
    tap_yuan_per_m3: float
    price_yuan_per_m3: float
    subsidy_yuan: float
    saving_yuan: float
    margin_yuan: float
    payback_years: float | None
    npv_yuan: float | None
    irr: float | None
    break_even_subsidy_yuan_per_m3: float
    contractor_yuan: float
    user_yuan: float
    contract_years: float
    discharge_avoided_m3: float

    @property
    def known(self) -> bool:
        """Whether every line of the investment is known."""
        return all(line.yuan is not None for line in self.investment_lines)


def shared_saving(saving_yuan: float, *, contractor_share: float) -> tuple[float, float]:
    """A yearly saving under a contract (合同节水): the contractor's and the user's part, in yuan."""
    saving = float(numbers("saving_yuan", saving_yuan))
    share = float(numbers("contractor_share", contractor_share, low=0.0, high=1.0))
    return saving * share, saving * (1 - share)


def economics(
    plan: NetworkPlan, found: Candidates, laid: Built, assumed: Mapping[str, float], *, delivered_m3: float
) -> Economics:
    """The money of a plan as laid and delivered at the prices assumed: price is a share of tap price and sewage fee."""
    volume, lines = delivered_m3, investment_lines(plan, found, laid, assumed)
    investment, running = known_yuan(lines), running_yuan(plan, found, lines, assumed)
    tap = assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"]
    price = tap * assumed["reclaimed_price_share"]
    subsidy = assumed["reclaimed_subsidy_yuan_per_m3"] * volume
    income, saving = price * volume + subsidy, (tap - price) * volume
    yearly = running + yearly_yuan(lines, assumed)
    contractor, user = shared_saving(saving, contractor_share=assumed["reclaimed_saving_to_contractor_share"])
    unit, years = yearly / volume if volume > 0 else None, assumed["reclaimed_contract_years"]
    told = all(line.yuan is not None for line in lines) and volume > 0
    net = income - running
    return Economics(
        unit_cost_yuan_per_m3=unit,
        investment_yuan=investment,
        investment_lines=lines,
        yearly_yuan=yearly,
        income_yuan=income,
        running_yuan=running,
        tap_yuan_per_m3=tap,
        price_yuan_per_m3=price,
        subsidy_yuan=subsidy,
        saving_yuan=saving,
        margin_yuan=income - yearly,
        payback_years=payback_years(investment, net) if told else None,
        npv_yuan=present_value_yuan(investment, net, discount_share=assumed["discount_share"], years=years)
        if told
        else None,
        irr=internal_rate(investment, net, years=years) if told else None,
        break_even_subsidy_yuan_per_m3=0.0 if unit is None else max(unit - price, 0.0),
        contractor_yuan=contractor,
        user_yuan=user,
        contract_years=years,
        discharge_avoided_m3=volume,
    )


def running_yuan(
    plan: NetworkPlan, found: Candidates, lines: tuple[InvestmentLine, ...], assumed: Mapping[str, float]
) -> float:
    """What a year costs beside the capital: power of the pipes, treatment at its running price, upkeep of the pipes."""
    energy = plan.cost_lines[plan.cost_lines["item"] == "energy"]
    steps = energy["id"].map(found.arcs.set_index("id")["step"]) if len(energy) else energy["id"]
    power = float(energy.loc[steps.isna(), "yuan"].sum())
    treating = sum(
        volume * assumed[f"reclaimed_{step}_yuan_per_m3"] for step, volume in treated_m3(plan, found).items()
    )
    pipes = known_yuan(tuple(line for line in lines if line.item == PIPE))
    return power + treating + pipes * assumed["reclaimed_upkeep_share"]


def reuse_rate(plants: pd.DataFrame, *, more_m3: float, unknown_plants: int = 0) -> Rate:
    """The rate of the plants whose volumes are known, before and with `more_m3` a year."""
    reused = float(plants["reused_m3"].sum())
    return Rate(float(plants["treated_m3"].sum()), reused, reused + more_m3, unknown_plants)


def compared(plan: NetworkPlan, assumed: Mapping[str, float]) -> pd.DataFrame:
    """The users of a plan with their unit cost against the tap: columns of `served`, tap, difference, cheaper."""
    tap = assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"]
    frame = plan.served.copy()
    frame["tap_yuan_per_m3"] = tap
    frame["difference_yuan_per_m3"] = frame["unit_cost_yuan_per_m3"] - tap
    frame["cheaper"] = frame["difference_yuan_per_m3"] < 0
    return frame
