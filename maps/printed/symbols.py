"""Features drawn on the map panel and, alike, as swatches in the legend: one look for both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.layer import Layer
from maps.look.style import Style, style_of

POINT_PER_PX = 0.62  # a screen pixel of a symbol, in points on paper
HATCHES = ("", "////", "....", "\\\\\\\\", "xxx", "----", "||||", "++", "oo", "**")
_ORDER = {"polygon": 10, "line": 30, "point": 50}
_C = 0.38


@dataclass(frozen=True)
class Drawn:
    """What was drawn of a layer with one symbol: its style, hatch, the choice it stands for, and how many."""

    layer: Layer
    style: Style
    hatch: str
    choice: str | None
    count: int


def draw_layer(axes: Axes, layer: Layer, *, frame: gpd.GeoDataFrame, above: int = 0) -> list[Drawn]:
    """The features on the axes in the look of their layer, and what the legend must say of them.

    Features whose choice is missing or unknown have the look of the layer itself. `above` lifts the drawing order.
    """
    look = style_of(layer)
    codes = _codes(frame, layer)
    drawn = []
    for n, (code, style) in enumerate([(None, look.base), *look.symbols.items()]):
        chosen = frame.geometry.to_numpy()[codes == code if code else ~np.isin(codes, list(look.symbols))]
        chosen = chosen[~(shapely.is_missing(chosen) | shapely.is_empty(chosen))]
        if not len(chosen):
            continue
        hatch = HATCHES[(n - 1) % len(HATCHES)] if code and layer.geometry == "polygon" else ""
        artist = _ARTISTS[layer.geometry](chosen, style, hatch)
        artist.set_zorder(_ORDER[layer.geometry] + above)
        axes.add_artist(artist)
        drawn.append(Drawn(layer, style, hatch, code, len(chosen)))
    return drawn


def _codes(frame: gpd.GeoDataFrame, layer: Layer) -> NDArray[np.object_]:
    if layer.symbol_by is None or layer.symbol_by not in frame.columns:
        return np.full(len(frame), "", object)
    return frame[layer.symbol_by].astype(object).fillna("").astype(str).to_numpy(object)


def _points(geometries: NDArray[np.object_], style: Style, hatch: str) -> Artist:
    x, y = shapely.get_coordinates(shapely.centroid(geometries)).T
    return Line2D(x, y, linestyle="none", **marker_look(style))


def _lines(geometries: NDArray[np.object_], style: Style, hatch: str) -> Artist:
    parts = shapely.get_parts(geometries)
    coordinates, which = shapely.get_coordinates(parts, return_index=True)
    runs = np.split(coordinates, np.flatnonzero(np.diff(which)) + 1)
    width = style.weight_px * POINT_PER_PX
    return LineCollection(
        runs,
        colors=style.stroke,
        linewidths=width,
        linestyles=dashes(style),
        capstyle="round" if not style.dash else "butt",
    )


def _polygons(geometries: NDArray[np.object_], style: Style, hatch: str) -> Artist:
    artist = PathCollection([path_of(geometry) for geometry in geometries], **area_look(style))
    if hatch:
        artist.set_hatch(hatch)
        artist.set_hatch_linewidth(0.35)
    return artist


_ARTISTS = {"point": _points, "line": _lines, "polygon": _polygons}


def area_look(style: Style) -> dict[str, object]:
    """Fill, edge and dash of an area for a matplotlib patch or collection."""
    red, green, blue = (int(style.fill[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return {
        "facecolor": (red, green, blue, style.fill_share),
        "edgecolor": style.stroke,
        "linewidth": style.weight_px * POINT_PER_PX,
        "linestyle": dashes(style),
    }


def marker_look(style: Style, *, most_px: float = math.inf) -> dict[str, object]:
    """Shape, size and colours of a point symbol for a matplotlib line without a line."""
    return {
        "marker": marker_path(style.shape),
        "markersize": 2 * min(style.size_px, most_px) * POINT_PER_PX,
        "markerfacecolor": style.fill,
        "markeredgecolor": style.stroke,
        "markeredgewidth": 0.45,
    }


def dashes(style: Style) -> object:
    """The dash of a style as matplotlib counts it, in line widths."""
    if not style.dash:
        return "solid"
    pattern = [length / max(style.weight_px, 0.5) for length in style.dash]
    return 0, tuple(pattern if len(pattern) % 2 == 0 else pattern * 2)


def path_of(geometry: BaseGeometry) -> Path:
    """The rings of a polygon or multipolygon as one compound path."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    coordinates, which = shapely.get_coordinates(rings, return_index=True)
    codes = np.full(len(coordinates), Path.LINETO, Path.code_type)
    starts = np.flatnonzero(np.diff(which, prepend=-1))
    codes[starts] = Path.MOVETO
    codes[np.append(starts[1:], len(coordinates)) - 1] = Path.CLOSEPOLY
    return Path(coordinates, codes)


@lru_cache(maxsize=32)
def marker_path(shape: str) -> Path:
    """The outline of a point symbol around the origin, the same shapes as on the screen; an unknown one is a circle."""
    if shape == "circle":
        return Path.unit_circle()
    corners = _SHAPES.get(shape)
    if corners is None:
        return Path.unit_circle()
    points = [(x, -y) for x, y in corners]
    return Path([*points, points[0]], closed=True)


def _corners(count: int, *, turn: float = -math.pi / 2, inner: float | None = None) -> Sequence[tuple[float, float]]:
    steps = count * 2 if inner else count
    radii = [inner if inner and n % 2 else 1.15 for n in range(steps)]
    angles = [turn + 2 * math.pi * n / steps for n in range(steps)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for radius, angle in zip(radii, angles, strict=True)]


_CROSS = [(-_C, -1.15), (_C, -1.15), (_C, -_C), (1.15, -_C), (1.15, _C), (_C, _C), (_C, 1.15), (-_C, 1.15)]
_SHAPES: dict[str, Sequence[tuple[float, float]]] = {
    "square": [(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)],
    "diamond": [(0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)],
    "triangle": [(0, -1.2), (1.15, 0.85), (-1.15, 0.85)],
    "wedge": [(0, 1.2), (1.15, -0.85), (-1.15, -0.85)],
    "pentagon": _corners(5),
    "hexagon": _corners(6, turn=0),
    "star": _corners(5, inner=0.5),
    "cross": [*_CROSS, (-_C, _C), (-1.15, _C), (-1.15, -_C), (-_C, -_C)],
    "drop": [(0, -1.45), (0.55, -0.55), (0.9, 0.2), (0.75, 0.85), (0.3, 1.15), (-0.3, 1.15), (-0.75, 0.85), (-0.9, 0.2),
             (-0.55, -0.55)],
}  # fmt: skip
