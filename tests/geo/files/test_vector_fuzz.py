"""Damaged bytes never crash the reader and never lose a feature in silence."""

from __future__ import annotations

import random

import numpy as np
import openpyxl
import pandas as pd
import pytest
from affine import Affine
from pyproj import CRS

from geo.files import table, vector
from geo.grids import raster
from tests.geo.files.shape_files import NAMES, shapefile, squares, zipped
from words.errors import AtlasError

# A light form on every run, the full one with `--long`; the same bytes are damaged each time.
EACH_LENGTH = pytest.mark.parametrize("rounds", [8, pytest.param(240, marks=pytest.mark.long)])


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one to sixteen bytes changed, some bytes taken out, or its end cut off."""
    whole = bytearray(content)
    kind = chance.random()
    if kind < 0.7:
        for _ in range(chance.choice((1, 1, 1, 4, 16))):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
    elif kind < 0.85:
        place = chance.randrange(len(whole))
        del whole[place : place + chance.randint(1, 16)]
    else:
        del whole[chance.randrange(len(whole)) :]
    return bytes(whole)


def sources(folder):
    shp = shapefile(folder)
    gpkg, geojson = folder / "t.gpkg", folder / "t.geojson"
    vector.write_geopackage({"t": squares()}, gpkg)
    geojson.write_text(squares().to_crs(4326).to_json(), encoding="utf-8")
    parts = [(shp, shp.with_suffix(suffix)) for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg")]
    return [*parts, (gpkg, gpkg), (geojson, geojson)]


@EACH_LENGTH
@pytest.mark.parametrize("which", range(7), ids=["shp", "shx", "dbf", "prj", "cpg", "gpkg", "geojson"])
def test_a_damaged_file_is_refused_or_read_with_every_feature(tmp_path, which, rounds):
    main, part = sources(tmp_path)[which]
    good, chance = part.read_bytes(), random.Random(which)
    for _ in range(rounds):
        bad = damaged(good, chance)
        part.write_bytes(bad)
        try:
            read = vector.read(main)
        except AtlasError:
            continue
        told = any(note.key.endswith(("deleted_rows", "no_geometry")) for note in read.notes)
        assert told or (len(read.frame) == len(NAMES) and not read.frame.geometry.isna().any()), bad


def other_sources(folder):
    grid = raster.Raster(np.arange(400.0).reshape(20, 20), Affine(90, 0, 0, 0, -90, 0), CRS.from_epsg(4545))
    raster.write_cog(grid, folder / "t.tif")
    table.write_csv(pd.DataFrame({"code": ["1", "2"], "name": NAMES[:2]}), folder / "t.csv")
    book = openpyxl.Workbook()
    for row in (["code", "name"], ["1", NAMES[0]], ["2", NAMES[1]]):
        book.active.append(row)
    book.save(folder / "t.xlsx")
    parts = {file.name: file for file in shapefile(folder).parent.glob("towns.*")}
    zipped(folder / "t.zip", parts)
    return [
        (raster.read, folder / "t.tif"),
        (table.read_csv, folder / "t.csv"),
        (table.read_xlsx, folder / "t.xlsx"),
        (vector.read, folder / "t.zip"),
    ]


@EACH_LENGTH
@pytest.mark.parametrize("which", range(4), ids=["tif", "csv", "xlsx", "zip"])
def test_damage_elsewhere_never_raises_anything_but_a_refusal(tmp_path, which, rounds):
    reader, path = other_sources(tmp_path)[which]
    good, chance = path.read_bytes(), random.Random(which)
    for _ in range(rounds):
        path.write_bytes(damaged(good, chance))
        try:
            read = reader(path)
        except AtlasError:
            continue
        assert read is not None
