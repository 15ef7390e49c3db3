"""The data page's table of layers: count, status, date, issuer and owner of each, and one in detail."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from app import store
from app.data import store as data_store
from app.data.layer_table import KEY, layer_choice, layer_details
from app.state import Selection, selection
from layers.catalogue import CATALOGUE
from layers.layer import Source
from layers.problem import Problem
from layers.reading.whole import read_table
from tests.small_district import small_district
from words import LANGUAGES, text


def problems() -> tuple[Problem, ...]:
    return tuple(Problem("x", layer, "water") for layer in ("villages", "rivers", "villages"))


@pytest.fixture
def mark(opened):
    """The small district with an open layer from another issuer, three problems and one layer that is damaged."""
    district = small_district()
    source = Source("测绘院", date(2023, 6, 1), "CC-BY", "open")
    entries = {**district.entries, "rivers": replace(district.entries["rivers"], source=source)}
    broken = Problem("unreadable", "roads", "transport", "error", file="shapefiles/roads.shp", facts={"reason": "坏"})
    return opened(replace(district, entries=entries, problems=(*problems(), broken)), "data")


def row_of(screen, name: str) -> dict[str, str]:
    shown = screen.tables[KEY]
    (row,) = [row for row in shown.rows if row[0] == name]
    return dict(zip(shown.columns, row, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layer_tells_its_count_status_date_problems_issuer_and_owner(screen, mark, language):
    layer_choice(mark, chosen=Selection(language))
    villages, rivers = (row_of(screen, text(f"layers.{layer}.name", language)) for layer in ("villages", "rivers"))
    assert (villages["count"], villages["problems"], villages["as_of"]) == ("5", "2", "2024-12-31")
    assert (rivers["count"], rivers["problems"], rivers["as_of"]) == ("1", "1", "2023-06-01")
    assert villages["status"] == text("statuses.illustrative", language)
    assert rivers["status"] == text("statuses.open", language)
    assert (villages["issuer"], rivers["issuer"]) == ("小县水利局", "测绘院")
    assert rivers["owner"] == text(f"departments.{CATALOGUE['rivers'].owner}", language)
    assert rivers["theme"] == text(f"themes.{CATALOGUE['rivers'].themes[0]}", language)


def test_a_missing_layer_has_no_count_and_not_nought(screen, mark):
    layer_choice(mark, chosen=Selection())
    absent = row_of(screen, text("layers.crops.name"))
    assert (absent["status"], absent["count"], absent["as_of"], absent["issuer"]) == ("数据不足", "", "", "")
    assert absent["problems"] == "0"


def test_layers_that_are_there_stand_before_those_that_are_not(screen, mark):
    layer_choice(mark, chosen=Selection())
    known = [count != "" for count in screen.tables[KEY].column("count")]
    assert known == sorted(known, reverse=True)
    assert sum(known) == len(small_district().entries)
    assert len(known) == len(CATALOGUE)


def test_the_row_chosen_becomes_the_layer_of_the_address(screen, mark):
    first = layer_choice(mark, chosen=Selection())
    names = screen.tables[KEY].column("name")
    assert names[0] == text(f"layers.{first}.name")
    screen.choose_row(KEY, names.index(text("layers.villages.name")))
    assert screen.query == {"layer": "villages"}
    assert layer_choice(mark, chosen=selection()) == "villages"
    screen.query["layer"] = "nothing"
    assert layer_choice(mark, chosen=selection()) == first


def test_problems_are_counted_and_listed_by_layer(mark):
    assert data_store.problem_counts(mark) == {"villages": 2, "rivers": 1, "roads": 1}
    assert [one.layer for one in data_store.problems_of_layer(mark, "villages")] == ["villages", "villages"]
    assert data_store.problems_of_layer(mark, "crops") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_of_a_layer_is_told_in_one_line(screen, mark, language):
    layer_details(mark, "rivers", language=language)
    status = text("statuses.open", language)
    facts = {"issuer": "测绘院", "day": "2023-06-01", "licence": "CC-BY", "status": status, "crs": "EPSG:4490"}
    assert ("line", text("data.source", language, file="shapefiles/rivers.shp", **facts)) in screen.notices
    assert screen.widgets["download_layer"].label == text("data.download.zip", language)
    assert screen.widgets["download_layer"].said["file_name"] == f"rivers-{small_district().version}.zip"


def test_a_table_has_no_crs_and_is_given_as_csv(screen, mark):
    layer_details(mark, "population", language="zh")
    (said,) = [words for _, words in screen.notices if "population" in words]
    assert text("data.source", file="|", crs="—", issuer="|", day="|", licence="|", status="|").split("|")[-1] in said
    assert screen.widgets["download_layer"].said["file_name"].endswith(".csv")
    given = screen.widgets["download_layer"].said["given"][0]().decode("utf-8-sig")
    assert len(given.strip().splitlines()) == 5
    assert "10000" in given


def test_a_table_given_is_read_again_as_it_was(screen, mark, tmp_path):
    layer, table = CATALOGUE["water_use"], small_district().tables["water_use"]
    layer_details(mark, "water_use", language="zh")
    (tmp_path / "t.csv").write_bytes(screen.widgets["download_layer"].said["given"][0]())
    found = read_table(layer, tmp_path / "t.csv").frame
    assert found["volume_m3"].tolist() == pytest.approx(table["volume_m3"].tolist())
    assert found["volume_m3"].sum() == pytest.approx(0.9 * 3e6 + 3e6)
    assert found["township"].tolist() == table["township"].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_layer_says_which_file_and_who_owes_it(screen, mark, language):
    layer_details(mark, "crops", language=language)
    owner = text(f"departments.{CATALOGUE['crops'].owner}", language)
    assert ("missing", text("data.absent", language, file=CATALOGUE["crops"].file, owner=owner)) in screen.notices
    assert "download_layer" not in screen.widgets


def test_a_field_is_told_with_unit_column_kind_duty_and_choices(screen, mark):
    layer_details(mark, "villages", language="zh")
    rows = {row[1]: row for row in screen.tables["dictionary"].rows}
    fields = {field.name: field for field in CATALOGUE["villages"].fields}
    people, supply, key = (rows[fields[name].column] for name in ("people", "supply", "id"))
    assert people[0] == f"{text('layers.villages.fields.people')} (人)"
    assert (people[2], people[3]) == (text("data.kinds.integer"), "")
    assert key[3] == text("app.yes")
    said = [f"{one} {text(f'layers.villages.choices.supply.{one}')}" for one in fields["supply"].choices]
    assert supply[4] == "、".join(said)
    assert len(rows) == len(fields)


def test_a_shapefile_is_given_with_all_its_parts(folders, screen, opened, monkeypatch):
    from layers.versions.opening import open_district

    monkeypatch.setenv("ATLAS_DATA", str(folders["whole"]))
    store.app_settings.cache_clear()
    mark = opened(open_district(folders["whole"]), "data on disk")
    layer_details(mark, "rivers", language="en")
    given = screen.widgets["download_layer"].said["given"][0]()
    names = zipfile.ZipFile(io.BytesIO(given)).namelist()
    assert {"rivers.shp", "rivers.dbf", "rivers.shx", "rivers.prj"} <= set(names)
    assert not [name for name in names if not name.startswith("rivers.")]
