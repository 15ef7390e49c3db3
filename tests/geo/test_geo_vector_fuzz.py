"""Damaged bytes never crash the reader and never lose a feature in silence."""

from __future__ import annotations

import faulthandler
import random

import pytest

from geo import vector
from tests.geo.shape_files import NAMES, shapefile, squares
from words.errors import AtlasError

ROUNDS = 100
faulthandler.enable()


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
    vector.write_geojson(squares().to_crs(4490), geojson)
    parts = [(shp, shp.with_suffix(suffix)) for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg")]
    return [*parts, (gpkg, gpkg), (geojson, geojson)]


@pytest.mark.parametrize("which", range(7), ids=["shp", "shx", "dbf", "prj", "cpg", "gpkg", "geojson"])
def test_a_damaged_file_is_refused_or_read_with_every_feature(tmp_path, which):
    main, part = sources(tmp_path)[which]
    good, chance = part.read_bytes(), random.Random(which)
    for _ in range(ROUNDS):
        bad = damaged(good, chance)
        part.write_bytes(bad)
        try:
            read = vector.read(main)
        except AtlasError:
            continue
        told = any(note.key.endswith(("deleted_rows", "no_geometry")) for note in read.notes)
        assert told or (len(read.frame) == len(NAMES) and not read.frame.geometry.isna().any()), bad
