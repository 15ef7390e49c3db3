"""The suitability of ground as a picture for the screen: red to green, grey where building is excluded."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image
from pyproj import Transformer

from geo.grids import raster as rasters
from geo.grids.raster import Raster
from maps.screen.hillshade import DEGREES, WEB, Picture

CLASSES = ((0.2, "#B3362B"), (0.4, "#D9822B"), (0.6, "#E3CB4F"), (0.8, "#8FBF6A"), (1.01, "#2F7D45"))
EXCLUDED = "#6B7A83"


def suitability_picture(score: Raster, excluded: np.ndarray, *, longest_px: int = 1400) -> Picture:
    """The score (0–1, NaN unknown) and the excluded cells as one PNG in EPSG:3857."""
    value = np.where(excluded, -1.0, score.values).astype(np.float32)
    classed = np.digitize(np.nan_to_num(value, nan=9.0), [0.0, *(end for end, _ in CLASSES)]).astype(np.float32)
    classed[~np.isfinite(value)] = np.nan
    west, south, east, north = Transformer.from_crs(score.crs, WEB, always_xy=True).transform_bounds(*score.bounds)
    grid = Raster(classed, score.transform, score.crs, float("nan"))
    drawn = rasters.reproject(grid, WEB, resolution=max(east - west, north - south) / longest_px, method="nearest")
    table = np.zeros((len(CLASSES) + 1, 4), np.uint8)
    for n, colour in enumerate((EXCLUDED, *(colour for _, colour in CLASSES))):
        table[n] = (*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), 255)
    known = np.isfinite(drawn.values)
    rgba = table[np.where(known, drawn.values, 0).astype(int)]
    rgba[~known] = 0
    stream = io.BytesIO()
    Image.fromarray(rgba, "RGBA").quantize(16).save(stream, "PNG", optimize=True)
    bounds = Transformer.from_crs(WEB, DEGREES, always_xy=True).transform_bounds(*drawn.bounds)
    return Picture(stream.getvalue(), bounds, "image/png")
