"""What reading in a process apart costs: sites, rain and points against reading in place, and layers of three sizes.

Apart and in place take turns, and the fastest of each counts. The process is warm, as it is in a server that runs.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

from geo.files.vector import write_shapefile
from intake import reading
from intake.district.new import Order, make_district
from intake.points import reading as points_in_place
from intake.rain import reading as rain_in_place
from intake.site import reading as site_in_place
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.reading.rain.plausible import bounds_of
from layers.versions.opening import open_district

DATA = Path(__file__).resolve().parents[1] / "data"
ROUNDS = 4
LARGE = 20_000  # polygons; read twice only, for each takes many seconds

Row = dict[str, object]
Call = Callable[[], object]


def run() -> list[Row]:
    """Rows for the bench table; `aim` is the seconds more than in place, or for layers the ratio to it."""
    district = open_district(DATA)
    reading.warm(district)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_small(folder, district), *_layers(folder)]


def _small(folder: Path, district: District) -> list[Row]:
    """A site, thirty years of rain and two thousand users of reclaimed water."""
    place = district.townships.geometry.iloc[0].representative_point()
    square = "\n".join(f"{place.x + dx:.1f},{place.y + dy:.1f}" for dx, dy in ((0, 0), (200, 0), (200, 200), (0, 200)))
    days = np.arange("1990", "2020", dtype="M8[D]")
    rain = folder / "rain.csv"
    rain.write_text("日期,雨量mm\n" + "\n".join(f"{day},{n % 7}" for n, day in enumerate(days)), encoding="utf-8")
    users = folder / "users.csv"
    told = [f"U{n},{place.x + n % 50:.1f},{place.y + n // 50:.1f},greening,{1000 + n}" for n in range(2000)]
    users.write_text("id,x,y,use,m3_year\n" + "\n".join(told), encoding="utf-8")
    bounds = bounds_of(district.settings)
    pairs: dict[str, tuple[Call, Call]] = {
        "site": (lambda: reading.read_pasted(square, district), lambda: site_in_place.read_pasted(square, district)),
        "rain": (
            lambda: reading.read_daily_rain(rain, district.settings),
            lambda: rain_in_place.read_daily_rain(rain, bounds=bounds),
        ),
        "2,000 users": (
            lambda: reading.read_users(users, district),
            lambda: points_in_place.read_users(users, district),
        ),
    }
    rows = []
    for name, (apart, here) in pairs.items():
        own, bare = _in_turn(apart, here, rounds=ROUNDS)
        rows.append(_row(f"{name} read apart, more than in place", own - bare, None, 0.3))
    return rows


def _layers(folder: Path) -> list[Row]:
    """New districts: ours with its rasters, and two of very many townships."""
    layers = (CATALOGUE[name].file for name in ("elevation", "landcover", "rainfall"))
    dem, cover, grid = (DATA / file for file in layers)
    out = folder / "out"
    order = Order(DATA / CATALOGUE["townships"].file, "name", out, code_field="code", dem=dem, landcover=cover,
                  rain_grid=grid)  # fmt: skip
    orders = {"layers of a new district": order}
    for count in (2_000, LARGE):
        path = folder / f"squares{count}.shp"
        write_shapefile(_squares(count), path)
        orders[f"layer of {count:,} polygons"] = Order(path, "name", out, code_field="code")
    rows = []
    for name, one in orders.items():
        apart, here = (lambda make=make, one=one: _made(make, one) for make in (reading.make_district, make_district))
        own, bare = _in_turn(apart, here, rounds=2 if str(LARGE) in str(one.townships) else ROUNDS)
        rows.append(_row(f"{name} read apart", own, bare, 1.2))
    return rows


def _squares(count: int) -> gpd.GeoDataFrame:
    """So many squares side by side, sixty kilometres wide together."""
    side = int(np.ceil(np.sqrt(count)))
    number, step = np.arange(count), 60_000 / side
    x, y = 440_000 + step * (number % side), 3_210_000 + step * (number // side)
    told = {"code": [f"9900010{n:05d}" for n in number], "name": [f"乡镇{n}" for n in number]}
    return gpd.GeoDataFrame(told, geometry=shapely.box(x, y, x + step, y + step), crs=CRS.from_epsg(4545))


def _made(make: Callable[[Order], object], order: Order) -> None:
    """A district made from a planner's layers, and taken away again."""
    shutil.rmtree(order.out, ignore_errors=True)
    make(order)


def _in_turn(apart: Call, here: Call, *, rounds: int) -> tuple[float, float]:
    """The fastest seconds of each once both have been done, taken in turn."""
    apart()
    here()
    taken = [(_seconds(apart), _seconds(here)) for _ in range(rounds)]
    own, bare = (min(column) for column in zip(*taken, strict=True))
    return own, bare


def _seconds(call: Call) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _row(name: str, value: float, peer: float | None, aim: float) -> Row:
    return {"name": name, "value": value, "unit": "s", "peer": peer, "ratio": peer and value / peer, "aim": aim}
