"""What a plan costs a m³, against the tap; payback, subsidy, sharing of savings; the reuse rate before and after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.formulas.arguments import numbers
from analysis.formulas.money import payback_years
from analysis.methods.reclaimed.candidates import Candidates
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

    `running_yuan` is power, treatment and the upkeep of the pipes, what a year costs beside the capital.

    `saving_yuan`: what users pay less than tap water and sewage fee; `margin_yuan`: what the operator earns after all
    yearly cost. `contractor_yuan` and `user_yuan` share the saving while the contract runs.
    """

    unit_cost_yuan_per_m3: float | None
    investment_yuan: float
    yearly_yuan: float
    running_yuan: float
    tap_yuan_per_m3: float
    price_yuan_per_m3: float
    subsidy_yuan: float
    saving_yuan: float
    margin_yuan: float
    payback_years: float
    break_even_subsidy_yuan_per_m3: float
    contractor_yuan: float
    user_yuan: float
    contract_years: float
    discharge_avoided_m3: float


def shared_saving(saving_yuan: float, *, contractor_share: float) -> tuple[float, float]:
    """A yearly saving under a contract (合同节水): the contractor's and the user's part, in yuan."""
    saving = float(numbers("saving_yuan", saving_yuan))
    share = float(numbers("contractor_share", contractor_share, low=0.0, high=1.0))
    return saving * share, saving * (1 - share)


def economics(plan: NetworkPlan, found: Candidates, assumed: Mapping[str, float]) -> Economics:
    """The money of a plan under the prices assumed: price is a share of tap price and sewage fee."""
    volume, investment = plan.volume_m3, investment_of(plan, found.arcs)
    tap = assumed["tap_yuan_per_m3"] + assumed["sewage_yuan_per_m3"]
    price = tap * assumed["reclaimed_price_share"]
    energy = float(plan.cost_lines.loc[plan.cost_lines["item"] == "energy", "yuan"].sum())
    running = energy + investment * assumed["reclaimed_upkeep_share"]
    subsidy = assumed["reclaimed_subsidy_yuan_per_m3"] * volume
    income = price * volume + subsidy
    saving = (tap - price) * volume
    contractor, user = shared_saving(saving, contractor_share=assumed["reclaimed_saving_to_contractor_share"])
    unit = plan.cost_yuan / volume if volume > 0 else None
    return Economics(
        unit_cost_yuan_per_m3=unit,
        investment_yuan=investment,
        yearly_yuan=plan.cost_yuan,
        running_yuan=running,
        tap_yuan_per_m3=tap,
        price_yuan_per_m3=price,
        subsidy_yuan=subsidy,
        saving_yuan=saving,
        margin_yuan=income - plan.cost_yuan,
        payback_years=payback_years(investment, income - running) if volume > 0 else math.inf,
        break_even_subsidy_yuan_per_m3=0.0 if unit is None else max(unit - price, 0.0),
        contractor_yuan=contractor,
        user_yuan=user,
        contract_years=assumed["reclaimed_contract_years"],
        discharge_avoided_m3=volume,
    )


def investment_of(plan: NetworkPlan, arcs: pd.DataFrame) -> float:
    """What the pipes of a plan cost to lay, in yuan; treatment is in the yearly cost alone."""
    sizes = dict(zip(arcs["id"], arcs["diameters"], strict=True)) if len(arcs) else {}
    return float(
        sum(next(s["investment_yuan"] for s in sizes[arc] if s["dn_mm"] == dn) for arc, dn in plan.diameters.items())
    )


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
