"""A district opens with whatever is sound, says what is not, and refuses only without townships."""

import dataclasses
import json
import shutil
from datetime import date

import geopandas as gpd
import pytest
from shapely import box
from small_district import HOSTILE, OLD_C, A, B, C, D, small_district, write_small_district

from layers.catalogue import CATALOGUE
from layers.problem_words import problem_text
from layers.versions.manifest import parts, read_manifest, version_id, write_manifest
from layers.versions.opening import make_manifest, open_district
from layers.writing import write_layer
from words import LANGUAGES, text
from words.errors import AtlasError


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_small_district(tmp_path_factory.mktemp("district") / "small")


@pytest.fixture
def folder(written, tmp_path):
    return shutil.copytree(written, tmp_path / "district")


def keys(district):
    return [(problem.layer, problem.key, problem.severity) for problem in district.problems]


def test_the_small_district_is_sound_and_adds_up():
    district = small_district()
    assert keys(district) == []
    assert district.townships.area.tolist() == pytest.approx([1e8] * 4)
    assert district.entries["rivers"].extent == pytest.approx(18_000)
    assert district.entries["water_mains"].extent == pytest.approx(3_500)
    assert district.entries["industrial_parks"].extent == pytest.approx(2e6)
    use = district.tables["water_use"].query("year == 2023").groupby("township")["volume_m3"].sum()
    assert use.to_dict() == pytest.approx({A: 600_000, B: 2_000_000, C: 300_000, D: 100_000})
    assert district.frames["water_users"]["use_m3_per_year"].tolist() == pytest.approx([1e5, 5e4, 1.2e6, 5e3])
    assert district.frames["villages"]["name"].iloc[4] == HOSTILE
    assert district.rasters["elevation"].values.mean() == pytest.approx(700)
    assert len(district.tables["daily_rain"]) == 1095


def test_townships_are_known_by_date():
    district = small_district()
    assert list(district.townships.index) == [A, B, C, D]
    assert set(district.townships_on(date(2019, 9, 16)).index) == {A, B, D, OLD_C}


def test_a_missing_optional_layer_is_absent_and_told_when_the_manifest_names_it(folder):
    for part in parts(folder / "shapefiles/rivers.shp"):
        part.unlink()
    district = open_district(folder)
    assert not district.has("rivers")
    assert district.has("villages")
    assert keys(district) == [("rivers", "no_such_file", "error")]
    (folder / "manifest.json").unlink()
    assert keys(open_district(folder)) == []


