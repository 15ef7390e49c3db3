"""Reading and checking: a large layer and a small one against bare `pyogrio.read_dataframe`, and a whole district.

Peer and product read the same file in turn in the same run; the fastest of each counts. The large layer is timed in
the district's own metric CRS (nothing to convert on either side) and in degrees, where the peer converts as well.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS

from geo.files.vector import write_shapefile
from layers.catalogue import CATALOGUE
from layers.district import Settings
from layers.reading.register import Register
from layers.reading.whole import read_layer
from layers.versions.opening import open_district

METRIC = CRS.from_epsg(4545)
SETTINGS = Settings(code="990001", name="bench", name_en="bench", metric_crs=METRIC)
DATA = Path(__file__).resolve().parents[1] / "data"
LAYER = CATALOGUE["industrial_parks"]


def _register() -> Register:
    """Twenty-five square townships of 12 km that hold the layer."""
    squares = [shapely.box(x, y, x + 12_000, y + 12_000) for x in _steps(440_000) for y in _steps(3_210_000)]
    names = [f"9900010{number:02d}" for number in range(25)]
    frame = gpd.GeoDataFrame({"code": names, "name": names, "valid_to": pd.NaT}, geometry=squares, crs=METRIC)
    return Register.of(frame, county="990001")


def _steps(start: int) -> range:
    return range(start, start + 60_000, 12_000)


def _parcels(count: int) -> gpd.GeoDataFrame:
    """Wiggly polygons of 21 vertices with text, code, choice, number, integer and date columns."""
    random = np.random.default_rng(20_190_916)
    column, row = random.integers(0, 5, (2, count))
    centre = np.column_stack([440_000 + 12_000 * column, 3_210_000 + 12_000 * row]) + random.uniform(
        200, 11_800, (count, 2)
    )
    angle = np.linspace(0, 2 * np.pi, 21)[:-1]
    radius = random.uniform(40, 100, (count, 20, 1))
    ring = centre[:, None, :] + radius * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    told = {
        "id": [f"K{number:06d}" for number in range(count)],
        "name": [f"工业园区{number}" for number in range(count)],
        "town_code": [f"9900010{number:02d}" for number in 5 * column + row],
        "level": "district",
        "plan_km2": random.uniform(1, 5, count),
        "firms": random.integers(0, 90, count),
        "approved": "2019-09-16",
    }
    return gpd.GeoDataFrame(told, geometry=shapely.polygons(np.concatenate([ring, ring[:, :1]], axis=1)), crs=METRIC)


def _in_turn(product: Callable[[], object], peer: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """The fastest seconds of each, taken in turn."""
    taken: dict[Callable[[], object], list[float]] = {product: [], peer: []}
    for _ in range(rounds):
        for job in (peer, product):
            started = time.perf_counter()
            job()
            taken[job].append(time.perf_counter() - started)
    return min(taken[product]), min(taken[peer])


def _row(name: str, value: float, unit: str, peer: float | None, aim: float) -> dict[str, object]:
    ratio = None if peer is None else value / peer
    return {"name": name, "value": value, "unit": unit, "peer": peer, "ratio": ratio, "aim": aim}


def run() -> list[dict[str, object]]:
    """Rows for the bench table; times in seconds, `aim` as a ratio to the peer or as the seconds allowed."""
    register, rows = _register(), []
    with tempfile.TemporaryDirectory() as folder:
        for name, count, crs in (("metric", 100_000, 4545), ("degrees", 100_000, 4490), ("small", 40, 4490)):
            path = Path(folder) / f"{name}.shp"
            write_shapefile(_parcels(count).to_crs(crs), path)
            rows.append(_compared(name, path, register))
    if (DATA / CATALOGUE["townships"].file).is_file():
        started = time.perf_counter()
        open_district(DATA)
        rows.append(_row("open_district_cold", time.perf_counter() - started, "s", None, 3.0))
        started = time.perf_counter()
        open_district(DATA)
        rows.append(_row("open_district_again", time.perf_counter() - started, "s", None, 3.0))
    return rows


def _compared(name: str, path: Path, register: Register) -> dict[str, object]:
    def product() -> object:
        reading = read_layer(LAYER, path, settings=SETTINGS, townships=register)
        assert not reading.problems, reading.problems[:3]
        return reading

    def peer() -> object:
        frame = pyogrio.read_dataframe(path)
        return frame.to_crs(METRIC) if name == "degrees" else frame

    own, bare = _in_turn(product, peer, rounds=15 if name == "small" else 4)
    if name == "small":
        return _row("read_small_layer_more_than_bare", own - bare, "s", None, 0.020)
    return _row(f"read_100000_{name}", own, "s", bare, 1.5)
