"""A small district drawn by hand for pictures and papers: three townships, every geometry, and hostile names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from affine import Affine
from pyproj import CRS
from shapely.geometry import LineString, Point, Polygon, box

from geo.grids.raster import Raster
from layers.district import District, Entry, Settings
from layers.layer import Source, Status

CRS_4545 = CRS.from_epsg(4545)
EAST, NORTH = 480_000.0, 3_240_000.0
HOSTILE = "<img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://x","点我")'
MATHS = "$\\frac{水}{厂$ ${1+1} `x`"
RARE = "火🔥村"


def _frame(rows: Iterable[dict[str, object]]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=CRS_4545)


def _at(x: float, y: float) -> Point:
    return Point(EAST + x, NORTH + y)


def _townships() -> gpd.GeoDataFrame:
    """West (10 × 12 km), east (8 × 12 km) and north (18 × 5 km); one more that ended in 2020."""
    shapes = {
        "W": ("白马镇", "白马", box(0, 0, 10_000, 12_000)),
        "E": ("长坝镇", "长坝", box(10_000, 0, 18_000, 12_000)),
        "N": ("浩口苗族仡佬族乡", "浩口乡", box(0, 12_000, 18_000, 17_000)),
        "OLD": ("土坎镇", "土坎", box(0, 0, 3_000, 3_000)),
    }
    rows = []
    for code, (name, short, shape) in shapes.items():
        moved = Polygon([(EAST + x, NORTH + y) for x, y in shape.exterior.coords])
        ended = pd.Timestamp("2020-04-22") if code == "OLD" else pd.NaT
        rows.append(
            {"code": code, "name": name, "short_name": short, "kind": "town", "valid_from": pd.NaT, "valid_to": ended,
             "area_official_m2": shape.area, "area_year": 2019, "geometry": moved}
        )  # fmt: skip
    frame = _frame(rows)
    frame["valid_to"] = pd.to_datetime(frame["valid_to"])
    frame["valid_from"] = pd.to_datetime(frame["valid_from"])
    frame["area_year"] = frame["area_year"].astype("Int64")
    return frame


def _rivers() -> gpd.GeoDataFrame:
    course = [(EAST + x, NORTH + 6_000 + 1_500 * np.sin(x / 3_000)) for x in range(-1_000, 19_500, 250)]
    stream = [(EAST + 4_000 + 300 * np.sin(y / 900), NORTH + y) for y in range(16_500, 7_500, -250)]
    return _frame(
        [
            {"id": "R1", "name": "乌江", "rank": "main", "geometry": LineString(course)},
            {"id": "R2", "name": "石梁河", "rank": "stream", "geometry": LineString(stream)},
        ]
    )


def _villages(count: int = 40) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(7)
    names = [f"{first}{second}村" for first in "东西南北上下前后" for second in "坪坝河山沟"]
    names[:4] = [HOSTILE, FORMULA, MATHS, RARE]
    rows = []
    for n in range(count):
        x, y = float(rng.uniform(300, 17_700)), float(rng.uniform(300, 16_700))
        if n < 4:
            x, y = 1_500 + 1_800 * n, 2_000.0
        township = "N" if y > 12_000 else "W" if x < 10_000 else "E"
        rows.append(
            {"id": f"V{n}", "name": names[n], "township": township, "kind": "community" if n % 5 == 0 else "village",
             "households": 100 + n, "people": 300 + n if n != 5 else None, "supply": "small",
             "cultivated_area_m2": 10_000 / 15 * 150 if n != 6 else np.nan, "geometry": _at(x, y)}
        )  # fmt: skip
    frame = _frame(rows)
    frame["people"] = frame["people"].astype("Int64")
    return frame


def _areas() -> gpd.GeoDataFrame:
    kinds = ("built_up", "new_district", "renewal")
    return _frame(
        {"id": f"U{n}", "name": f"{kind}片区", "township": "W", "kind": kind, "approved": pd.Timestamp("2021-03-01"),
         "control_rate_share": 0.75, "geometry": _at(3_000 + 2_000 * n, 9_000).buffer(900)}
        for n, kind in enumerate(kinds)
    )  # fmt: skip


def _water_use() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "township": ["W", "W", "E"],
            "year": [2023, 2024, 2024],
            "source": ["surface", "surface", "rain"],
            "sector": ["industry", "agriculture", "services"],
            "volume_m3": [1_234_500.0, 20_000.0, 5.0],
        }
    )


def _elevation() -> Raster:
    cell, wide, high = 90.0, 260, 250
    x, y = np.meshgrid(np.arange(wide), np.arange(high))
    heights = 600 + 300 * np.sin(x / 17) * np.cos(y / 13) + 200 * np.sin((x + y) / 31)
    grid = Affine(cell, 0, EAST - 2_500, 0, -cell, NORTH + 20_000)
    return Raster(heights.astype(np.float32), grid, CRS_4545, -9999.0)


def _entry(layer: str, status: Status) -> Entry:
    source = Source("重庆市武隆区水利局", date(2024, 12, 31), "内部使用", status)
    return Entry(layer, f"shapefiles/{layer}.shp", "0" * 64, 1, 1.0, "EPSG:4490", source)


def paper_district(*, status: Status = "illustrative", without: Iterable[str] = ()) -> District:
    """The district with its layers, all of one source status, some left out."""
    frames = {"townships": _townships(), "rivers": _rivers(), "villages": _villages(), "urban_areas": _areas()}
    frames = {layer: frame for layer, frame in frames.items() if layer not in set(without)}
    settings = Settings("500156", "武隆区", "Wulong District", CRS_4545, flags={"heights_1985": True})
    rasters = {} if "elevation" in set(without) else {"elevation": _elevation()}
    return District(
        settings=settings,
        version="0123456789ab",
        frames=frames,
        tables={"water_use": _water_use()},
        rasters=rasters,
        entries={layer: _entry(layer, status) for layer in [*frames, *rasters, "water_use"]},
    )
