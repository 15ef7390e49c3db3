"""Vector files are read whole or refused by name; what a reader mended is said."""

from __future__ import annotations

import json
import sqlite3
import struct

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from places import REAL
from shapely import LineString, MultiPoint, Point, Polygon

from geo.files import geopackage, vector
from tests.geo.files.shape_files import NAMES, big_endian, copied, patched, shapefile, squares
from words import LANGUAGES, text
from words.errors import AtlasError


@pytest.fixture
def shp(tmp_path):
    return shapefile(tmp_path)


def refusal(path, **options):
    with pytest.raises(AtlasError) as caught:
        vector.read(path, **options)
    for language in LANGUAGES:
        assert text(caught.value.key, language, **caught.value.facts)
    return caught.value.key.removeprefix("geo.errors."), caught.value.facts


def remarks(read):
    for note in read.notes:
        for language in LANGUAGES:
            assert text(note.key, language, **note.facts)
    return [note.key.removeprefix("geo.errors.note.") for note in read.notes]


# Shapefiles: parts


def test_a_whole_shapefile_is_read_as_it_lies(shp):
    read = vector.read(shp)
    assert list(read.frame.columns) == ["code", "name", "pop", "geometry"]
    assert list(read.frame["name"]) == list(NAMES)
    assert read.frame.area.tolist() == [10_000.0] * 3
    assert (read.driver, read.encoding, read.notes) == ("ESRI Shapefile", "utf-8", ())
    assert read.declared_crs.to_epsg() == read.frame.crs.to_epsg() == 4545


def test_a_missing_table_is_refused(shp):
    shp.with_suffix(".dbf").unlink()
    assert refusal(shp) == ("part_missing", {"file": "towns.shp", "part": ".dbf"})


def test_a_missing_index_is_rebuilt_elsewhere_and_said(shp):
    shp.with_suffix(".shx").unlink()
    read = vector.read(shp)
    assert list(read.frame["name"]) == list(NAMES)
    assert remarks(read) == ["shx_rebuilt"]
    assert not shp.with_suffix(".shx").exists()


def test_a_missing_or_garbled_prj_leaves_no_crs(shp):
    shp.with_suffix(".prj").write_text("rubbish")
    read = vector.read(shp)
    assert (read.declared_crs, read.frame.crs, remarks(read)) == (None, None, ["prj_unreadable"])
    shp.with_suffix(".prj").unlink()
    read = vector.read(shp)
    assert (read.declared_crs, read.frame.crs, remarks(read)) == (None, None, ["prj_missing"])


def test_a_prj_with_a_byte_order_mark_is_understood(shp):
    prj = shp.with_suffix(".prj")
    prj.write_bytes(b"\xef\xbb\xbf" + prj.read_bytes())
    read = vector.read(shp)
    assert read.frame.crs.to_epsg() == 4545


@pytest.mark.parametrize("stem", ["a;b", "a!b", "名 称", "a:b", "TOWNS"])
def test_awkward_file_names_are_read(tmp_path, shp, stem):
    moved = copied(shp, tmp_path / "odd;folder!", stem=stem)
    assert list(vector.read(moved).frame["name"]) == list(NAMES)


def test_upper_case_suffixes_are_read(tmp_path, shp):
    for file in tmp_path.glob("towns.*"):
        file.rename(file.with_suffix(file.suffix.upper()))
    read = vector.read(tmp_path / "towns.SHP")
    assert list(read.frame["name"]) == list(NAMES)
    assert read.declared_crs.to_epsg() == 4545


# Shapefiles that lie


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_cut_shp_is_refused(shp, share):
    whole = shp.read_bytes()
    shp.write_bytes(whole[: int(len(whole) * share)])
    key, facts = refusal(shp)
    assert (key, facts["claimed"]) == ("shp_length", len(whole))


def test_a_cut_table_is_refused(shp):
    dbf = shp.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes()[:-50])
    assert refusal(shp)[0] == "dbf_cut"


def test_a_table_of_fewer_rows_is_refused(tmp_path, shp):
    short = tmp_path / "short.shp"
    vector.write_shapefile(squares().iloc[:2], short)
    short.with_suffix(".dbf").replace(shp.with_suffix(".dbf"))
    assert refusal(shp) == ("row_counts", {"file": "towns.shp", "shapes": 3, "rows": 2})


