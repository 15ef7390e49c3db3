"""Headers are matched to declared fields by name, alias or label, with units in brackets."""

from layers.layer import Field, Layer
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
