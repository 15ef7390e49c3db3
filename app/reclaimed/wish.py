"""What a planner asks of the network: a reuse rate or a yearly budget, and what to take in or leave out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.methods.reclaimed.economics import Rate
from analysis.methods.reclaimed.wanted import wish

Aim = Literal["rate", "budget"]
SECONDS, LONG_SECONDS = 10.0, 60.0
MODEST = 0.25  # share of the supply that the first plan shown brings into use
MOST_BUDGET = 1e9


@dataclass(frozen=True)
class Wish:
    """A reuse rate (of water treated, existing reuse counted in) or yuan a year, pins by id, seconds to search."""

    aim: Aim
    rate: float
    budget_yuan: float
    pinned: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    seconds: float = SECONDS

    @property
    def told(self) -> dict[str, object]:
        """The wish as a question holds it."""
        rate, budget = (self.rate, None) if self.aim == "rate" else (None, self.budget_yuan)
        return wish(
            target_rate=rate, budget_yuan=budget, pin=self.pinned, forbid=self.forbidden, time_limit_s=self.seconds
        )

    def for_budget(self, budget_yuan: float, *, seconds: float) -> dict[str, object]:
        """What a yearly budget would buy with the same pins, asked quickly and without other networks."""
        return wish(
            budget_yuan=budget_yuan, pin=self.pinned, forbid=self.forbidden, time_limit_s=seconds, alternatives=0
        )


def usual_rate(rate: Rate, *, supply_m3: float, demand_m3: float) -> float:
    """Shown first: today's and a quarter of what plants can promise, at most half of the demand; whole percents."""
    if rate.treated_m3 <= 0:
        return 0.0
    more = min(MODEST * supply_m3, 0.5 * demand_m3)
    return int(100 * (rate.reused_before_m3 + more) / rate.treated_m3) / 100


def wish_of(choices: Mapping[str, str], *, usual: float) -> Wish:
    """The wish that choices by name say; what cannot be read is as usual."""
    return Wish(
        aim="budget" if choices.get("aim") == "budget" else "rate",
        rate=_number(choices.get("rate"), usual, most=1.0),
        budget_yuan=_number(choices.get("budget"), 2_000_000.0, most=MOST_BUDGET),
        pinned=_ids(choices.get("pin")),
        forbidden=_ids(choices.get("forbid")),
        seconds=LONG_SECONDS if choices.get("seconds") == "long" else SECONDS,
    )


def _number(written: str | None, usual: float, *, most: float) -> float:
    try:
        value = float(written) if written is not None else usual
    except ValueError:
        return usual
    return value if 0 <= value <= most else usual


def _ids(written: str | None) -> tuple[str, ...]:
    try:
        found = json.loads(written) if written else []
    except ValueError:
        return ()
    return tuple(str(id_) for id_ in found) if isinstance(found, list) else ()
