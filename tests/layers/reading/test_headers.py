"""Headers are matched to declared fields by name, alias or label, with units in brackets."""

import pytest

from layers.layer import Field, Layer
from layers.reading.conversion import factor, unit_of_sign
from layers.reading.headers import match_headers

LAYER = Layer(
    id="trial",
    file="tables/trial.csv",
    geometry="table",
    themes=("general",),
    fields=(
        Field(name="code", column="code", kind="code", key=True, required=True, aliases=("编码", "代码")),
        Field(name="area_m2", column="area_m2", kind="number", unit="m2_as_mu", aliases=("面积",)),
        Field(name="name", column="name", aliases=("名称",)),
    ),
)


def test_a_column_name_is_taken_whatever_its_case_and_width():
    found = match_headers(["ＣＯＤＥ", "Name "], LAYER)
    assert found.columns["code"].header == "ＣＯＤＥ"
    assert found.columns["name"].header == "Name "
    assert [field.name for field in found.missing] == ["area_m2"]


def test_a_unit_in_brackets_is_read_and_does_not_hinder():
    assert match_headers(["面积（万亩）"], LAYER).columns["area_m2"].unit == "wan_mu"


def test_brackets_that_hold_no_unit_leave_the_header_unknown():
    assert match_headers(["面积（大约）"], LAYER).unknown == ("面积（大约）",)


def test_of_two_headers_for_one_field_the_more_exact_wins_and_the_other_is_told():
    found = match_headers(["名称", "name"], LAYER)
    assert found.columns["name"].header == "name"
    assert found.doubled == (("name", "name", "名称"),)


def test_headers_nobody_declared_are_listed():
    assert match_headers(["code", "备注"], LAYER).unknown == ("备注",)


def test_an_inside_name_says_the_unit_inside_and_not_that_of_the_file():
    volume = Field("volume_m3", "volume", kind="number", unit="m3_as_wan_m3", file_unit="wan_m3")
    layer = Layer(id="trial", file="t.csv", geometry="table", themes=("general",), fields=(volume,))
    assert match_headers(["volume_m3"], layer).columns["volume_m3"].unit == "m3"
    assert match_headers(["volume_m3(万m³)"], layer).columns["volume_m3"].unit == "wan_m3"
    assert match_headers(["volume"], layer).columns["volume_m3"].unit is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("面积/亩", "mu"),
        ("面积_公顷", "ha"),
        ("面积m²", "m2"),
        ("面积 万亩", "wan_mu"),
        ("area_m2_mu", "mu"),
        ("面积", None),
    ],
)
def test_a_unit_at_the_end_of_a_header_is_read(header, unit):
    assert match_headers([header], LAYER).columns["area_m2"].unit == unit


@pytest.mark.parametrize(("sign", "m3"), [("吨", 1), ("千m³", 1e3), ("10³m³", 1e3), ("万吨", 1e4), ("百万m³", 1e6)])
def test_volumes_are_known_in_the_units_of_reports(sign, m3):
    found = unit_of_sign(sign)
    assert found is not None
    assert factor(found, "m3") == m3
