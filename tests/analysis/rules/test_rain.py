"""The storm formula and the printed design rain of a place, between the printed rates and beyond them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from wulong import LESHAN, PENGSHUI, PRINTED_MM, STORM, WULONG, heard

from analysis.rules.rain import design_rain, design_rain_of, printed_mm, storm_of
from layers.rule import Rule
from layers.versions.rules import shipped_rules


def place(code: str, *rules: Rule) -> SimpleNamespace:
    """What the functions take of a district: its code and its rules."""
    return SimpleNamespace(settings=SimpleNamespace(code=code), rules=rules or shipped_rules())


def test_each_place_has_the_storm_formula_printed_for_it_and_elsewhere_there_is_none():
    assert storm_of(place(WULONG)) == STORM
    # the notice of the municipality prints 1035/0.763/5.240/0.560 for Pengshui
    assert storm_of(place(PENGSHUI)) == {"a": 1035.0, "c": 0.763, "b": 5.240, "n": 0.560}
    assert storm_of(place(LESHAN)) == {}


def test_a_district_of_its_own_goes_before_the_municipality_from_the_day_it_speaks():
    told = next(rule for rule in heard("storm") if rule.asks == STORM)
    own = replace(told, id="own", level="district", since=date(2030, 1, 1), asks={**STORM, "a": 2000.0})
    here = place(WULONG, told, own)
    assert [storm_of(here, on=date(year, 12, 31))["a"] for year in (2029, 2030)] == [1793.0, 2000.0]


def test_printed_rain_is_by_share_of_the_year_and_only_where_it_is_printed():
    assert design_rain_of(place(WULONG)) == pytest.approx(PRINTED_MM)
    assert design_rain_of(place(LESHAN)) == {}
    assert design_rain([]) == {}


@pytest.mark.parametrize(
    ("rate", "mm"),
    [
        (0.60, 12.2), (0.85, 31.9), (0.75, 20.9),
        (0.65, 14.8),  # half way between 12.2 and 17.4
        (0.82, 28.06),  # two fifths of the way from 25.5 to 31.9
        (0.59, None), (0.86, None),
    ],
)  # fmt: skip
def test_rain_between_two_printed_rates_is_in_proportion_and_beyond_them_unknown(rate, mm):
    assert printed_mm(PRINTED_MM, rate) == (None if mm is None else pytest.approx(mm))


def test_without_a_table_there_is_no_rain_to_design_for():
    assert printed_mm({}, 0.75) is None
