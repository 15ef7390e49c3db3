"""The rainwater workbook: the numbers of the page, in their units, with version, sources and marks."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from openpyxl import load_workbook
from small_district import HOSTILE, A, small_district

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.potential import METHODS, Potential, potential
from reports.rainwater import tables as rain_tables
from reports.rainwater.workbook import rain_workbook
from words import LANGUAGES, text


def made(usable: float | None = 12_345.0) -> Potential:
    ends = {"low": usable, "central": usable, "high": usable}
    return Potential(
        township=A, rain_mm=1_100.0, usable_m3=dict.fromkeys(METHODS, ends),
        years_m3={"p25": 4e4, "p50": 3e4, "p75": 2e4, "p95": None}, catchment_m2=20_000.0, cistern_m3=10.0,
        demand_m3=15_000.0, limited=True,
    )  # fmt: skip


def opened(tables, language="zh"):
    file = rain_workbook(
        small_district(), tables, subject="甲镇", layers=("projects", "daily_rain", "roads"), result_id="0123456789ab",
        language=language,
    )  # fmt: skip
    return load_workbook(io.BytesIO(file))


def test_numbers_are_in_the_unit_of_their_head():
    book = opened([rain_tables.usable_table([made()], {A: "甲镇"}, language="zh")])
    sheet = book["可利用量"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["位次", "乡镇", "中值(万m³/a)", "低值(万m³/a)", "高值(万m³/a)"]
    assert [cell.value for cell in sheet[2]] == [1, "甲镇", 1.2345, 1.2345, 1.2345]
    assert sheet["C2"].number_format == "#,##0.00"


def test_missing_is_an_empty_cell_never_zero():
    book = opened([rain_tables.year_table([made()], {A: "甲镇"}, language="zh")])
    values = [cell.value for cell in book["丰平枯年"][2]]
    assert values == ["甲镇", 4.0, 3.0, 2.0, None]


def test_unknown_townships_have_no_rank():
    table = rain_tables.usable_table([made(None)], {A: "甲镇"}, language="zh")
    assert pd.isna(table.frame["rank"].iloc[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_name_version_result_sources_and_the_illustrative_mark(language):
    book = opened([rain_tables.usable_table([made()], {A: "甲镇"}, language=language)], language)
    said = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None}
    assert {small_district().version, "0123456789ab", text("reports.mark_illustrative", language)} <= said
    assert text("reports.missing", language) in said  # roads are absent
    assert text("indicators.rain_runoff_m3.meaning", language) in said


def test_runoff_stands_apart_and_has_no_total():
    table = rain_tables.runoff_table(
        {A: 36_300_000.0, "990001002": 1.0}, {A: "甲镇", "990001002": "乙镇"}, language="zh"
    )
    sheet = opened([table])["产流量"]
    assert [row[0].value for row in sheet.iter_rows()] == ["乡镇", "甲镇", "乙镇"]
    assert sheet["B2"].value == 3_630.0


def test_text_from_data_never_becomes_a_formula():
    names = {A: "=1+1"}
    book = opened([rain_tables.usable_table([made()], names, language="zh")])
    cell = book["可利用量"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert HOSTILE not in book.sheetnames


def test_every_assumption_is_listed_with_its_source_and_whether_it_was_changed():
    values = resolve(ASSUMPTIONS, {"psi_roof": 0.8})
    table = rain_tables.assumption_table(ASSUMPTIONS, values, changed=["psi_roof"], language="zh")
    assert len(table.frame) == len(ASSUMPTIONS)
    roof = table.frame.iloc[0]
    assert (roof["value"], roof["default"], roof["changed"]) == ("0.80", "0.85", "是")
    assert table.frame["changed"].notna().sum() == 1
    assert table.frame["citation"].str.len().min() > 0


def test_the_small_district_is_unknown_where_it_has_no_catchments():
    found = potential(small_district(), resolve(ASSUMPTIONS, {}))
    table = rain_tables.range_table(found, dict.fromkeys((one.township for one in found), "x"), language="zh")
    assert len(table.frame) == 4


def test_the_table_of_assumptions_says_low_before_high_each_in_its_unit():
    values = resolve(ASSUMPTIONS, {})
    table = rain_tables.assumption_table(ASSUMPTIONS, values, changed=[], language="zh").frame
    rows = {one.id: table.iloc[n] for n, one in enumerate(ASSUMPTIONS)}
    flush, sweep = rows["flush_roof_mm"], rows["sweep_l_per_m2"]
    assert [flush[name] for name in ("value", "lowest", "highest", "default", "unit")] == ["2.5", "2", "3", "2.5", "mm"]
    assert [sweep[name] for name in ("value", "lowest", "highest", "unit")] == ["0.35", "0.20", "0.50", "L/m²"]
