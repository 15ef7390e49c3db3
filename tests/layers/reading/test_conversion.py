"""Units of files become inside units by exact factors, and foreign units are refused."""

import pytest

from layers.reading.conversion import FILE_UNITS, MU_M2, factor, inside_unit, plain, unit_of_sign
from words.errors import AtlasError
from words.units import UNITS


def test_fifteen_mu_are_one_hectare():
    assert 15 * factor("mu", "m2_as_mu") == pytest.approx(factor("ha", "m2"))
    assert pytest.approx(666.6667, abs=1e-4) == MU_M2


@pytest.mark.parametrize(
    ("file_unit", "unit", "expected"),
    [
        ("wan_m3", "m3_as_wan_m3", 10_000),
        ("wan_m3", "m3_per_year", 10_000),
        ("km", "m_as_km", 1_000),
        ("percent", "share", 0.01),
        ("wan_yuan", "yuan_as_wan_yuan", 10_000),
        ("m2_as_km2", "m2", 1_000_000),
        ("mg_per_l", "mg_per_l", 1),
    ],
)
def test_file_units_have_their_factor(file_unit, unit, expected):
    assert factor(file_unit, unit) == pytest.approx(expected)


@pytest.mark.parametrize(("file_unit", "unit"), [("mu", "m"), ("km", None), ("stone", "m"), ("m3", "m2")])
def test_a_unit_of_another_kind_is_refused(file_unit, unit):
    with pytest.raises(AtlasError, match="unit_mismatch"):
        factor(file_unit, unit)


@pytest.mark.parametrize(
    ("sign", "unit"),
    [
        ("万m³", "wan_m3"),
        ("万立方米", "wan_m3"),
        ("ｋｍ", "km"),
        ("hm²", "ha"),
        ("％", "percent"),
        ("亩", "mu"),
        ("瓦", None),
    ],
)
def test_signs_are_read_as_people_write_them(sign, unit):
    assert unit_of_sign(sign) == unit


def test_plain_drops_width_spaces_and_invisible_characters():
    assert plain("　白马\u200b 镇Ａ") == "白马镇a"


def test_every_file_unit_measures_a_known_inside_unit():
    assert {unit.inside for unit in FILE_UNITS.values()} <= {inside_unit(name) for name in UNITS}