def test_an_index_that_disagrees_is_refused_by_record(shp):
    patched(shp.with_suffix(".shx"), 100 + 8, big_endian(52))
    assert refusal(shp) == ("shx_disagrees", {"file": "towns.shp", "row": 2})


def test_a_record_claiming_two_billion_points_is_refused(shp):
    patched(shp, 100 + 8 + 40, struct.pack("<i", 2**31 - 1))
    assert refusal(shp) == ("shp_record", {"file": "towns.shp", "row": 1})


def test_a_part_that_begins_beyond_its_points_is_refused(shp):
    patched(shp, 100 + 8 + 44, struct.pack("<i", 99))
    assert refusal(shp) == ("shp_record", {"file": "towns.shp", "row": 1})


def test_a_damaged_coordinate_does_not_fit_the_stored_bounds(tmp_path):
    path = tmp_path / "many.shp"
    many = squares().iloc[[i % 3 for i in range(30)]].reset_index(drop=True)
    vector.write_shapefile(many, path)
    patched(path, 100 + 8 + 48 + 16, struct.pack("<d", 555_555.0))
    assert refusal(path) == ("shp_record", {"file": "many.shp", "row": 1})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e308])
def test_absurd_coordinates_name_the_feature(shp, value):
    patched(shp, 100 + 8 + 48 + 16, struct.pack("<d", value))
    key, facts = refusal(shp)
    assert (key, facts["row"]) == ("coordinate_absurd", 1)


def test_a_null_shape_is_kept_and_said(tmp_path):
    frame = squares()
    frame.loc[1, "geometry"] = None
    vector.write_shapefile(frame, tmp_path / "n.shp")
    read = vector.read(tmp_path / "n.shp")
    assert read.frame.geometry.isna().tolist() == [False, True, False]
    assert read.notes[0].facts == {"count": 1, "rows": "2"}
    assert remarks(read) == ["no_geometry"]


def test_rows_marked_deleted_are_left_out_and_said(shp):
    dbf = shp.with_suffix(".dbf")
    header = struct.unpack("<H", dbf.read_bytes()[8:10])[0]
    patched(dbf, header, b"*")
    read = vector.read(shp)
    assert list(read.frame["name"]) == list(NAMES[1:])
    assert remarks(read) == ["deleted_rows"]


def test_a_garbled_number_is_missing_and_named(shp):
    dbf = shp.with_suffix(".dbf")
    patched(dbf, dbf.read_bytes().find(b"20", 200), b"2x")
    read = vector.read(shp)
    assert read.frame["pop"].isna().tolist() == [False, True, False]
    assert read.notes[0].facts == {"field": "pop", "count": 1, "rows": "2", "value": "2x"}


def test_heights_are_dropped_and_said(tmp_path):
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[Point(431_000, 3_240_000, 500)], crs=4545)
    vector.write_shapefile(frame, tmp_path / "z.shp")
    read = vector.read(tmp_path / "z.shp")
    assert not read.frame.has_z.any()
    assert remarks(read) == ["heights_dropped"]


@pytest.mark.parametrize(
    "shape",
    [
        Point(1, 2),
        Point(1, 2, 3),
        MultiPoint([(1, 2), (3, 4)]),
        LineString([(1, 2), (3, 4)]),
        LineString([(1, 2, 5), (3, 4, 6)]),
        Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]),
    ],
)
def test_every_type_of_shape_passes_the_checks(tmp_path, shape):
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[shape, shape], crs=4545)
    vector.write_shapefile(frame, tmp_path / "s.shp")
    assert vector.read(tmp_path / "s.shp").frame.geometry[1].normalize() == shapely.force_2d(shape).normalize()


def test_an_empty_layer_is_read(tmp_path):
    vector.write_shapefile(squares().iloc[:0], tmp_path / "e.shp")
    assert len(vector.read(tmp_path / "e.shp").frame) == 0


# Encodings


@pytest.mark.parametrize("cpg", [None, "GBK", "UTF-8", "OEM", "ISO-8859-1", "\ufeffGB18030", "936"])
@pytest.mark.parametrize("encoding", ["GB18030", "GBK", "UTF-8"])
def test_names_are_right_whatever_the_cpg_says(tmp_path, encoding, cpg):
    shp = shapefile(tmp_path, encoding=encoding)
    patched(shp.with_suffix(".dbf"), 29, b"\0")
    shp.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg:
        shp.with_suffix(".cpg").write_text(cpg, encoding="utf-8")
    read = vector.read(shp)
    assert list(read.frame["name"]) == list(NAMES)
    assert read.encoding == ("utf-8" if encoding == "UTF-8" else "gb18030")
    remarks(read)


