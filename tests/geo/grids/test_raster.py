"""GeoTIFFs are read as measurements on the ground, or refused with what is wrong with them."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import rasterio
from affine import Affine
from places import REAL
from pyproj import CRS
from rasterio.errors import NotGeoreferencedWarning

from geo.grids import raster
from geo.grids.raster import Raster
from words import LANGUAGES, text
from words.errors import AtlasError

GRID = Affine(90, 0, 431_000, 0, -90, 3_240_000)
METRIC = CRS.from_epsg(4545)


def heights(rows=4, columns=6, dtype="float32"):
    return np.arange(rows * columns, dtype=dtype).reshape(rows, columns)


def tif(path, values, *, transform=GRID, crs="EPSG:4545", **profile):
    values = values if values.ndim == 3 else values[None]
    shape = {"count": values.shape[0], "height": values.shape[1], "width": values.shape[2], "dtype": values.dtype}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **shape, **profile) as dataset:
            dataset.write(values)
    return path


def refusal(path, **options):
    with pytest.raises(AtlasError) as caught:
        raster.read(path, **options)
    for language in LANGUAGES:
        assert text(caught.value.key, language, **caught.value.facts)
    return caught.value.key.removeprefix("geo.errors.")


def test_what_is_written_is_read_again(tmp_path):
    values = heights(600, 700)
    values[0, 0] = -1
    raster.write_cog(Raster(values, GRID, METRIC, -1.0), tmp_path / "t.tif")
    read = raster.read(tmp_path / "t.tif")
    assert np.array_equal(read.values, values)
    assert (read.transform, read.crs.to_epsg(), read.nodata) == (GRID, 4545, -1.0)
    assert not read.valid[0, 0]
    assert read.valid.sum() == 600 * 700 - 1
    assert read.bounds == (431_000, 3_240_000 - 600 * 90, 431_000 + 700 * 90, 3_240_000)
    with rasterio.open(tmp_path / "t.tif", driver="GTiff") as dataset:
        assert dataset.overviews(1)
        assert dataset.profile["compress"] == "deflate"


def test_a_cog_has_the_same_bytes_on_any_day(tmp_path):
    for name in ("a.tif", "b.tif"):
        raster.write_cog(Raster(heights(), GRID, METRIC), tmp_path / name)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()


def test_a_mask_of_truths_is_written_as_bytes(tmp_path):
    raster.write_cog(Raster(heights() > 3, GRID, METRIC), tmp_path / "t.tif")
    assert raster.read(tmp_path / "t.tif").values.sum() == 20


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"transform": Affine.identity(), "crs": None}, "raster_no_place"),
        ({"transform": GRID @ Affine.rotation(10)}, "raster_rotated"),
        ({"crs": None}, "raster_no_crs"),
        ({"nodata": 7.0, "values": np.full((3, 3), 7, "float32")}, "raster_empty"),
        ({"values": np.full((3, 3), np.nan, "float32")}, "raster_empty"),
        ({"values": np.zeros((3, 4, 4), "uint8"), "photometric": "RGB"}, "raster_picture"),
    ],
)
def test_unfit_rasters_are_refused_each_by_name(tmp_path, options, key):
    values = options.pop("values", heights())
    assert refusal(tif(tmp_path / "t.tif", values, **options)) == key


def test_a_missing_crs_may_be_supplied(tmp_path):
    path = tif(tmp_path / "t.tif", heights(), crs=None)
    assert raster.read(path, crs=METRIC).crs.to_epsg() == 4545


def test_a_sparse_giant_is_refused_before_reading(tmp_path):
    path = tmp_path / "t.tif"
    profile = {"count": 1, "dtype": "uint8", "crs": "EPSG:4545", "transform": GRID, "SPARSE_OK": True, "tiled": True}
    with rasterio.open(path, "w", driver="GTiff", width=20_000, height=20_000, **profile):
        pass
    assert refusal(path) == "raster_too_big"


def test_a_cut_raster_is_refused(tmp_path):
    path = tif(tmp_path / "t.tif", np.random.default_rng(1).random((300, 300)))
    path.write_bytes(path.read_bytes()[:200_000])
    assert refusal(path) == "raster_broken"


def test_a_band_that_is_not_there_is_named(tmp_path):
    path = tif(tmp_path / "t.tif", np.stack([heights(), heights() + 100]))
    assert raster.read(path, band=2).values[0, 0] == 100
    assert refusal(path, band=3) == "raster_no_band"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b'<VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS></VRTDataset>', "virtual"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "foreign.picture"),
        (b"a,b\n1,2\n", "not_raster"),
        (b"II*\0" + b"\xff" * 60, "raster_broken"),
    ],
)
def test_what_is_no_geotiff_is_refused(tmp_path, content, key):
    (tmp_path / "t.tif").write_bytes(content)
    assert refusal(tmp_path / "t.tif") == key


def test_a_south_up_raster_is_turned_over(tmp_path):
    up = Affine(90, 0, 431_000, 0, 90, 3_240_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = raster.read(tif(tmp_path / "t.tif", heights(), transform=up))
    assert np.array_equal(read.values, heights()[::-1])
    assert read.transform == Affine(90, 0, 431_000, 0, -90, 3_240_360)


def test_scale_and_offset_are_applied(tmp_path):
    path = tif(tmp_path / "t.tif", np.array([[10, 20], [30, -1]], "int16"), nodata=-1)
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.1,), (100.0,)
    read = raster.read(path)
    assert read.values[read.valid].tolist() == [101.0, 102.0, 103.0]


def test_a_point_takes_the_value_of_its_cell():
    grid = Raster(heights(), GRID, METRIC, 8.0)
    x = np.array([431_001, 431_000 + 90 * 2 + 1, 431_000 + 90 * 2 + 1, 430_999, 431_000 + 90 * 6])
    y = np.array([3_239_999, 3_239_999, 3_240_000 - 91, 3_239_999, 3_239_999])
    found = raster.sample(grid, x, y)
    assert found[:2].tolist() == [0.0, 2.0]
    assert np.isnan(found[2:]).all()


def test_reprojecting_keeps_values_in_place():
    west = Raster(np.full((50, 50), 5.0), Affine(0.001, 0, 107.7, 0, -0.001, 29.4), CRS.from_epsg(4490))
    moved = raster.reproject(west, METRIC, resolution=100)
    assert moved.transform.a == 100
    assert np.allclose(moved.values[moved.valid], 5.0)
    assert abs(moved.valid.sum() * 1e4 / (50 * 50 * 0.001 * 0.001 * 111_000**2 * np.cos(np.radians(29.375))) - 1) < 0.02


def test_classes_are_not_mixed_when_reprojected():
    classes = Raster(np.where(np.indices((40, 40)).sum(0) % 2, 4, 9).astype("uint8"), GRID, METRIC, 0)
    moved = raster.reproject(classes, CRS.from_epsg(4490), method="nearest")
    assert set(np.unique(moved.values)) <= {0, 4, 9}


def test_whole_numbers_without_nodata_are_not_reprojected():
    with pytest.raises(AtlasError, match="raster_needs_nodata"):
        raster.reproject(Raster(heights(dtype="uint8"), GRID, METRIC), CRS.from_epsg(4490))


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("dem/mountain_dem_utm11.tif", 315, 2295), ("landcover/saomiguel_clc2018_v2020_20u1.tif", 1, 255)],
)
def test_real_rasters_are_read(name, low, high):
    if not (REAL / name).exists():
        pytest.skip(f"the real file {name} is not on this machine")
    read = raster.read(REAL / name)
    assert low <= read.values[read.valid].min() <= read.values[read.valid].max() <= high
