"""Tables come as text, with the header found and nothing added up twice."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.files import table
from tests.geo.files.shape_files import zipped
from words import LANGUAGES, text
from words.errors import AtlasError


def csv_file(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "t.csv"
    path.write_bytes(content.encode(encoding))
    return path


def workbook(tmp_path, rows, *, merged=(), title="数据"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for block in merged:
        page.merge_cells(block)
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def refusal(reader, path, **options):
    with pytest.raises(AtlasError) as caught:
        reader(path, **options)
    for language in LANGUAGES:
        assert text(caught.value.key, language, **caught.value.facts)
    return caught.value.key.removeprefix("geo.errors."), caught.value.facts


def remarks(frame):
    for note in table.notes(frame):
        for language in LANGUAGES:
            assert text(note.key, language, **note.facts)
    return [note.key.removeprefix("geo.errors.note.") for note in table.notes(frame)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_any_encoding_and_separator(tmp_path, encoding, delimiter):
    lines = [["代码", "名称", "用水量"], ["0500", "巷口镇", "1,234" if delimiter != "," else "1234"]]
    frame = table.read_csv(csv_file(tmp_path, "\r\n".join(map(delimiter.join, lines)), encoding))
    assert list(frame.columns) == lines[0]
    assert frame.iloc[0].tolist() == lines[1]


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@丙", "'丁'", "-5", "戊"])
def test_what_is_written_harmless_comes_back_as_it_was(tmp_path, name):
    table.write_csv(pd.DataFrame({"名称": [name]}), tmp_path / "t.csv")
    assert table.read_csv(tmp_path / "t.csv")["名称"].tolist() == [name]


def test_cells_stay_text(tmp_path):
    frame = table.read_csv(csv_file(tmp_path, "code,date,none,flag\n007,2019-9,NA,TRUE\n"))
    assert frame.iloc[0].tolist() == ["007", "2019-9", "NA", "TRUE"]


def test_short_and_blank_rows_are_filled_and_skipped(tmp_path):
    frame = table.read_csv(csv_file(tmp_path, "a,b\n1\n\n,\n2,3\n"))
    assert frame.to_numpy().tolist() == [["1", ""], ["2", "3"]]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("a,b\n1,2,3\n", "table_row_long"),
        ("a,a\n1,2\n", "table_header_twice"),
        ("a,,c\n1,2,3\n", "table_no_header"),
    ],
)
def test_crooked_csvs_are_refused(tmp_path, content, key):
    assert refusal(table.read_csv, csv_file(tmp_path, content))[0] == key


def test_a_workbook_under_titles_is_read_without_its_totals(tmp_path):
    rows = [
        ["武隆区用水统计表", None, None],
        ["单位:万m³", None, None],
        ["代码", "乡镇", "用水量"],
        ["500156100", "巷口镇", 12.5],
        ["500156101", "桐梓镇", 3],
        ["合计", None, 15.5],
    ]
    frame = table.read_xlsx(workbook(tmp_path, rows, merged=["A1:C1"]))
    assert list(frame.columns) == ["代码", "乡镇", "用水量"]
    assert frame.to_numpy().tolist() == [["500156100", "巷口镇", "12.5"], ["500156101", "桐梓镇", "3"]]
    assert remarks(frame) == ["title_rows", "totals_dropped"]
    assert [note.facts.get("rows") for note in table.notes(frame)] == [None, "6"]


def test_merged_cells_are_filled_down(tmp_path):
    rows = [["片区", "乡镇", "数"], ["东", "甲", 1], [None, "乙", 2], ["西", "丙", 3]]
    frame = table.read_xlsx(workbook(tmp_path, rows, merged=["A2:A3"]))
    assert frame["片区"].tolist() == ["东", "东", "西"]


def test_a_header_of_two_rows_is_joined(tmp_path):
    rows = [["乡镇", "用水量", None], [None, "农业", "工业"], ["甲", 1, 2]]
    frame = table.read_xlsx(workbook(tmp_path, rows, merged=["A1:A2", "B1:C1"]))
    assert list(frame.columns) == ["乡镇", "用水量 农业", "用水量 工业"]
    assert frame.to_numpy().tolist() == [["甲", "1", "2"]]


def test_a_township_whose_name_holds_a_word_for_total_is_kept(tmp_path):
    frame = table.read_xlsx(workbook(tmp_path, [["名称", "数"], ["总计局", 1], ["小 计", 2], ["合计:", 3]]))
    assert frame["名称"].tolist() == ["总计局"]


def test_dates_and_truths_become_plain_text(tmp_path):
    rows = [["a", "b", "c", "d"], [date(2019, 9, 1), datetime(2019, 9, 1, 8, 30), True, 1e20]]
    frame = table.read_xlsx(workbook(tmp_path, rows))
    assert frame.iloc[0].tolist() == ["2019-09-01", "2019-09-01 08:30:00", "1", "1e+20"]


def test_a_formula_is_never_run(tmp_path):
    frame = table.read_xlsx(workbook(tmp_path, [["a", "b"], ["x", "=1+1"]]))
    assert frame["b"].tolist() == [""]


def test_a_sheet_is_chosen_by_name(tmp_path):
    path = workbook(tmp_path, [["a", "b"], [1, 2]])
    assert refusal(table.read_xlsx, path, sheet="没有")[0] == "no_layer"
    assert len(table.read_xlsx(path, sheet="数据")) == 1


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><workbook/>'
    path = zipped(tmp_path / "t.xlsx", {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": bomb})
    assert refusal(table.read_xlsx, path)[0] == "doctype"


def test_a_broken_workbook_is_refused(tmp_path):
    path = zipped(tmp_path / "t.xlsx", {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<work"})
    assert refusal(table.read_xlsx, path)[0] == "xlsx_broken"


def test_readers_refuse_each_others_files(tmp_path):
    assert refusal(table.read_csv, workbook(tmp_path, [["a", "b"]]))[0] == "not_table"
    assert refusal(table.read_xlsx, csv_file(tmp_path, "a,b\n"))[0] == "not_table"


def test_a_written_csv_runs_nothing_in_a_spreadsheet(tmp_path):
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-x", "@SUM(A1)", "\tx", "\rx", "巷口镇", "-3.5", "+7", "1,234"]
    table.write_csv(pd.DataFrame({"=name": evil, "value": [-1.5] * 9 + [None]}), tmp_path / "t.csv")
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf'=name,value\r\n'=1+1,-1.5\r\n'+cmd")
    frame = table.read_csv(tmp_path / "t.csv")
    assert frame["=name"].tolist() == [cell.strip() for cell in evil[:4]] + ["\tx", "\rx"] + evil[6:]
    assert frame["value"].tolist()[-2:] == ["-1.5", ""]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=12))
def test_no_text_begins_a_formula(value):
    shown = str(table.harmless(value))
    assert not shown.startswith(("=", "@", "\t", "\r"))
    assert shown.removeprefix("'") == value.removeprefix("'") or shown == value


def test_dbf_table_is_read_as_text(tmp_path):
    import geopandas as gpd
    from shapely.geometry import Point

    from geo.files.table import read_dbf
    from geo.files.vector import write_shapefile

    places = gpd.GeoDataFrame({"name": ["水田", "旱地"], "value": [1, 2]}, geometry=[Point(107, 29)] * 2, crs=4490)
    write_shapefile(places, tmp_path / "classes.shp")
    table = read_dbf(tmp_path / "classes.dbf")
    assert table["name"].tolist() == ["水田", "旱地"]
    assert table["value"].tolist() == ["1", "2"]