def test_a_wrong_cpg_is_named(tmp_path):
    shp = shapefile(tmp_path)
    shp.with_suffix(".cpg").write_text("GBK")
    read = vector.read(shp)
    assert remarks(read) == ["encoding_corrected"]
    assert read.notes[0].facts == {"value": "GBK", "encoding": "UTF-8"}


def test_rare_characters_come_through_gb18030(tmp_path):
    frame = squares().assign(name=["㵲𬇕镇", "巷口镇", "江口镇"])
    vector.write_shapefile(frame, tmp_path / "r.shp", encoding="GB18030")
    assert vector.read(tmp_path / "r.shp").frame["name"][0] == "㵲𬇕镇"


def test_half_a_character_is_reported_by_row(tmp_path):
    shp = shapefile(tmp_path, encoding="GB18030")
    dbf = shp.with_suffix(".dbf")
    last = "桐梓镇".encode("gb18030")
    patched(dbf, dbf.read_bytes().find(last), last[:-1] + b" ")
    read = vector.read(shp)
    assert list(read.frame["name"]) == ["巷口镇", "桐梓", "江口镇"]
    assert [note.facts["rows"] for note in read.notes if note.key.endswith("text_cut")] == ["2"]


def test_a_field_name_in_chinese_is_decoded(tmp_path):
    shp = tmp_path / "c.shp"
    vector.write_shapefile(squares().rename(columns={"name": "名称"}), shp, encoding="GB18030")
    assert list(vector.read(shp).frame.columns) == ["code", "名称", "pop", "geometry"]


def test_a_named_encoding_overrules(tmp_path):
    shp = shapefile(tmp_path)
    assert vector.read(shp, encoding="GBK").frame["name"][0] != NAMES[0]
    assert refusal(shp, encoding="klingon")[0] == "encoding_unknown"


def test_text_saved_after_a_wrong_reading_is_restored(tmp_path):
    towns = ["凤山街道", "白马街道", "凤山街道"]
    frame = squares().assign(name=[town.encode().decode("gb18030") for town in towns])
    vector.write_geopackage({"towns": frame}, tmp_path / "m.gpkg")
    read = vector.read(tmp_path / "m.gpkg")
    assert list(read.frame["name"]) == towns
    assert remarks(read) == ["text_unscrambled"]


# GeoPackage


def test_a_geopackage_keeps_layers_and_styles(tmp_path):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"乡镇": squares(), "other": squares()}, path, styles={"乡镇": "<qgis/>"})
    assert geopackage.layers(path) == ["乡镇", "other"]
    assert refusal(path) == ("which_layer", {"file": "a.gpkg", "names": "乡镇, other"})
    assert list(vector.read(path, layer="乡镇").frame["name"]) == list(NAMES)
    assert refusal(path, layer="x")[0] == "no_layer"
    connection = sqlite3.connect(path)
    query = "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
    assert connection.execute(query).fetchall() == [("乡镇", "geom", "<qgis/>", 1)]
    connection.close()


def test_a_frame_without_geometry_becomes_a_table(tmp_path):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"t": squares(), "说明": pd.DataFrame({"a": ["x", "y"]})}, path)
    assert geopackage.layers(path) == ["t"]
    assert pyogrio.read_dataframe(path, layer="说明")["a"].tolist() == ["x", "y"]


def test_an_undefined_system_counts_as_none(tmp_path):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"t": squares()}, path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE gpkg_contents SET srs_id = 0 WHERE table_name = 't'")
        connection.execute("UPDATE gpkg_geometry_columns SET srs_id = 0")
    connection.close()
    read = vector.read(path)
    assert (read.declared_crs, read.frame.crs, remarks(read)) == (None, None, ["crs_missing"])


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_geopackage_is_refused(tmp_path, share):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"t": squares()}, path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert refusal(path)[0] == "gpkg_broken"


