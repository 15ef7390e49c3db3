"""What is wanted of the network: a reuse rate, a yearly budget or the greatest benefit, and what to hold fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from words.errors import AtlasError

GAP, TIME_LIMIT_S, ALTERNATIVES = 0.01, 30.0, 2


@dataclass(frozen=True)
class Wanted:
    """A wish read: `budget_yuan` is the yearly cost, capital recovery and running together; `pin` and `forbid` ids.

    Neither rate nor budget asks for the greatest net benefit.
    """

    target_rate: float | None = None
    budget_yuan: float | None = None
    pin: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    gap: float = GAP
    time_limit_s: float = TIME_LIMIT_S
    alternatives: int = ALTERNATIVES

    @property
    def benefit(self) -> bool:
        """Whether the greatest net benefit is asked for, so that prices decide the network."""
        return self.target_rate is None and self.budget_yuan is None


def wish(
    *,
    target_rate: float | None = None,
    budget_yuan: float | None = None,
    pin: Iterable[str] = (),
    forbid: Iterable[str] = (),
    gap: float = GAP,
    time_limit_s: float = TIME_LIMIT_S,
    alternatives: int = ALTERNATIVES,
) -> dict[str, object]:
    """The wish as a question holds it, everything said: equal wishes are written alike, in whatever order they came."""
    return {
        "target_rate": target_rate,
        "budget_yuan": budget_yuan,
        "pin": sorted(set(pin)),
        "forbid": sorted(set(forbid)),
        "gap": gap,
        "time_limit_s": time_limit_s,
        "alternatives": alternatives,
        "benefit": target_rate is None and budget_yuan is None,
    }


def read_wish(told: Mapping[str, Any]) -> Wanted:
    """The wish of a question.

    AtlasError `errors.unknown_choice` for a word no wish has, `reclaimed.paper.rate_wrong` for a rate beyond 0 to 1.
    """
    known = (*Wanted.__dataclass_fields__, "benefit")
    for name in told:
        if name not in known:
            raise AtlasError("errors.unknown_choice", name=name, known=", ".join(sorted(known)))
    rate = told.get("target_rate")
    if rate is not None and not 0 <= rate <= 1:
        raise AtlasError("reclaimed.paper.rate_wrong", value=rate)
    lists = {name: tuple(told.get(name, ())) for name in ("pin", "forbid")}
    return Wanted(**{name: value for name, value in told.items() if name != "benefit"} | lists)
