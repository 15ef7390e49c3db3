"""The suitability surface as a picture: classes have their colours, excluded ground is grey, the unknown is clear."""

from __future__ import annotations

import io

import numpy as np
from affine import Affine
from PIL import Image
from pyproj import CRS

from geo.grids.raster import Raster
from maps.screen.suitability import CLASSES, EXCLUDED, suitability_picture

METRIC = CRS.from_epsg(4545)


def _colours(values: np.ndarray, excluded: np.ndarray) -> set[tuple[int, ...]]:
    score = Raster(values.astype(np.float32), Affine(90, 0, 480_000, 0, -90, 3_260_000), METRIC, float("nan"))
    picture = suitability_picture(score, excluded, longest_px=200)
    rgba = np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGBA")).reshape(-1, 4)
    west, south, east, north = picture.bounds
    assert 107.5 < west < east < 108.5
    assert 29.0 < south < north < 29.6
    return {tuple(int(part) for part in colour) for colour in rgba}


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_every_class_has_its_colour_and_exclusion_is_grey():
    values = np.repeat([[0.1, 0.3, 0.5, 0.7, 0.95, 0.5]], 60, axis=0).repeat(10, axis=1)
    excluded = np.zeros_like(values, bool)
    excluded[:, 50:] = True
    solid = {colour[:3] for colour in _colours(values, excluded) if colour[3] == 255}
    assert {_rgb(colour) for _, colour in CLASSES} | {_rgb(EXCLUDED)} <= solid


def test_the_unknown_is_clear():
    values = np.full((40, 40), np.nan)
    values[:, :20] = 0.9
    assert any(colour[3] == 0 for colour in _colours(values, np.zeros_like(values, bool)))
