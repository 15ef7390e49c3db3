"""Files with the faults seen in real ones are read right, mended and told, or refused by name."""

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import CRS
from shapely import LineString, Point, Polygon, box
from small_district import METRIC, A, B, C, D, small_district

from geo.files.vector import write_geopackage, write_shapefile
from geo.grids.raster import Raster, write_cog
from geo.shapes.offset import gcj02_to_bd09, wgs84_to_gcj02
from layers.catalogue import CATALOGUE
from layers.reading.register import Register
from layers.reading.whole import read_layer, read_raster, read_table
from words import text
from words.errors import AtlasError

VILLAGES, PARKS, MAINS = (CATALOGUE[id_] for id_ in ("villages", "industrial_parks", "water_mains"))


@lru_cache(maxsize=1)
def register():
    return Register.of(small_district().frames["townships"], county="990001")


def villages(count=4, **columns):
    """`count` villages in A on a line from (481, 3251) km, 100 m apart, under their file's headers."""
    places = [Point(481_000 + 100 * i, 3_251_000) for i in range(count)]
    told = {"id": [f"V{i}" for i in range(count)], "name": ["甲一村"] * count, "town_code": [A] * count} | columns
    return gpd.GeoDataFrame(told, geometry=places, crs=METRIC)


def read(frame, tmp_path, layer=VILLAGES, *, encoding="UTF-8", townships=True, **changes):
    path = tmp_path / "given.shp"
    write_shapefile(frame, path, encoding=encoding)
    for suffix, content in changes.items():
        part = path.with_suffix(f".{suffix}")
        part.unlink(missing_ok=True)
        if content is not None:
            part.write_text(content, encoding="ascii")
    return read_layer(layer, path, settings=small_district().settings, townships=register() if townships else None)


def keys(reading):
    return [(p.key, p.severity, p.row) for p in reading.problems]


def test_a_sound_layer_has_no_problem_and_keeps_its_places(tmp_path):
    reading = read(villages().to_crs(4490), tmp_path)
    assert keys(reading) == []
    assert reading.crs.to_epsg() == 4490
    assert reading.frame.crs == METRIC
    assert reading.frame.geometry.iloc[3].distance(Point(481_300, 3_251_000)) < 0.001
    assert list(reading.frame.columns) == [field.name for field in VILLAGES.fields] + ["geometry"]


@pytest.mark.parametrize("cpg", [None, "UTF-8", "GBK"])
@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
def test_chinese_is_read_whatever_the_cpg_says(tmp_path, encoding, cpg):
    reading = read(villages(name=["凤凰村", "㵲水村", "白马社区", "土地坳"]), tmp_path, encoding=encoding, cpg=cpg)
    assert reading.frame["name"].tolist() == ["凤凰村", "㵲水村", "白马社区", "土地坳"]


def test_numbers_with_signs_and_units_are_converted(tmp_path):
    reading = read(villages(cultiv_mu=["15", "１,５００", "1公顷", "约30"]), tmp_path)
    assert reading.frame["cultivated_area_m2"].tolist() == pytest.approx([10_000, 1_000_000, 10_000, 20_000])
    (problem,) = reading.problems
    assert (
        problem.key,
        problem.row,
        problem.feature,
        problem.field,
        problem.value,
        problem.owner,
        problem.township,
    ) == (
        "approximate",
        4,
        "V3",
        "cultivated_area_m2",
        "约30",
        VILLAGES.owner,
        A,
    )


def test_a_code_that_was_a_number_and_an_old_county_prefix_are_refused_and_the_place_tells(tmp_path):
    reading = read(villages(town_code=[A, f"{A}.0", "500232101", "甲镇"]), tmp_path)
    assert reading.frame["township"].tolist() == [A, A, A, A]
    assert keys(reading) == [
        ("code_as_number", "error", 2),
        ("wrong_county_prefix", "error", 3),
        ("township_from_position", "repaired", None),
    ]
    assert reading.problems[2].facts["count"] == 2


def test_a_township_that_contradicts_the_place_is_told_and_stays(tmp_path):
    reading = read(villages(town_code=[A, A, D, A]), tmp_path)
    assert keys(reading) == [("township_contradicted", "warning", 3)]
    assert reading.problems[0].facts["lies_in"] == A
    assert reading.frame["township"].tolist() == [A, A, D, A]


def test_a_point_on_the_border_contradicts_neither_side(tmp_path):
    frame = villages(2, town_code=[A, B]).set_geometry(
        [Point(490_010, 3_255_000), Point(489_990, 3_255_000)], crs=METRIC
    )
    assert keys(read(frame, tmp_path)) == []