def test_a_broken_optional_layer_is_absent_and_told_in_both_languages(folder):
    whole = (folder / "shapefiles/villages.shp").read_bytes()
    (folder / "shapefiles/villages.shp").write_bytes(whole[: len(whole) // 2])
    (folder / "rasters/elevation.tif").write_bytes(b"<VRTDataset/>")
    (folder / "tables/population.csv").write_text("township,year\n", encoding="utf-8")
    district = open_district(folder)
    assert not district.has("villages")
    assert not district.has("elevation")
    assert len(district.tables["population"]) == 0
    told = {problem.layer: problem for problem in district.problems if problem.severity == "error"}
    assert set(told) == {"villages", "elevation"}
    for language in LANGUAGES:
        assert "villages.shp" in problem_text(told["villages"], language)


def test_broken_townships_are_refused_with_a_sentence(folder):
    (folder / "shapefiles/townships.dbf").unlink()
    with pytest.raises(AtlasError) as caught:
        open_district(folder)
    assert text(caught.value.key, "zh", **caught.value.facts)
    for part in parts(folder / "shapefiles/townships.shp"):
        part.unlink()
    with pytest.raises(AtlasError, match="no_such_file"):
        open_district(folder)


def test_a_layer_in_another_form_is_found_under_the_same_name(folder):
    from geo.files.vector import read, write_geopackage

    frame = read(folder / "shapefiles/villages.shp").frame
    for part in parts(folder / "shapefiles/villages.shp"):
        part.unlink()
    write_geopackage({"villages": frame}, folder / "shapefiles/villages.gpkg")
    district = open_district(folder)
    assert len(district.frames["villages"]) == 5
    assert district.entries["villages"].file == "shapefiles/villages.gpkg"


def test_the_version_follows_the_content_alone(written, folder):
    assert open_district(written).version == open_district(folder).version
    table = folder / "tables/population.csv"
    table.write_bytes(table.read_bytes().replace(b"20000", b"20001"))
    changed = open_district(folder)
    assert changed.version != open_district(written).version
    assert ("population", "differs_from_manifest", "warning") in keys(changed)


def test_a_manifest_comes_back_as_written(folder):
    manifest = make_manifest(folder)
    write_manifest(manifest, folder)
    assert read_manifest(folder) == {
        id_: dataclasses.replace(
            entry,
            extent=round(entry.extent, 1),
            members=entry.members and {code: (name, round(area, 1)) for code, (name, area) in entry.members.items()},
        )
        for id_, entry in manifest.items()
    }
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["version"] == version_id(manifest.values())
    assert len(told["version"]) == 12
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AtlasError, match="manifest_unreadable"):
        read_manifest(folder)


def test_a_reference_to_nothing_is_told(folder):
    table = folder / "shapefiles/small_water_works.dbf"
    table.write_bytes(table.read_bytes().replace(b"V5 ", b"V9 ", 1).replace(b"V5\x20", b"V9\x20", 1))
    told = [p for p in open_district(folder).problems if p.key == "reference_lost"]
    assert [(p.layer, p.field, p.value, p.township) for p in told] == [("small_water_works", "village", "V9", D)]


def test_a_layer_without_a_source_counts_as_illustrative_and_is_told(folder):
    (folder / "sources.toml").unlink()
    district = open_district(folder)
    assert {problem.key for problem in district.problems} == {"no_source"}
    assert district.status("townships") == "illustrative"


def test_a_broken_manifest_is_told_and_the_district_opens(folder):
    (folder / "manifest.json").write_text("{broken", encoding="utf-8")
    assert ("townships", "manifest_unreadable", "warning") in keys(open_district(folder))


def test_settings_saved_in_a_chinese_code_page_are_read(folder):
    path = folder / "district.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert open_district(folder).settings.name == "小县"


def test_townships_that_cannot_be_used_are_refused_with_the_first_wrong_value(folder):
    frame = small_district().frames["townships"]
    write_layer(frame.assign(code=frame["code"] + ".0"), CATALOGUE["townships"], folder=folder)
    with pytest.raises(AtlasError) as caught:
        open_district(folder)
    assert caught.value.key == "problems.no_township_because"
    assert (caught.value.facts["row"], caught.value.facts["value"]) == (1, f"{A}.0")


def test_rows_by_township_are_those_that_lie_within():
    district = small_district()
    for layer, frame in district.frames.items():
        inside = district.rows_by_township(layer)
        for code in district.townships.index:
            assert list(frame.index[inside.get(code, [])]) == list(district.within(layer, code).index)


def test_one_typo_among_the_sources_does_not_stop_the_atlas(folder):
    path = folder / "sources.toml"
    text_ = path.read_text(encoding="utf-8").replace("[rivers]\nissuer = ", "[rivers]\nissuer : ", 1)
    path.write_text(text_, encoding="utf-8")
    district = open_district(folder)
    assert [key for _, key, _ in keys(district)] == ["problems.toml_line", "no_source"]
    said = problem_text(district.problems[0])
    assert "sources.toml" in said
    assert "issuer :" in said


def test_two_files_of_one_layer_are_named(folder):
    shutil.copy(folder / "tables/water_use.csv", folder / "tables/water_use.xlsx")
    district = open_district(folder)
    (told,) = district.problems
    assert (told.key, told.layer) == ("two_files", "water_use")
    assert told.facts == {"taken": "water_use.csv", "left": "water_use.xlsx"}


@pytest.mark.parametrize("change", ["same", "other"])
def test_rows_that_speak_of_the_same_thing_never_add_up(folder, change):
    path = folder / "tables/water_use.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    parts_ = lines[1].split(",")
    again = lines[1] if change == "same" else ",".join([*parts_[:-1], str(float(parts_[-1]) * 2)])
    path.write_text("\n".join([*lines, again]) + "\n", encoding="utf-8")
    before = small_district().tables["water_use"]
    district = open_district(folder)
    after = district.tables["water_use"]
    told = [problem for problem in district.problems if problem.layer == "water_use" and problem.key.startswith("row_")]
    if change == "same":
        assert after["volume_m3"].sum() == pytest.approx(before["volume_m3"].sum())
        assert [(one.key, one.row, one.facts["rows"]) for one in told] == [("row_repeated", len(lines), "1")]
    else:
        assert after["volume_m3"].sum() == pytest.approx(before["volume_m3"].sum() - before["volume_m3"].iloc[0])
        assert [(one.key, one.row) for one in told] == [("row_contradicts", 1), ("row_contradicts", len(lines))]


def test_wrong_townships_are_blamed_and_not_the_layers_on_them(folder):
    frame = small_district().frames["townships"].copy()
    frame["geometry"] = frame.geometry.translate(0, 100_000)
    write_layer(frame, CATALOGUE["townships"], folder=folder)
    district = open_district(folder)
    first = district.problems[0]
    assert (first.key, first.layer, first.severity) == ("boundary_elsewhere", "townships", "error")
    assert first.facts["count"] > first.facts["of"] / 2
    assert not any(problem.key == "outside_district" for problem in district.problems)


def test_one_layer_elsewhere_is_blamed_itself(folder):
    frame = small_district().frames["rivers"].copy()
    frame["geometry"] = frame.geometry.translate(0, 100_000)
    write_layer(frame, CATALOGUE["rivers"], folder=folder)
    told = {problem.key for problem in open_district(folder).problems}
    assert "boundary_elsewhere" not in told


def changed(folder, **columns):
    """The keys and facts of what is told of the townships once some of their columns are replaced."""
    write_manifest(make_manifest(folder), folder)
    frame = small_district().frames["townships"].assign(**columns)
    write_layer(frame, CATALOGUE["townships"], folder=folder)
    return {problem.key: problem for problem in open_district(folder).problems if problem.layer == "townships"}


def test_a_township_with_another_name_is_named_with_both(folder):
    names = small_district().frames["townships"]["name"].tolist()
    told = changed(folder, name=["另一镇", *names[1:]])
    assert {"township_renamed", "names_differ_from_manifest", "layer_differs_from_manifest"} <= told.keys()
    assert told["township_renamed"].facts == {"old": names[0], "new": "另一镇"}
    assert "另一镇" in problem_text(told["township_renamed"])


@pytest.mark.parametrize(("metres", "told_"), [(20.0, True), (5.0, False)])
def test_a_border_that_moved_is_named_with_both_areas(folder, metres, told_):
    frame = small_district().frames["townships"]
    shapes = frame.geometry.tolist()
    west, south, east, north = shapes[0].bounds
    shapes[0] = box(west - metres, south, east, north)
    told = changed(folder, geometry=gpd.GeoSeries(shapes, crs=frame.crs))
    assert ("township_area_changed" in told) is told_
    if told_:
        facts = told["township_area_changed"].facts
        assert (facts["before"], facts["after"]) == (pytest.approx(1e8, rel=1e-4), pytest.approx(1.002e8, rel=1e-4))


def test_a_township_that_is_gone_and_one_that_is_new_are_named(folder):
    codes = small_district().frames["townships"]["code"].tolist()
    told = changed(folder, code=["990001099", *codes[1:]])
    assert (told["township_gone"].feature, told["township_new"].feature) == (codes[0], "990001099")
