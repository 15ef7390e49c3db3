"""How a quota stands: is it the one prescribed for its sector at the place, or only a value to refer to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from analysis.rules.choosing import nearest
from layers.rule import Rule

KIND = "quota_standing"
Standing = Literal["prescribed", "reference"]


def standing_of(rules: Iterable[Rule], *, sector: str, standard: str) -> tuple[Standing, Rule | None]:
    """How a quota of the sector stands that is taken from `standard`, and the instrument prescribed for the sector.

    `prescribed` where the standard names that instrument or its number; else `reference`, also where the nearest rule
    on the sector prescribes none (then there is no instrument).
    """
    rule = nearest(rule for rule in rules if sector in rule.asks)
    if rule is None or rule.asks[sector] != "prescribed":
        return "reference", None
    named = any(name in standard for name in (rule.instrument, rule.number) if name)
    return "prescribed" if named else "reference", rule
