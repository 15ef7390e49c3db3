"""A named number a planner may change: value, unit, range, default and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from words.errors import AtlasError

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Assumption:
    """A parameter of a method; `low`–`high` is the plausible range, `citation` the standard and clause.

    `by_rule` says that default and citation are an instrument's, so that only a rule in force gives them
    (`analysis.rules.thresholds`); until then `default` is no number.
    """

    id: str
    unit: str | None
    low: float
    high: float
    default: float
    citation: str
    confidence: Confidence
    by_rule: bool = False


def resolve(declared: Iterable[Assumption], changed: Mapping[str, float]) -> dict[str, float]:
    """The value of every declared assumption by id, with the planner's changes; none for what no rule speaks of.

    AtlasError `errors.unknown_assumption` for an id nobody declared; `errors.assumption_out_of_range` outside low–high.
    """
    known = {assumption.id: assumption for assumption in declared}
    for id_, value in changed.items():
        if id_ not in known:
            raise AtlasError("errors.unknown_assumption", id=id_)
        if not known[id_].low <= value <= known[id_].high:
            raise AtlasError(
                "errors.assumption_out_of_range", id=id_, value=value, low=known[id_].low, high=known[id_].high
            )
    return {id_: changed.get(id_, one.default) for id_, one in known.items() if not one.by_rule}
