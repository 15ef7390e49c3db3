"""Assumptions whose number an instrument gives: the nearest one's, with its citation; none where none speaks."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from wulong import LESHAN, WULONG

from analysis.assumption import Assumption, resolve
from analysis.rules.thresholds import spoken, told
from layers.rule import Rule
from layers.versions.rules import shipped_rules

WELL = Assumption("well_m", "m", 30, 500, math.nan, "", "high", by_rule=True)
PRICE = Assumption("price", "yuan_per_m3", 1, 6, 3.2, "物价文件", "low")
NATION = Rule("n", "siting", "national", "某法", "某部", "1", "第三条", "high", "x", asks={"well_m": 100})
CITY = replace(NATION, id="c", level="municipal", instrument="某条例", clause="第九条", asks={"well_m": 50, "far_m": 9})


def test_the_nearest_rule_gives_number_and_citation():
    (alone,) = told([WELL], [NATION])
    assert (alone.default, alone.citation, alone.by_rule) == (100.0, "某法第三条", False)
    (both,) = told([WELL], [CITY, NATION])
    assert (both.default, both.citation) == (50.0, "某条例第九条")
    assert (both.low, both.high, both.unit, both.confidence) == (30, 500, "m", "high")


def test_a_note_of_the_rule_is_cited_with_it():
    (noted,) = told([WELL], [replace(NATION, note="自水边起")])
    assert noted.citation == "某法第三条(自水边起)"


def test_what_no_rule_names_stays_as_declared_and_has_no_value_if_only_a_rule_may_give_it():
    assert told([WELL, PRICE], [replace(NATION, asks={"bank_m": 5})]) == (WELL, PRICE)
    assert resolve(told([WELL, PRICE], []), {}) == {"price": 3.2}


def test_a_district_hears_the_rules_of_its_place_and_day(monkeypatch):
    class Place:
        def __init__(self, code: str, *rules: Rule) -> None:
            self.settings, self.rules = type("Settings", (), {"code": code}), rules

    later = replace(CITY, codes=("50",), since=date(2026, 1, 1))
    here, there = Place(WULONG, NATION, later), Place(LESHAN, NATION, later)
    assert [spoken([WELL], here, on=date(year, 6, 1))[0].default for year in (2025, 2026)] == [100.0, 50.0]
    assert spoken([WELL], there, on=date(2026, 6, 1))[0].default == 100.0
    assert spoken([WELL], Place(LESHAN))[0].by_rule


def test_distances_around_sources_are_those_the_regulation_prints():
    # domain note, check 5: reservoir 200 m; river 1,000 m up, 100 m down, 50 m each bank; well 30 m
    rules = [rule for rule in shipped_rules() if rule.speaks(WULONG, None)]
    names = ("siting_source_reservoir_m", "siting_source_up_m", "siting_source_down_m", "siting_source_bank_m",
             "siting_well_m")  # fmt: skip
    asked = told([replace(WELL, id=f"{name}") for name in names], rules)
    assert [one.default for one in asked] == [200.0, 1000.0, 100.0, 50.0, 30.0]
