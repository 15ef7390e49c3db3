"""The quiet land under every map: shaded relief at low contrast with a soft tint by height."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from pyproj import CRS, Transformer

from geo.crs import is_metric
from geo.grids import raster as rasters
from geo.grids import terrain
from geo.grids.raster import Raster
from layers.district import District

WEB = CRS.from_epsg(3857)
DEGREES = CRS.from_epsg(4326)
Bounds = tuple[float, float, float, float]
_TINTS = np.array(
    [(222, 232, 222), (233, 236, 222), (241, 236, 222), (240, 231, 219), (236, 229, 224), (245, 243, 242)]
)
_MOST_BYTES = 400_000


@dataclass(frozen=True)
class Picture:
    """A WebP picture in EPSG:3857 and the box it covers: west, south, east, north in degrees."""

    data: bytes
    bounds: Bounds
    mime: str = "image/webp"

    @property
    def data_uri(self) -> str:
        """The picture as an address that needs no server."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


def district_picture(district: District, *, longest_px: int = 1400) -> Picture | None:
    """The relief of the whole district, at most 400 KB; none without an elevation raster."""
    elevation = district.rasters.get("elevation")
    if elevation is None:
        return None
    if not is_metric(elevation.crs):
        elevation = rasters.reproject(elevation, district.settings.metric_crs)
    heights = _floating(elevation)
    lit = terrain.hillshade(elevation)
    light = Raster(np.where(lit > 0, lit, np.nan).astype(np.float32), heights.transform, heights.crs, np.nan)
    resolution = _resolution(heights, longest_px)
    heights, light = (rasters.reproject(grid, WEB, resolution=resolution) for grid in (heights, light))
    return Picture(_encode(_shade(heights, light)), _degrees(heights.bounds))


def crop(picture: Picture, bounds: Bounds, *, margin_share: float = 0.35) -> Picture:
    """The part of the picture around `bounds` (degrees), widened by a share of its size on each side."""
    west, south, east, north = _metres(picture.bounds)
    w, s, e, n = _metres(bounds)
    wide, high = (e - w) * margin_share, (n - s) * margin_share
    image = Image.open(io.BytesIO(picture.data))
    x_px, y_px = image.width / (east - west), image.height / (north - south)
    left = max(int((w - wide - west) * x_px), 0)
    right = min(int(np.ceil((e + wide - west) * x_px)), image.width)
    top = max(int((north - n - high) * y_px), 0)
    bottom = min(int(np.ceil((north - s + high) * y_px)), image.height)
    if right <= left or bottom <= top:
        return picture
    part = (west + left / x_px, north - bottom / y_px, west + right / x_px, north - top / y_px)
    return Picture(_webp(image.crop((left, top, right, bottom)), 82), _degrees(part), picture.mime)


def _resolution(elevation: Raster, longest_px: int) -> float:
    west, south, east, north = _transform(elevation.bounds, elevation.crs, WEB)
    return max(east - west, north - south) / longest_px


def _floating(raster: Raster) -> Raster:
    """The raster as float32 with NaN where nothing is known."""
    return Raster(
        np.where(raster.valid, raster.values, np.nan).astype(np.float32), raster.transform, raster.crs, np.nan
    )


def _shade(heights: Raster, light: Raster) -> NDArray[np.uint8]:
    """RGBA (rows, columns, 4): tint by height times softened light; transparent where nothing is known."""
    known = heights.valid & light.valid
    metres = np.where(known, heights.values, 0)
    low, high = np.percentile(metres[known][::16], [1, 99]) if known.any() else (0.0, 1.0)
    shades = np.linspace(0, len(_TINTS) - 1, 256)
    table = np.stack([np.interp(shades, np.arange(len(_TINTS)), _TINTS[:, band]) for band in range(3)], axis=-1)
    step = np.clip((metres - low) * (255 / max(high - low, 1.0)), 0, 255).astype(np.uint8)
    bright = np.where(known, light.values, 0) / np.float32(255)
    soft = 0.82 + 0.22 * np.clip((bright - 0.25) / 0.65, 0, 1)
    rgb = np.clip(table.astype(np.float32)[step] * soft[..., None], 0, 255).astype(np.uint8)
    return np.dstack([rgb, _feathered(known)])


def _feathered(known: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Opacity 0–255 that fades out over the last cells before the unknown, so that the land ends softly."""
    reach = max(known.shape) // 40
    framed = Image.fromarray(np.pad(known, reach).astype(np.uint8) * 255)
    blurred = np.asarray(framed.filter(ImageFilter.BoxBlur(reach)), np.int16)[reach:-reach, reach:-reach]
    return np.where(known, np.clip(blurred * 2 - 255, 0, 255), 0).astype(np.uint8)


def _encode(rgba: NDArray[np.uint8]) -> bytes:
    image = Image.fromarray(rgba, "RGBA")
    for quality in (80, 70, 60, 45, 30):
        data = _webp(image, quality)
        if len(data) <= _MOST_BYTES:
            return data
    return _webp(image.resize((image.width // 2, image.height // 2)), 45)


def _webp(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=quality, method=2)
    return stream.getvalue()


def _degrees(bounds: Bounds) -> Bounds:
    return _transform(bounds, WEB, DEGREES)


def _metres(bounds: Bounds) -> Bounds:
    return _transform(bounds, DEGREES, WEB)


def _transform(bounds: Bounds, source: CRS, target: CRS) -> Bounds:
    return Transformer.from_crs(source, target, always_xy=True).transform_bounds(*bounds)
