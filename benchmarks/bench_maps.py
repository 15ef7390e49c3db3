"""How light and quick the maps are: server time and size against the aims, packed geometry against Folium's own way."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import shapely

from layers.versions.opening import open_district
from maps.screen.district import district_map
from maps.screen.packing import pack
from maps.screen.prepared import Prepared, prepare
from maps.screen.township import default_layers, township_map

DATA = Path(__file__).resolve().parents[1] / "data"
_POLYGONS = 5_000


def run() -> list[dict[str, Any]]:
    """Rows of name, value, unit, peer, ratio and aim."""
    started = time.perf_counter()
    prepared = prepare(open_district(DATA))
    opened = time.perf_counter() - started
    return [
        _row("open and prepare maps", opened, "s"),
        *_township_rows(prepared),
        *_district_rows(prepared),
        *_packing_rows(),
    ]


def _township_rows(prepared: Prepared) -> list[dict[str, Any]]:
    layers = default_layers("general")
    largest = max(prepared.places, key=lambda code: sum(map(len, prepared.parts[code].values())))
    cold = _seconds(lambda: township_map(prepared, largest, layers=layers, base="x"), times=1)
    warm = _seconds(lambda: township_map(prepared, largest, layers=layers, base="x"))
    size = len(township_map(prepared, largest, layers=layers, base="x").encode()) / 1_000
    return [
        _row("largest township map, first", cold, "s"),
        _row("largest township map, warm", warm, "s", aim=0.1),
        _row("largest township map, size", size, "kB", aim=300),
    ]


def _district_rows(prepared: Prepared) -> list[dict[str, Any]]:
    values = {code: float(n) for n, code in enumerate(prepared.places)}

    def draw() -> str:
        return district_map(prepared, values, indicator="users", unit="count", base="x")

    return [
        _row("district map, warm", _seconds(draw), "s", aim=0.1),
        _row("district map, size", len(draw().encode()) / 1_000, "kB", aim=300),
    ]


def _packing_rows() -> list[dict[str, Any]]:
    """5,000 polygons of 34 vertices, packed, against folium.GeoJson on the same shapes at five decimals."""
    shapes = _wavy_cells()
    frame = gpd.GeoDataFrame(geometry=shapes, crs=4326)
    ours = _seconds(lambda: pack(shapes))
    theirs = _seconds(lambda: _folium_page(frame), times=1)
    packed, page = len(gzip.compress(pack(shapes).encode())), len(gzip.compress(_folium_page(frame).encode()))
    return [
        _row("5,000 polygons packed", ours, "s", peer=theirs, aim=0.1),
        _row("5,000 polygons packed, gzip", packed / 1_000, "kB", peer=page / 1_000),
    ]


def _wavy_cells() -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi, 34, endpoint=False)
    reach = 0.002 + 0.0005 * np.sin(5 * angles + np.arange(_POLYGONS)[:, None])
    x = 107.3 + 0.01 * (np.arange(_POLYGONS) % 80)[:, None] + reach * np.cos(angles)
    y = 29.0 + 0.01 * (np.arange(_POLYGONS) // 80)[:, None] + reach * np.sin(angles)
    return shapely.polygons(np.stack([x, y], axis=-1).round(5))


def _folium_page(frame: gpd.GeoDataFrame) -> str:
    drawn = folium.Map(tiles=None)
    folium.GeoJson(frame).add_to(drawn)
    return drawn.get_root().render()


def _seconds(act: Callable[[], object], *, times: int = 5) -> float:
    """The shortest of a few runs."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        spent.append(time.perf_counter() - started)
    return min(spent)


def _row(name: str, value: float, unit: str, *, peer: float | None = None, aim: float | None = None) -> dict[str, Any]:
    """A line of the table; with a peer the aim is a ratio, without one a value."""
    ratio = value / peer if peer else None
    return {"name": name, "value": round(value, 5), "unit": unit, "peer": peer, "ratio": ratio, "aim": aim}


if __name__ == "__main__":
    for line in run():
        print(line)