def test_a_broken_geometry_names_its_row(tmp_path):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"t": squares()}, path)
    connection = sqlite3.connect(path)
    connection.create_function("ST_IsEmpty", 1, lambda value: 0)
    for name in ("MinX", "MaxX", "MinY", "MaxY"):
        connection.create_function(f"ST_{name}", 1, lambda value: 0.0)
    with connection:
        connection.execute("UPDATE t SET geom = substr(geom, 1, 50) WHERE fid = 2")
    connection.close()
    assert refusal(path) == ("feature_unreadable", {"file": "a.gpkg", "row": 2})


def test_curves_and_an_unfinished_journal_are_said(tmp_path):
    path = tmp_path / "a.gpkg"
    vector.write_geopackage({"t": squares()}, path)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'CURVEPOLYGON'")
    connection.close()
    patched(path, 18, b"\2\2")
    assert set(remarks(vector.read(path))) >= {"curves", "gpkg_unfinished"}


def test_a_database_without_layers_is_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / "a.gpkg")
    connection.execute("CREATE TABLE x (a)")
    connection.commit()
    connection.close()
    assert refusal(tmp_path / "a.gpkg")[0] == "gpkg_broken"


# GeoJSON


def geojson(tmp_path, document, *, encoding="utf-8"):
    path = tmp_path / "t.geojson"
    path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
    return path


def feature(coordinates, kind="Point", name="巷口镇"):
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_geojson_is_read_in_any_encoding(tmp_path, encoding):
    points = [feature([107.5, 29.3], name=name) for name in NAMES]
    read = vector.read(geojson(tmp_path, {"type": "FeatureCollection", "features": points}, encoding=encoding))
    assert list(read.frame["name"]) == list(NAMES)
    assert read.frame.crs.to_epsg() == 4326


def test_a_list_of_features_is_read_as_a_collection(tmp_path):
    inner = {"type": "FeatureCollection", "features": [feature([107.6, 29.3])]}
    read = vector.read(geojson(tmp_path, [feature([107.5, 29.3]), inner]))
    assert read.frame.geometry.x.tolist() == [107.5, 107.6]
    assert remarks(read) == ["list_wrapped"]


def test_a_bare_geometry_is_read(tmp_path):
    path = geojson(tmp_path, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})
    assert vector.read(path).frame.geometry[0].area == 0.5


@pytest.mark.parametrize(
    "bad",
    [
        feature(["107.5", "29.3"]),
        feature([[[0, 0], [1, "x"], [1, 1], [0, 0]]], "Polygon"),
        feature([107.5]),
        feature(None),
        {"type": "Feature", "properties": {}, "geometry": "POINT (1 2)"},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Circle", "coordinates": [1, 2]}},
    ],
)
def test_a_geometry_gdal_would_drop_names_its_feature(tmp_path, bad):
    document = {"type": "FeatureCollection", "features": [feature([107.5, 29.3]), bad]}
    assert refusal(geojson(tmp_path, document)) == ("feature_unreadable", {"file": "t.geojson", "row": 2})


@pytest.mark.parametrize("number", ["NaN", "1e308", "Infinity"])
def test_absurd_numbers_are_refused(tmp_path, number):
    path = geojson(tmp_path, {"type": "FeatureCollection", "features": [feature([107.5, 29.3])]})
    path.write_text(path.read_text(encoding="utf-8").replace("107.5", number), encoding="utf-8")
    assert refusal(path)[0] in ("coordinate_absurd", "not_readable", "feature_unreadable", "json_broken")


def test_metres_that_pass_for_degrees_leave_no_crs(tmp_path):
    read = vector.read(geojson(tmp_path, {"type": "FeatureCollection", "features": [feature([431_375, 3_240_000])]}))
    assert (read.declared_crs, remarks(read)) == (None, ["not_degrees"])


def test_a_feature_without_geometry_is_kept_and_said(tmp_path):
    none = {"type": "Feature", "properties": {"name": "x"}, "geometry": None}
    read = vector.read(geojson(tmp_path, {"type": "FeatureCollection", "features": [feature([1, 2]), none]}))
    assert (len(read.frame), remarks(read)) == (2, ["no_geometry"])


def test_a_cut_geojson_is_refused(tmp_path):
    path = geojson(tmp_path, {"type": "FeatureCollection", "features": [feature([1, 2]) for _ in range(50)]})
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path)[0] == "json_broken"


