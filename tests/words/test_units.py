"""How numbers are written: none loses much, none but zero is zero, every planner's number reads back as it is."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.asking import known_assumptions
from analysis.rules.thresholds import told
from layers.versions.rules import shipped_rules
from words import LANGUAGES, has, text
from words.units import UNITS, decimals, inside, label, number, quantity

_SIZES = st.floats(1e-6, 1e12) | st.floats(-1e12, -1e-6) | st.integers(-(10**9), 10**9).map(float)
_NO_SIGN = {"ratio", "count", "yes_no", "year"}


def _read(written: str) -> float:
    return float(written.replace(",", ""))


IN_WULONG = {
    one.id: one
    for one in told(
        known_assumptions().values(), [rule for rule in shipped_rules() if rule.speaks("500156", date(2026, 1, 1))]
    )
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", sorted(IN_WULONG))
def test_every_assumption_is_printed_and_read_back_equal(id_, language):
    one = IN_WULONG[id_]
    assert one.unit is not None
    for value in (one.default, one.low, one.high):
        read = _read(number(value, one.unit, language)) * UNITS[one.unit].divisor
        assert read == pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_an_assumption_says_its_unit_again(language):
    def sign(one) -> str:
        return label(one.unit, language)

    twice = [
        one.id
        for one in known_assumptions().values()
        if sign(one) and f"({sign(one)}" in text(f"assumptions.{one.id}", language)
    ]
    assert twice == []


@pytest.mark.parametrize(
    ("end", "unit"),
    [
        ("_l_per_m2", "l_per_m2"), ("_l_per_m2_day", "l_per_m2_day"), ("_m3_per_m2", "m3_per_m2_year"),
        ("_yuan_per_kwh", "yuan_per_kwh"), ("_yuan_per_m3", "yuan_per_m3"), ("_yuan_per_m", "yuan_per_m"),
        ("_yuan_per_m3_day", "yuan_per_m3_day"), ("_l_per_person_day", "l_per_person_day"), ("_mm", "mm"),
        ("_m3_per_ha_day", "m3_per_ha_day"), ("_m_per_km", "m_per_km"), ("_years", "years"), ("_share", "share"),
        ("_minutes", "minutes"), ("_m_per_year", "m_per_year"), ("_m3_per_day", "m3_per_day"), ("_people", "people"),
        ("_m_per_s", "m_per_s"), ("_mpa", "mpa"), ("_times", "times_per_year"), ("_l", "l_per_car"),
    ],
)  # fmt: skip
def test_an_assumption_has_the_unit_its_id_says(end, unit):
    found = [one for id_, one in known_assumptions().items() if id_.endswith(end)]
    assert found
    assert {one.unit for one in found} == {unit}


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_written_in_both_languages(unit):
    assert bool(label(unit, "zh")) == (unit not in {"ratio", "yes_no"})
    assert bool(label(unit, "en")) == (unit not in _NO_SIGN)


@given(value=_SIZES, unit=st.sampled_from([*sorted(set(UNITS) - {"year"}), None]))
def test_no_number_loses_more_than_five_percent(value, unit):
    divisor = UNITS[unit].divisor if unit else 1.0
    shown = _read(number(value, unit)) * divisor
    if abs(value / divisor) >= 1e-9:
        assert shown == pytest.approx(value, rel=0.05 + 1e-9, abs=0)
    assert (shown == 0) == (abs(value / divisor) < 1e-9)


@given(values=st.lists(_SIZES, min_size=1, max_size=8), unit=st.sampled_from(sorted(set(UNITS) - {"year"})))
def test_a_column_has_the_decimals_its_hardest_number_needs(values, unit):
    kept = decimals(values, unit)
    assert kept == max(decimals((value,), unit) for value in values) >= UNITS[unit].decimals
    assert {len(number(value, unit, places=kept).partition(".")[2]) for value in values} == {kept}


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (2.5, "mm", "2.5 mm"), (3.0, "mm", "3 mm"), (20.9, "mm", "20.9 mm"), 
        (20.93, "mm", "21 mm"), (2073.21, "m3_per_year", "0.21 万m³/a"), (1078.4, "mm", "1,078 mm"),
        (44.9, "m3_per_year", "0.00449 万m³/a"), (20_000.0, "m3_per_year", "2.00 万m³/a"),
        (0.28, "m3_per_m2_year", "0.28 m³/(m²·a)"),
        (0.0, "m3_per_year", "0.00 万m³/a"), (1e-13, "m3", "0 m³"), (-1e-13, "m3", "0 m³"), (-0.004, "share", "-0.4%"),
        (0.125, "share", "12.5%"), (0.0123, "share", "1.23%"), (99.996, "m", "100 m"), (9.996, "m", "10 m"),
        (0.35, "l_per_m2", "0.35 L/m²"), (0.65, "yuan_per_kwh", "0.65 元/kWh"), (5.0, "count", "5 个"),
        (2024, "year", "2024"), (25.0, "degree", "25.0°"), (1_234_567.0, "m2_as_km2", "1.2 km²"),
        (1_230_000.0, "m2_as_km2", "1.23 km²"),
        (None, "m3", "数据不足"), (float("nan"), "m3", "数据不足"), (float("inf"), "m3", "数据不足"),
    ],
)  # fmt: skip
def test_numbers_by_hand(value, unit, written):
    assert quantity(value, unit) == written


def test_columns_by_hand():
    assert decimals((1234.0, 2.5), "mm") == 1
    assert decimals((1234.0, 25.0), "mm") == 0
    assert decimals((20_000.0, 44.9), "m3_per_year") == 5
    assert decimals((20_000.0, None, math.nan), "m3_per_year") == 2
    assert decimals((), "share") == 1
    assert decimals((0.0, 3.0), None) == 2
    assert decimals((2019.0,), "year") == 0
    assert [number(value, "mm", places=1) for value in (1234.0, 2.5)] == ["1,234.0", "2.5"]


def test_the_inside_unit_is_that_of_the_number_kept():
    assert [inside(unit) for unit in ("m2_as_km2", "m3_per_year", None)] == ["m2", "m3_per_year", None]
    assert has("units.missing", "zh")