def test_a_stray_point_is_told_and_condemns_no_layer(tmp_path):
    frame = villages(20)
    frame.loc[7, "geometry"] = Point(481_000, 4_400_000)
    reading = read(frame, tmp_path)
    assert keys(reading) == [("outside_district", "warning", 8)]
    assert len(reading.frame) == 20


def test_missing_keys_and_repeated_keys(tmp_path):
    reading = read(villages(id=["V1", None, "V1", "V2"]), tmp_path)
    assert keys(reading) == [("required_missing", "error", 2), ("duplicate_key", "warning", 3)]
    assert reading.frame["id"].tolist() == ["V1", "V1", "V2"]


def test_a_missing_required_column_is_named(tmp_path):
    with pytest.raises(AtlasError, match="missing_column") as caught:
        read(villages().drop(columns="id").assign(bianma="1"), tmp_path)
    assert (str(caught.value.facts["column"]), caught.value.facts["found"]) == ("id", "bianma")
    assert "必需字段 编号（id）" in text(caught.value.key, "zh", **caught.value.facts)
    assert "required column Id (id)" in text(caught.value.key, "en", **caught.value.facts)


def test_chinese_headers_with_units_are_matched(tmp_path):
    frame = villages().rename(columns={"id": "编号", "town_code": "乡镇", "name": "名称"})
    frame["耕地(公顷)"] = [1.0, 2, 3, 4]
    path = tmp_path / "given.gpkg"
    write_geopackage({"given": frame}, path)
    reading = read_layer(VILLAGES, path, settings=small_district().settings, townships=register())
    assert reading.frame["id"].tolist() == ["V0", "V1", "V2", "V3"]


def test_shapes_are_mended_or_left_out_by_row(tmp_path):
    bow = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    spike = Polygon([(0, 0), (1000, 0), (1000, 1000), (500, 1000), (500, 1200), (500, 1000), (0, 1000)])
    shapes = [
        shapely.transform(shape, lambda xy: np.add(xy, (485_000, 3_255_000)))
        for shape in (box(0, 0, 10, 10), bow, spike)
    ]
    frame = gpd.GeoDataFrame({"id": ["K1", "K2", "K3"], "town_code": A}, geometry=shapes, crs=METRIC)
    reading = read(frame, tmp_path, PARKS)
    assert [(p.severity, p.row, p.feature) for p in reading.problems] == [("error", 2, "K2"), ("repaired", 3, "K3")]
    assert reading.frame["id"].tolist() == ["K1", "K3"]
    assert reading.frame.area.tolist() == pytest.approx([100, 1e6], rel=1e-6)


def test_a_line_among_polygons_is_left_out(tmp_path):
    line = gpd.GeoDataFrame(
        {"id": ["K1"], "town_code": A}, geometry=[LineString([(481_000, 3_251_000), (482_000, 3_251_000)])]
    )
    reading = read(line.set_crs(METRIC), tmp_path, PARKS)
    assert keys(reading) == [("wrong_geometry", "error", 1)]
    assert reading.frame.empty


def test_a_layer_without_prj_is_read_in_the_only_system_that_fits_and_told(tmp_path):
    reading = read(villages().to_crs(4490), tmp_path, prj=None)
    assert "crs_assumed" in [p.key for p in reading.problems]
    assert reading.frame.geometry.iloc[0].distance(Point(481_000, 3_251_000)) < 0.001


def test_a_contradicted_system_holds_the_layer_and_names_both(tmp_path):
    wrong = villages().set_crs(4546, allow_override=True)  # CM 111° said, CM 108° meant
    with pytest.raises(AtlasError) as caught:
        read(wrong, tmp_path)
    assert "4546" in caught.value.facts["declared"]


def test_townships_are_never_read_without_a_system_of_their_own(tmp_path):
    frame = small_district().frames["townships"][["code", "name", "geometry"]]
    layer = CATALOGUE["townships"]
    with pytest.raises(AtlasError, match="crs_missing") as caught:
        read(frame.to_crs(4490), tmp_path, layer, townships=False, prj=None)
    assert caught.value.facts["candidates"]
    with pytest.raises(AtlasError):
        read(frame.set_crs(4490, allow_override=True), tmp_path, layer, townships=False)
    with pytest.raises(AtlasError):
        read(frame.set_crs(4524, allow_override=True), tmp_path, layer, townships=False)
    prefixed = read(frame.to_crs(4524), tmp_path, layer, townships=False)
    assert prefixed.frame.area.iloc[:4].tolist() == pytest.approx([1e8] * 4, rel=1e-6)


