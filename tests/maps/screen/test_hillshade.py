"""The land is quiet, light to send, in its place, and fades where nothing is known."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from geo.grids.raster import Raster
from maps.screen.hillshade import crop, district_picture
from tests.small_district import small_district


@pytest.fixture(scope="module")
def picture():
    return district_picture(small_district(), longest_px=400)


def _pixels(picture) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGBA"))


def test_the_picture_covers_the_elevation(picture):
    west, south, east, north = picture.bounds
    assert east - west == pytest.approx(0.206, abs=0.003)  # 20 km at 29.4°N
    assert north - south == pytest.approx(0.1805, abs=0.003)
    assert west == pytest.approx(107.794, abs=0.003)  # 20 km west of 108°E
    assert len(picture.data) < 400_000


def test_contrast_is_low(picture):
    pixels = _pixels(picture)
    inside = pixels[pixels[..., 3] == 255][:, :3]
    assert inside.min() > 150
    assert inside.std() < 30


def test_the_edge_fades(picture):
    alpha = _pixels(picture)[..., 3]
    middle = alpha.shape[0] // 2
    assert alpha[middle, alpha.shape[1] // 2] == 255
    assert alpha[middle, 2] < 128


def test_a_crop_keeps_its_place(picture):
    west, south, east, north = picture.bounds
    third = (east - west) / 3
    part = crop(picture, (west + third, south, east - third, north), margin_share=0)
    size = Image.open(io.BytesIO(part.data)).size
    assert size[0] == pytest.approx(400 / 3, abs=3)
    assert part.bounds[0] == pytest.approx(west + third, abs=0.001)
    assert part.bounds[2] == pytest.approx(east - third, abs=0.001)
    assert part.data_uri.startswith("data:image/webp;base64,")


def test_a_crop_outside_the_picture_is_the_picture(picture):
    assert crop(picture, (0, 0, 1, 1)) == picture


def test_without_elevation_there_is_none():
    assert district_picture(replace(small_district(), rasters={})) is None


def test_heights_that_are_unknown_throughout_make_an_empty_picture():
    district = small_district()
    grid = district.rasters["elevation"]
    blank = Raster(np.full_like(grid.values, -9999.0), grid.transform, grid.crs, -9999.0)
    pixels = _pixels(district_picture(replace(district, rasters={"elevation": blank}), longest_px=60))
    assert pixels[..., 3].max() == 0