def test_json_nested_beyond_reason_is_refused(tmp_path):
    path = tmp_path / "deep.geojson"
    path.write_text('{"type": "Point", "coordinates": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert refusal(path)[0] == "too_deep"


# Writing


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK", "GB18030"])
def test_a_shapefile_has_the_same_bytes_on_any_day(tmp_path, encoding):
    first, second = (shapefile(tmp_path / name, encoding=encoding) for name in ("a", "b"))
    for file in first.parent.iterdir():
        assert file.read_bytes() == second.with_suffix(file.suffix).read_bytes()
    assert {file.suffix for file in first.parent.iterdir()} == {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def test_a_geopackage_has_the_same_bytes_on_any_day(tmp_path):
    for name in ("a", "b"):
        vector.write_geopackage({"t": squares()}, tmp_path / name / "t.gpkg", styles={"t": "<qgis/>"})
    assert (tmp_path / "a/t.gpkg").read_bytes() == (tmp_path / "b/t.gpkg").read_bytes()


@pytest.mark.parametrize(
    ("frame", "encoding", "key"),
    [
        (squares().rename(columns={"name": "a_very_long_name"}), "UTF-8", "write_long_name"),
        (squares().rename(columns={"name": "很长的名字"}), "UTF-8", "write_long_name"),
        (squares().assign(name="长" * 100), "UTF-8", "write_text"),
        (squares().assign(name="𬇕"), "BIG5", "write_text"),
        (squares().set_crs(None, allow_override=True), "UTF-8", "write_no_crs"),
        (squares(), "klingon", "encoding_unknown"),
    ],
)
def test_what_a_shapefile_would_spoil_is_refused(tmp_path, frame, encoding, key):
    with pytest.raises(AtlasError, match=key):
        vector.write_shapefile(frame, tmp_path / "x.shp", encoding=encoding)
    assert list(tmp_path.iterdir()) == []


def test_mixed_geometry_is_refused_by_the_shapefile(tmp_path):
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[Point(1, 2), LineString([(0, 0), (1, 1)])], crs=4545)
    with pytest.raises(AtlasError, match="write_mixed"):
        vector.write_shapefile(frame, tmp_path / "x.shp")


def test_a_failed_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "t.gpkg"
    vector.write_geopackage({"t": squares()}, path)
    before = path.read_bytes()

    def fail(*_args, **_options):
        raise OSError("disk full")

    monkeypatch.setattr(pyogrio, "write_dataframe", fail)
    with pytest.raises(OSError, match="disk full"):
        vector.write_geopackage({"t": squares().iloc[:1]}, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["t.gpkg"]


# Real files


def real(name):
    if not (REAL / name).exists():
        pytest.skip(f"the real file {name} is not on this machine")
    return REAL / name


def test_seven_real_counties_in_gbk_without_cpg():
    read = vector.read(real("boundary/counties_cgcs2000_gk108_gbk_nocpg.shp"))
    assert read.frame["行政区名"][2] == "武隆区"
    assert list(read.frame.columns[:3]) == ["行政区码", "行政区名", "面积M2"]
    assert (len(read.frame), read.encoding, read.declared_crs.to_epsg()) == (7, "gb18030", 4545)
    assert remarks(read) == ["encoding_found"]


@pytest.mark.parametrize(
    ("name", "count", "epsg"),
    [
        ("boundary/wulong_gcj02.geojson", 1, 4326),
        ("boundary/counties_wgs84.geojson", 7, 4326),
        ("landcover/saomiguel_concelhos.gpkg", 6, 4326),
        ("network/ky4_pipes.geojson", 1156, 3547),
        ("rivers/ne10m_wujiang_full.geojson", 1, 4326),
    ],
)
def test_real_files_are_read_whole(name, count, epsg):
    read = vector.read(real(name))
    assert (len(read.frame), read.declared_crs.to_epsg(), read.notes) == (count, epsg, ())


def test_a_field_name_in_another_encoding_does_not_decide_over_the_cells(tmp_path):
    frame = gpd.GeoDataFrame({"名称": ["凤凰村", "白马社区"]}, geometry=[Point(1, 1), Point(2, 2)], crs=4490)
    path = tmp_path / "named.shp"
    vector.write_shapefile(frame, path)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("名称".encode(), "名称".encode("gbk") + b"\0\0", 1))
    path.with_suffix(".cpg").unlink()
    read_back = vector.read(path)
    assert read_back.encoding == "utf-8"
    assert read_back.frame.iloc[:, 0].tolist() == ["凤凰村", "白马社区"]
