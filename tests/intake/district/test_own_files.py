"""What the product wrote of townships makes a district again: the same names, codes and areas."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely.affinity
from own_files import NAMES, SHAPES
from small_district import CODE, METRIC, SQUARES, A, D, small_district, write_small_district

from geo.doubt import UndecidedError
from intake.district.new import Order, make_district
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.versions.manifest import parts
from layers.versions.opening import open_district
from layers.writing import write_layer
from reports.township.geopackage import township_gpkg
from reports.township.placemarks import township_kml
from words import LANGUAGES, text


def made(path: Path, out: Path, *, name: str, code: str) -> District:
    """The district of a file; where a layer is asked for, of the first."""
    order = Order(path, name, out, code_field=code)
    try:
        make_district(order)
    except UndecidedError as error:
        (doubt,) = error.doubts
        assert doubt.key == "townships.layer"
        make_district(Order(path, name, out, code_field=code, answers={doubt.key: doubt.choices[0].value}))
    return open_district(out)


def told(district: District) -> dict[str, tuple[str, object]]:
    """Name and area of each township of today by code."""
    rows = district.townships.reset_index(drop=True)
    return {
        code: (name, pytest.approx(shape.area, abs=0.01))
        for code, name, shape in zip(rows["code"], rows["name"], rows.geometry, strict=True)
    }


@pytest.mark.parametrize(
    ("kind", "language", "codes"),
    [
        ("gpkg", "zh", [A]),
        ("kml", "en", [D]),
        *(pytest.param(kind, one, [*SQUARES], marks=pytest.mark.long) for kind in ("gpkg", "kml") for one in LANGUAGES),
    ],
)
def test_a_township_taken_away_makes_a_district(kind, language, codes, tmp_path):
    small = small_district()
    columns = {name: text(f"layers.townships.fields.{name}", language) for name in ("name", "code")}
    for code in codes:
        path = tmp_path / f"{code}.{kind}"
        if kind == "gpkg":
            township_gpkg(small, code, path, language=language)
        else:
            path.write_text(township_kml(small, code, language=language), encoding="utf-8")
        assert told(made(path, tmp_path / f"of{code}", **columns)) == {code: told(small)[code]}


def test_the_layer_taken_away_from_the_data_page_makes_the_district_again(tmp_path):
    folder = write_small_district(tmp_path / "small")
    with zipfile.ZipFile(tmp_path / "townships.zip", "w") as packed:
        for part in parts(folder / CATALOGUE["townships"].file):
            packed.write(part, part.name)
    found = told(made(tmp_path / "townships.zip", tmp_path / "new", name="name", code="code"))
    assert {code: found[code] for code in SQUARES} == told(small_district())


@pytest.mark.parametrize("form", [".shp", ".gpkg", ".geojson"])
def test_townships_of_every_shape_and_name_lie_in_place_as_they_were_written(form, tmp_path):
    folder = write_small_district(tmp_path / "small")
    layer = CATALOGUE["townships"]
    pairs = [
        *((name, SHAPES["a hole"]) for name in NAMES),
        *((f"乙{at}", one) for at, one in enumerate(SHAPES.values())),
    ]
    rows = [
        {"code": f"{CODE}{at:03}", "name": name, "geometry": shapely.affinity.translate(shape, 500 * at)}
        for at, (name, shape) in enumerate(pairs)
    ]
    frame = gpd.GeoDataFrame(rows, crs=METRIC)
    path = write_layer(frame, layer, folder=folder)
    if form != ".shp":
        stored = gpd.read_file(path)
        for part in parts(path):
            part.unlink()
        stored.to_file(path.with_suffix(form))
    found = told(open_district(folder))
    assert found == {row["code"]: (row["name"], pytest.approx(row["geometry"].area, abs=0.01)) for row in rows}
