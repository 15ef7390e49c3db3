"""A district folder from a planner's own files: right, or refused with nothing left behind."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

from geo.files.vector import write_geopackage
from intake.district.new import Order, make_district
from layers.versions.opening import open_district
from words import LANGUAGES, text
from words.errors import AtlasError


def _townships(**columns: list[object]) -> gpd.GeoDataFrame:
    """Two squares of 100 km² side by side in EPSG:4545."""
    shapes = [box(480_000, 3_250_000, 490_000, 3_260_000), box(490_000, 3_250_000, 500_000, 3_260_000)]
    told = {"code": ["990001001", "990001002"], "name": ["甲镇", "乙乡"]} | columns
    return gpd.GeoDataFrame(told, geometry=shapes, crs=4545)


def _order(folder: Path, frame: gpd.GeoDataFrame, **told: object) -> Order:
    path = folder / "townships.gpkg"
    write_geopackage({"townships": frame}, path)
    return Order(path, **{"name_field": "name", "out": folder / "made", "code_field": "code"} | told)


def _refused(order: Order, key: str) -> dict[str, object]:
    """The facts of the refusal, after seeing that it reads in both languages and left nothing behind."""
    before = {path for path in order.townships.parent.rglob("*")}
    with pytest.raises(AtlasError) as caught:
        make_district(order)
    assert caught.value.key == key
    assert all(text(key, language, **caught.value.facts) for language in LANGUAGES)
    assert {path for path in order.townships.parent.rglob("*")} == before
    return caught.value.facts


def test_a_district_made_opens_with_its_townships(tmp_path):
    made = make_district(_order(tmp_path, _townships()))
    assert (made.code, made.townships, made.problems) == ("990001", 2, ())
    assert list(open_district(made.dir).townships["name"]) == ["甲镇", "乙乡"]


@pytest.mark.parametrize("option", ["crs", "metric_crs"])
def test_an_unknown_coordinate_system_is_refused_by_name(tmp_path, option):
    facts = _refused(_order(tmp_path, _townships(), **{option: "EPSG:banana"}), "geo.notes.crs.unknown")
    assert facts["crs"] == "EPSG:banana"


def test_a_metric_system_of_another_continent_is_refused(tmp_path):
    _refused(_order(tmp_path, _townships(), metric_crs="EPSG:32633"), "intake.metric_elsewhere")


@pytest.mark.parametrize("codes", [[500156101.0, 500156104.5], [1.0, float("inf")], ["500156101.0", "500156102.0"]])
def test_codes_stored_as_decimals_are_refused_with_row_and_value(tmp_path, codes):
    facts = _refused(_order(tmp_path, _townships(code=codes)), "intake.decimal_code")
    assert facts["row"] == (1 if isinstance(codes[0], str) else 2)
    assert facts["field"] == "code"


def test_whole_numbers_lose_their_point(tmp_path):
    made = make_district(_order(tmp_path, _townships(code=[500156101.0, 500156102.0])))
    assert list(open_district(made.dir).townships["code"]) == ["500156101", "500156102"]


def test_a_file_without_rows_is_refused(tmp_path):
    _refused(_order(tmp_path, _townships().iloc[:0]), "intake.no_rows")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    _refused(_order(tmp_path, _townships(), out=tmp_path / "file" / "made"), "intake.out_unusable")


def test_folders_above_are_gone_again_after_a_refusal(tmp_path):
    _refused(
        _order(tmp_path, _townships(), out=tmp_path / "a" / "b" / "made", name_field="no such field"), "intake.no_field"
    )


def test_overlapping_townships_are_told_with_their_area(tmp_path):
    frame = _townships()
    frame.loc[1, "geometry"] = box(489_000, 3_250_000, 500_000, 3_260_000)
    made = make_district(_order(tmp_path, frame))
    (told,) = made.problems
    assert (told.key, told.feature) == ("townships_overlap", "990001001")
    assert told.facts == {"other_township": "乙乡", "area": 10_000_000.0}
    assert [problem.key for problem in open_district(made.dir).problems] == ["townships_overlap"]
