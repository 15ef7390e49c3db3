"""The rules of a kind that hold for a place on a day, and their content as a fingerprint for questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analysis.question import digest
from layers.rule import Rule


def in_force(rules: Iterable[Rule], *kinds: str, code: str, on: date) -> tuple[Rule, ...]:
    """The rules of these kinds that hold for the administrative code on the day, in the order of their ids.

    None of a kind means that nothing is known to be asked: 数据不足, never another place's rule.
    """
    return tuple(rule for rule in rules if rule.kind in kinds and rule.holds_for(code) and rule.holds_on(on))


def fingerprints(rules: Iterable[Rule]) -> dict[str, str]:
    """Each rule's id with a digest of its words and thresholds; the days it is in force are not in it."""
    return {rule.id: digest([rule.kind, rule.instrument, rule.number, rule.clause, rule.asks]) for rule in rules}
