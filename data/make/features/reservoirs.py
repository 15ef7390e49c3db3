"""Reservoirs: each dammed on a stream that sheds enough, with a dam that fits its storage and what it yields."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from data.make.facts import numbers
from data.make.frames import frame, identifier, numeral
from data.make.land.grid import GRID
from data.make.places.placing import outline_of, spots, spread, tidy
from data.make.scene import Scene

# water surface in m² of the reservoirs of a township
RESERVOIRS = {
    "500156104": (2_000_000, 140_000), "500156105": (620_000,), "500156108": (500_000, 90_000), "500156101": (230_000,),
    "500156107": (160_000,), "500156109": (720_000, 130_000), "500156111": (160_000,), "500156112": (190_000,),
    "500156113": (380_000,), "500156201": (110_000,), "500156206": (80_000,), "500156205": (80_000,),
    "500156003": (210_000, 60_000), "500156002": (110_000,), "500156001": (90_000,), "500156004": (130_000,),
    "500156210": (110_000,), "500156208": (70_000,), "500156211": (80_000,), "500156212": (60_000,),
    "500156207": (50_000,),
}  # fmt: skip
RUNOFF_M = 0.583  # as the rivers' mean flows have it
ECOLOGICAL_SHARE = 0.1
INFLOW_IN_DRY_YEARS = {0.5: 0.96, 0.75: 0.8, 0.9: 0.68, 0.95: 0.61, 0.97: 0.57}
YIELD_OF_USEFUL = {0.5: 1.9, 0.75: 1.55, 0.9: 1.25, 0.95: 1.08, 0.97: 0.98}
PROMISED_SHARE = 0.85  # of the driest yield, so that permits hold at every guarantee beside the ecological flow
_MEAN_DEPTH_M = 11.0  # of a reservoir of 100,000 m²
_STREAM_BASINS_M2 = (9e6, 600e6)


def make_reservoirs(scene: Scene) -> gpd.GeoDataFrame:
    """Reservoirs on streams away from the seats, their surface at one level."""
    random, rows = numbers("reservoirs"), []
    basin, away = _basin_on_streams(scene), away_from_seats(scene, 2300)
    for code, sizes in RESERVOIRS.items():
        taken = np.ones(GRID.shape, bool)
        for size in sizes:
            enough = (basin * 0.8 >= size * 35) + 1e-9 * (basin > 0)
            weight = away * taken * enough * np.exp(-scene.slope)
            place = spots(scene, code, count=1, weight=weight, apart_m=1, random=random)[0]
            place = GRID.points(GRID.cells(place[None, :]))[0]
            shed = float(basin.ravel()[GRID.cells(place[None, :])[0]])
            rows.append(_reservoir(scene, code, place, (size, shed), number=len(rows) + 1, random=random))
            x, y = GRID.centres()
            taken &= np.hypot(x - place[0], y - place[1]) > 3500
    return frame("reservoirs", rows)


def _basin_on_streams(scene: Scene) -> np.ndarray:
    """The basin in m² of the stream that crosses a cell, 0 where none does or the river is too large to dam."""
    basin = np.zeros(GRID.rows * GRID.columns)
    rivers = scene.rivers[scene.rivers["basin_area_m2"].between(*_STREAM_BASINS_M2)]
    for river in rivers.sort_values("basin_area_m2").itertuples():
        points = shapely.get_coordinates(shapely.segmentize(river.geometry, 30.0))
        lower = points[len(points) // 3 :]  # the upper course does not gather the whole basin
        basin[GRID.cells(lower)] = river.basin_area_m2
    return basin.reshape(GRID.shape)


def away_from_seats(scene: Scene, metres: float) -> np.ndarray:
    """True where a cell is at least so far from every seat: sources lie outside the towns."""
    x, y = GRID.centres()
    near = np.zeros(GRID.shape, bool)
    for east, north in scene.seats.values():
        near |= np.hypot(x - east, y - north) < metres
    return ~near


def _reservoir(
    scene: Scene,
    code: str,
    place: np.ndarray,
    measures: tuple[int, float],
    *,
    number: int,
    random: np.random.Generator,
) -> dict[str, object]:
    size, shed = measures
    base = scene.height_at(*place)
    rise = np.maximum(scene.height - base, 0) / 4
    cells = spread(scene, place, code=code, count=max(6, round(size / GRID.cell_m**2)), cost=rise)
    shape = tidy(outline_of(cells), within=scene.inner[code])
    depth = _MEAN_DEPTH_M * (shape.area / 100_000) ** 0.3
    total = round(shape.area * depth, -4)
    classes = ((1e8, "large"), (1e7, "medium"), (1e6, "small_1"), (0, "small_2"))
    drinking = bool(random.random() < 0.45)
    return {
        "id": identifier("RES", number), "name": f"示意{numeral(number)}号水库", "township": code,
        "size": next(name for least, name in classes if total >= least),
        "use": "multiple" if drinking else str(random.choice(["irrigation", "multiple"], p=[0.8, 0.2])),
        "total_m3": total, "useful_m3": round(total * 0.72, -3), "dead_m3": round(total * 0.08, -3),
        "normal_level_m": round(float(np.quantile(scene.height.ravel()[cells], 0.8)), 1),
        "dam_height_m": round(float(depth * 2.6 + random.uniform(1, 4)), 1),
        "basin_area_m2": round(float(min(size * random.uniform(60, 90), shed * 0.8)), -4), "drinking_source": drinking,
        "ecological_flow_m3_per_s": round(float(size / 1e5 * 0.012), 3), "built_year": int(random.integers(1957, 2019)),
        "operator": "区水库管理所", "geometry": shape,
    }  # fmt: skip


def yield_m3(reservoir: object, guarantee: float) -> float:
    """What a reservoir gives in a year of that guarantee, held by its storage and by what its basin sheds."""
    inflow = reservoir.basin_area_m2 * RUNOFF_M * (1 - ECOLOGICAL_SHARE)
    return float(min(reservoir.useful_m3 * YIELD_OF_USEFUL[guarantee], inflow * INFLOW_IN_DRY_YEARS[guarantee]))


def promised_m3(reservoir: object) -> float:
    """The most a year that permits and irrigation may promise of a reservoir."""
    return yield_m3(reservoir, 0.97) * PROMISED_SHARE
