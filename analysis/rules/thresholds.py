"""Assumptions whose default is an instrument's: number and citation come from the rule in force at the place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

from analysis.assumption import Assumption
from analysis.rules.choosing import nearest
from layers.district import District
from layers.rule import Rule


def spoken(declared: Iterable[Assumption], district: District, *, on: date | None = None) -> tuple[Assumption, ...]:
    """The assumptions as they stand in a district on a day; without a day, by the rules that nobody has ended.

    One that an instrument decides has default and citation of the nearest rule that names its id among what it asks;
    where none does it stays `by_rule`, without a value: what rests on it is 数据不足.
    """
    return told(declared, (rule for rule in district.rules if rule.speaks(district.settings.code, on)))


def told(declared: Iterable[Assumption], rules: Iterable[Rule]) -> tuple[Assumption, ...]:
    """The assumptions with the numbers of these rules."""
    known = tuple(rules)
    return tuple(_told(one, known) for one in declared)


def _told(one: Assumption, rules: tuple[Rule, ...]) -> Assumption:
    rule = nearest(rule for rule in rules if one.id in rule.asks)
    if rule is None:
        return one
    value = rule.asks[one.id]
    assert isinstance(value, int | float)
    note = f"({rule.note})" if rule.note else ""
    return dataclasses.replace(one, default=float(value), citation=rule.cite() + note, by_rule=False)
