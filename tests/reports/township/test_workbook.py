"""A township's workbook: real types, units in headers, texts that stay texts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from layers.district import Entry
from layers.layer import Source
from reports.township.workbook import township_workbook
from tests.paper_district import FORMULA, HOSTILE, paper_district
from tests.small_district import OLD_C, A, C, small_district
from words.errors import AtlasError


def _open(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def _table(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return _open(township_workbook(paper_district(), "W"))


def test_the_first_sheet_says_township_version_and_mark(book: Workbook):
    said = {row[0]: row[1] for row in book["说明"].iter_rows(min_row=3, max_row=9, values_only=True)}
    assert (said["乡镇"], said["行政区划代码"], said["数据版本"]) == ("白马镇", "W", "0123456789ab")
    assert said["数据性质"].startswith("示意数据")


def test_official_data_bear_no_mark():
    notes = _open(township_workbook(paper_district(status="official"), "W"))["说明"]
    assert "数据性质" not in [row[0] for row in notes.iter_rows(values_only=True)]


def test_the_first_sheet_counts_every_layer_and_calls_a_missing_one_missing(book: Workbook):
    counts = {row[0]: row[1] for row in book["说明"].iter_rows(min_row=11, values_only=True)}
    assert counts["乡镇街道"] == 1
    assert counts["城镇片区"] == 3
    assert counts["水库"] == "数据不足"


def test_each_layer_with_something_here_has_its_sheet(book: Workbook):
    assert book.sheetnames == ["说明", "乡镇街道", "河流", "村(社区)", "用水量", "城镇片区"]


def test_numbers_are_numbers_in_the_unit_of_their_header(book: Workbook):
    use = _table(book["用水量"])
    assert [row["用水量(万m³)"] for row in use] == [123.45, 2.0]
    village = next(row for row in _table(book["村(社区)"]) if row["编号"] == "V7")
    assert village["耕地面积(亩)"] == pytest.approx(150)
    assert village["户数(户)"] == 107


def test_missing_is_an_empty_cell_never_zero(book: Workbook):
    villages = {row["编号"]: row for row in _table(book["村(社区)"])}
    assert villages["V5"]["人口(人)"] is None
    assert villages["V6"]["耕地面积(亩)"] is None


def test_dates_are_dates_and_choices_are_words(book: Workbook):
    area = _table(book["城镇片区"])[0]
    assert area["批准日期"] == datetime(2021, 3, 1)
    assert area["类型"] == "建成区"
    assert area["年径流总量控制率要求(%)"] == 75


def test_references_to_townships_become_names(book: Workbook):
    assert {row["所属乡镇"] for row in _table(book["村(社区)"])} == {"白马镇"}


def test_points_have_longitude_and_latitude(book: Workbook):
    village = _table(book["村(社区)"])[0]
    assert village["经度(°)"] == pytest.approx(107.8096, abs=1e-3)  # 481,500 m E of a grid with CM 108
    assert village["纬度(°)"] == pytest.approx(29.295, abs=1e-3)


def test_no_text_becomes_a_formula(book: Workbook):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    formula = next(cell for cell in cells if cell.value == FORMULA)
    assert formula.quotePrefix
    assert any(cell.value == HOSTILE for cell in cells)


def test_headers_stay_in_view_and_can_be_filtered(book: Workbook):
    sheet = book["村(社区)"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:J19"
    assert all(sheet.column_dimensions[letter].width > 6 for letter in "ABCDEFGHIJ")


def test_the_english_workbook_is_english():
    book = _open(township_workbook(paper_district(), "W", language="en"))
    assert "Notes" in book.sheetnames
    assert all(name.isascii() for name in book.sheetnames)


def test_a_layer_without_an_issuer_shows_no_date():
    entry = Entry(
        "rivers", "shapefiles/rivers.shp", "0" * 64, 1, 1.0, None, Source("", date(1900, 1, 1), "", "illustrative")
    )
    district = replace(paper_district(), entries={"rivers": entry})
    rows = {row[0]: row for row in _open(township_workbook(district, "W"))["说明"].iter_rows(values_only=True)}
    assert rows["河流"][1:5] == (2, None, None, "示意数据")


def test_an_unknown_township_is_refused():
    with pytest.raises(AtlasError, match=r"errors\.unknown_township"):
        township_workbook(paper_district(), "X")


def test_a_district_of_townships_alone_still_has_its_workbook():
    district = paper_district(without=["rivers", "villages", "urban_areas", "elevation"])
    assert "乡镇街道" in _open(township_workbook(district, "E")).sheetnames


def test_rows_of_a_year_before_a_merger_stand_under_the_names_of_then():
    district = small_district()
    people = pd.DataFrame({"township": [C, C, OLD_C, A], "year": [2019, 2023, 2019, 2019],
                           "resident_people": [3_100.0, 3_000.0, 2_900.0, 10_000.0]})  # fmt: skip
    made = replace(district, tables={**district.tables, "population": people})
    told = _table(_open(township_workbook(made, C))["人口"])
    assert [(row["乡镇"], row["年份"]) for row in told] == [
        ("丙乡（2019 年为旧乡）", 2019), ("丙乡", 2023), ("旧乡", 2019)
    ]  # fmt: skip
