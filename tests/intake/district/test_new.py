"""A district folder from a planner's own files: right, or refused with nothing left behind."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Polygon, box

from geo.doubt import UndecidedError
from geo.files.vector import write_geopackage, write_shapefile
from intake.district.new import Order, make_district
from layers.reading.coverage import strays
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


BOW_TIE = Polygon([(480_000, 3_250_000), (490_000, 3_260_000), (490_000, 3_250_000), (480_000, 3_260_000)])


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


def test_a_border_that_crosses_itself_is_asked_about(tmp_path):
    frame = _townships()
    frame.loc[0, "geometry"] = BOW_TIE
    order = _order(tmp_path, frame)
    with pytest.raises(UndecidedError) as caught:
        make_district(order)
    (doubt,) = caught.value.doubts
    assert (doubt.key, [choice.value for choice in doubt.choices]) == ("townships.border", ["mended", "stop"])
    assert (doubt.facts["row"], doubt.facts["before_km2"], doubt.facts["after_km2"]) == (1, 0.0, 50.0)
    assert all(doubt.said(language) for language in LANGUAGES)


def test_a_border_that_was_decided_on_is_mended_and_told_with_its_area(tmp_path):
    frame = _townships()
    frame.loc[0, "geometry"] = BOW_TIE
    made = make_district(_order(tmp_path, frame, answers={"townships.border": "mended"}))
    (told,) = [problem for problem in made.problems if problem.severity == "repaired"]
    assert (told.key, told.row, told.feature) == ("geo.notes.repair.self_crossing", 1, "990001001")
    assert open_district(made.dir).townships.geometry.iloc[0].area == pytest.approx(50e6)


def test_a_border_that_shall_be_mended_first_stops_everything(tmp_path):
    frame = _townships()
    frame.loc[0, "geometry"] = BOW_TIE
    _refused(_order(tmp_path, frame, answers={"townships.border": "stop"}), "intake.border_held")


@pytest.mark.parametrize(
    "shape", [Polygon(), Polygon([(480_000, 3_250_000), (490_000, 3_250_000), (480_000, 3_250_000)])]
)
def test_a_township_without_extent_is_refused_by_row(tmp_path, shape):
    frame = _townships()
    frame.loc[1, "geometry"] = shape
    assert _refused(_order(tmp_path, frame), "intake.no_border")["row"] == 2


def test_what_the_reader_noticed_reaches_the_answer(tmp_path):
    frame = _townships()
    write_shapefile(frame, tmp_path / "given.shp", encoding="GB18030")
    (tmp_path / "given.cpg").unlink()
    order = Order(tmp_path / "given.shp", name_field="name", code_field="code", out=tmp_path / "made")
    assert [problem.key for problem in make_district(order).problems] == ["geo.errors.note.encoding_found"]


def test_a_system_told_against_the_declared_one_is_said(tmp_path):
    made = make_district(_order(tmp_path, _townships(), crs="EPSG:4546", metric_crs="EPSG:4546"))
    (told,) = made.problems
    assert told.key == "problems.crs_overruled"
    assert "4546" in str(told.facts["taken"]) or "111" in str(told.facts["taken"])


def test_townships_that_leave_land_out_are_told_with_its_area(tmp_path):
    whole = _townships()
    ring = box(480_000, 3_250_000, 490_000, 3_260_000).difference(box(484_000, 3_254_000, 486_000, 3_256_000))
    whole.loc[0, "geometry"] = ring
    (told,) = make_district(_order(tmp_path, whole)).problems
    assert (told.key, told.facts) == ("townships_gap", {"beside": "甲镇", "area": 4_000_000.0})


def test_two_townships_of_one_name_are_told(tmp_path):
    (told,) = make_district(_order(tmp_path, _townships(name=["甲镇", "甲镇"]))).problems
    assert (told.key, told.facts["codes"]) == ("townships_same_name", "990001001, 990001002")


def test_a_township_far_from_all_others_is_told(tmp_path):
    shapes = [box(480_000 + east, 3_250_000, 490_000 + east, 3_260_000) for east in (0, 10_000, 60_000)]
    told = {"code": ["990001001", "990001002", "990001003"], "name": ["甲镇", "乙乡", "丙镇"]}
    (told,) = make_district(_order(tmp_path, gpd.GeoDataFrame(told, geometry=shapes, crs=4545))).problems
    assert (told.key, told.feature, told.facts) == ("township_far", "990001003", {"kilometres": 40})


def test_a_township_is_far_when_it_is_farther_off_than_the_others_together_are_wide(tmp_path):
    def far(*easts: int) -> list[tuple[str, int]]:
        shapes = [box(480_000 + east, 3_250_000, 490_000 + east, 3_260_000) for east in easts]
        told = {"code": [f"99000100{n}" for n in range(len(easts))], "name": [f"乡{n}" for n in range(len(easts))]}
        frame = gpd.GeoDataFrame(told, geometry=shapes, crs=4545)
        return [(one.feature, one.facts["kilometres"]) for one in strays(frame, file="x.shp", owner="planning")]

    assert far(0, 10_000, -60_000, 10_000) == [("990001002", 50)]
    assert far(0, 0, 0, 10_001) == []
    assert far(0, 0, 0, 20_001) == [("990001003", 10)]
    assert far(0, 10_000, 60_000, 70_000) == []


@pytest.mark.parametrize(("field", "value"), [("remark", "秘密★10年"), ("remark", "机密"), ("密级", "秘密级")])
def test_a_mark_of_secrecy_is_told(tmp_path, field, value):
    (told,) = make_district(_order(tmp_path, _townships(**{field: ["", value]}))).problems
    assert (told.key, told.row, told.field, told.value) == ("secret_mark", 2, field, value)


def test_what_is_not_secret_is_not_told(tmp_path):
    frame = _townships(remark=["非涉密", "秘密花园村"])
    assert make_district(_order(tmp_path, frame)).problems == ()


@pytest.mark.parametrize("name", ["无", "???", "--", "不详"])
def test_a_name_that_says_nothing_is_no_name(tmp_path, name):
    facts = _refused(_order(tmp_path, _townships(name=["甲", name])), "intake.empty_name")
    assert (facts["row"], facts["field"]) == (2, "name")


@pytest.mark.parametrize(
    ("column", "times", "wrong"), [("面积_亩", 1.2, 0), ("area_km2", 0.01, 2), ("面积(公顷)", 15, 2), ("面积", 15, 0)]
)
def test_areas_stated_beyond_what_the_shapes_bear_out_are_told(tmp_path, column, times, wrong):
    drawn = _townships().to_crs(4545).geometry.area
    unit = {"面积_亩": 10_000 / 15, "area_km2": 1e6, "面积(公顷)": 1e4, "面积": 1.0}[column]
    made = make_district(_order(tmp_path, _townships(**{column: (drawn / unit * times).tolist()})))
    found = [problem for problem in made.problems if problem.key == "area_contradicted"]
    assert len(found) == wrong
    assert all(one.facts["found_low"] == pytest.approx(one.facts["found_high"] * times) for one in found)
