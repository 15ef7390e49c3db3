"""The rules of a kind that hold for a place on a day, and their content as a fingerprint for questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from analysis.question import digest
from layers.rule import LEVELS, Rule


def in_force(rules: Iterable[Rule], *kinds: str, code: str, on: date | None) -> tuple[Rule, ...]:
    """The rules of these kinds that hold for the administrative code on the day, in the order of their ids.

    Without a day, those that nobody has ended.

    None of a kind means that nothing is known to be asked: 数据不足, never another place's rule.
    """
    return tuple(rule for rule in rules if rule.kind in kinds and rule.speaks(code, on))


def nearest(rules: Iterable[Rule]) -> Rule | None:
    """Of rules that answer the same, the most local one, and of those the newest; none without any."""
    return max(rules, key=lambda rule: (LEVELS.index(rule.level), rule.since or date.min), default=None)


def fingerprints(rules: Iterable[Rule]) -> dict[str, str]:
    """Each rule's id with a digest of its words and thresholds; the days it is in force are not in it."""
    return {
        rule.id: digest([rule.kind, rule.instrument, rule.number, rule.clause, rule.level, rule.asks]) for rule in rules
    }