def wgs84_to_bd09(lon, lat):
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


@pytest.mark.parametrize(("shift", "offset"), [(wgs84_to_gcj02, "gcj02"), (wgs84_to_bd09, "bd09")])
def test_coordinates_of_map_services_are_named_and_held(tmp_path, shift, offset):
    frame = small_district().townships.to_crs(4490)
    moved = shapely.transform(frame.geometry.array.to_numpy(), lambda x, y: shift(x, y), interleaved=False)
    parks = gpd.GeoDataFrame({"id": frame["code"], "town_code": frame["code"]}, geometry=moved, crs=4490)
    with pytest.raises(AtlasError, match=f"offset.{offset}"):
        read(parks, tmp_path, PARKS)


def test_a_table_of_an_earlier_year_keeps_its_codes(tmp_path):
    path = tmp_path / "water_use.csv"
    rows = [
        "乡镇,年份,水源,sector,用水量(m³)",
        "旧乡,2019,surface,industry,5000",
        "乙场,2023,地表水,industry,1",
        "戊镇,2023,surface,industry,1",
    ]
    path.write_text("\n".join(rows), encoding="gb18030")
    reading = read_table(CATALOGUE["water_use"], path, townships=register())
    assert reading.frame["township"].tolist() == ["990001009", B]
    assert reading.frame["volume_m3"].tolist() == [5000, 1]
    assert [(p.key, p.row, p.value) for p in reading.problems if p.severity == "error"] == [
        ("unknown_township", 3, "戊镇")
    ]


def test_a_raster_out_of_range_or_beside_the_district_is_told(tmp_path):
    values = np.full((10, 10), 4_000.0, "float32")
    values[0] = 500
    write_cog(
        Raster(values, Affine(1000, 0, 480_000, 0, -1000, 3_260_000), METRIC, -9999.0), tmp_path / "elevation.tif"
    )
    reading = read_raster(
        CATALOGUE["elevation"], tmp_path / "elevation.tif", settings=small_district().settings, outline=register()
    )
    assert [p.key for p in reading.problems] == ["raster_range", "raster_does_not_cover"]
    assert reading.problems[0].facts["share"] == pytest.approx(0.9)


def test_two_hundred_alike_are_listed_and_the_rest_counted(tmp_path):
    reading = read(villages(250, elev_m=["高"] * 250), tmp_path)
    assert sum(p.key == "not_a_number" for p in reading.problems) == 200
    assert [p.facts["count"] for p in reading.problems if p.key == "more_alike"] == [50]


def test_where_a_line_touches_its_township_it_belongs_there(tmp_path):
    line = LineString([(485_000, 3_255_000), (495_000, 3_255_000)])
    frame = gpd.GeoDataFrame({"id": ["M1", "M2", "M3"], "town_code": [A, B, C]}, geometry=[line] * 3, crs=METRIC)
    assert keys(read(frame, tmp_path, MAINS)) == [("township_contradicted", "warning", 3)]


def test_an_empty_layer_is_an_empty_layer(tmp_path):
    reading = read(villages().iloc[:0], tmp_path)
    assert reading.frame.empty
    assert reading.frame.crs == CRS.from_epsg(4545)


def test_points_with_the_offset_of_a_map_service_are_suspected_by_their_townships(tmp_path):
    places = [Point(490_000 - 200, 3_251_000 + 300 * i) for i in range(20)]  # in A, 200 m from its border with B
    frame = villages(20).set_geometry(gpd.GeoSeries(places, crs=METRIC)).to_crs(4490)
    shifted = shapely.transform(frame.geometry.array.to_numpy(), wgs84_to_gcj02, interleaved=False)
    read_ = read(frame.set_geometry(gpd.GeoSeries(shifted, crs=4490)), tmp_path)
    (told,) = [problem for problem in read_.problems if problem.key == "offset_suspected"]
    assert told.facts == {"count": 20, "left": 0, "system": "GCJ-02"}


def test_townships_written_wrong_are_no_offset(tmp_path):
    read_ = read(villages(20, town_code=[B] * 20), tmp_path)
    assert {problem.key for problem in read_.problems} == {"township_contradicted"}


def test_a_mark_of_secrecy_in_a_layer_is_told_with_its_row(tmp_path):
    reading = read(villages(level=["", "公开", "机密★20年", ""]), tmp_path)
    (problem,) = [one for one in reading.problems if one.key == "secret_mark"]
    assert (problem.row, problem.field, problem.value) == (3, "level", "机密★20年")
