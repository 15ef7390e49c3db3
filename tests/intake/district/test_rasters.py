"""A stranger's raster: taken where it has common ground with the townships, refused elsewhere by its file's name."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from affine import Affine
from pyproj import CRS
from shapely import box

from geo.crs import move_bounds
from geo.crs import name as crs_name
from geo.grids.raster import Raster, write_cog
from intake.district.rasters import take_raster
from words import LANGUAGES, text
from words.errors import AtlasError

GK108, GK105, UTM48 = (CRS.from_epsg(code) for code in (4545, 4544, 32648))
TOWNSHIPS = gpd.GeoDataFrame(geometry=[box(480_000, 3_240_000, 500_000, 3_260_000)], crs=GK108)


def _take(folder: Path, west: float, *, said: CRS = GK108, really: CRS = GK108) -> tuple[float, float]:
    """Take a raster of 10 × 10 km cells of 1 km, its south-west corner at `west`, 3,245 km of `really`."""
    west, south, _, _ = move_bounds((west, 3_245_000, west + 10, 3_245_010), GK108, really)
    values = np.arange(100, dtype="float32").reshape(10, 10) + 300
    path = folder / "heights.tif"
    write_cog(Raster(values, Affine(1000, 0, west, 0, -1000, south + 10_000), said, None), path)
    (folder / "rasters").mkdir(exist_ok=True)
    return take_raster("elevation", path, folder, townships=TOWNSHIPS)


def _refused(folder: Path, west: float, **told: CRS) -> AtlasError:
    with pytest.raises(AtlasError) as refused:
        _take(folder, west, **told)
    assert refused.value.facts["file"] == "heights.tif"
    assert all(text(refused.value.key, language, **refused.value.facts) for language in LANGUAGES)
    return refused.value


@pytest.mark.parametrize("west", [485_000, 470_500, 499_500])
def test_any_common_ground_will_do(tmp_path, west):
    assert _take(tmp_path, west) == (300.0, 399.0)


@pytest.mark.parametrize("west", [501_000, 468_000, 985_000])
def test_a_raster_beside_the_townships_is_refused(tmp_path, west):
    assert _refused(tmp_path, west).key == "intake.raster_elsewhere"


@pytest.mark.parametrize("really", [GK105, UTM48])
def test_a_raster_in_another_system_than_it_says_is_refused_by_the_name_of_both(tmp_path, really):
    error = _refused(tmp_path, 485_000, really=really)
    assert error.key == "intake.crs.contradicted"
    assert error.facts["declared"] == crs_name(GK108)
    assert re.search(r"CM 105E|zone 48N", str(error.facts["crs"]))
