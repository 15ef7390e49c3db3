"""The townships: land grown from the seats over small basins until areas fit, then drawn as one coverage."""

from __future__ import annotations

import heapq

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString, Polygon

from data.make.facts import METRIC_CRS, metric_points, table
from data.make.land.grid import GRID
from data.make.land.noise import smooth
from data.make.land.relief import Relief
from data.make.places.blocks import Blocks, make_blocks
from data.make.places.coverage import draw_coverage

ROUNDS = 60
NECK_M = 110.0
SMALLEST_KM2, LARGEST_KM2 = 62.0, 165.0  # where no area is known
COLUMNS = ["code", "name", "short_name", "kind", "valid_from", "valid_to", "aliases", "area_km2", "area_source", "note"]


def make_townships(
    outline: Polygon, relief: Relief, courses: dict[str, LineString], *, inside: np.ndarray
) -> gpd.GeoDataFrame:
    """All units of today and those that have gone, in EPSG:4545.

    Columns are those of `townships.csv`, `valid_from` and `valid_to` (exclusive) as dates; a unit of today has no
    `valid_to`. The 26 of today are a coverage of the outline, and so are the 27 of September 2019.
    """
    facts, seats = table("townships"), table("seats")
    blocks = make_blocks(relief, courses, inside=inside)
    owner = grow(blocks, seats, facts)
    label = _rounded(owner[blocks.label].reshape(GRID.shape), len(seats))
    units = draw_coverage(label, outline, seats=metric_points(seats))
    drawn = dict(zip(seats["code"], units, strict=True))
    parts = facts.groupby("part_of")["code"].apply(list)
    shapes = []
    for code, whole in zip(facts["code"], facts["part_of"], strict=True):
        sources = [code] if code in drawn else [part for part in parts[whole] if part in drawn]
        shapes.append(
            drawn[sources[0]] if len(sources) == 1 else shapely.coverage_union_all([drawn[s] for s in sources])
        )
    for day in ("valid_from", "valid_to"):
        facts[day] = pd.to_datetime(facts[day])
    return gpd.GeoDataFrame(facts[COLUMNS], geometry=shapes, crs=METRIC_CRS)


def grow(blocks: Blocks, seats: pd.DataFrame, facts: pd.DataFrame) -> np.ndarray:
    """The number of the seat each block belongs to: the cheapest one to reach, with head starts that fit the areas."""
    points = metric_points(seats)
    start = blocks.label[GRID.cells(points)]
    links = _links(blocks)
    known = facts.set_index("code")["area_km2"].reindex(seats["code"]).to_numpy()
    split = seats["code"].isin(["500156106", "500156110"]).to_numpy()
    head = np.zeros(len(seats))
    best, best_miss = np.zeros(0), np.inf
    for turn in range(ROUNDS):
        owner = _reach(links, start, head)
        area = np.bincount(owner, blocks.inside_km2, len(seats))
        goal = np.where(np.isnan(known), np.clip(area, np.where(split, 45, SMALLEST_KM2), LARGEST_KM2), known)
        miss = np.abs(area / goal - 1).max()
        if miss < best_miss:
            best, best_miss = owner, miss
        head += np.round(np.clip((goal - area) / np.sqrt(goal), -3, 3) * 260 / (1 + turn / 15), 3)
        head -= head.min()
    return best


def _rounded(label: np.ndarray, count: int) -> np.ndarray:
    """The labels with thin necks and spurs taken off: each cell gets the label that prevails around it."""
    best, prevailing = np.full(label.shape, -1.0), np.zeros(label.shape, np.int64)
    for number in range(count):
        rows, columns = np.nonzero(label == number)
        here = np.s_[max(rows.min() - 6, 0) : rows.max() + 7, max(columns.min() - 6, 0) : columns.max() + 7]
        share = smooth((label[here] == number).astype(float), GRID, radius_m=NECK_M)
        more = share > best[here]
        best[here] = np.where(more, share, best[here])
        prevailing[here] = np.where(more, number, prevailing[here])
    return prevailing


def _links(blocks: Blocks) -> list[list[tuple[int, float]]]:
    links: list[list[tuple[int, float]]] = [[] for _ in range(len(blocks.cells))]
    for (a, b), cost in zip(blocks.pairs.tolist(), blocks.cost.tolist(), strict=True):
        links[a].append((b, cost))
        links[b].append((a, cost))
    return links


def _reach(links: list[list[tuple[int, float]]], start: np.ndarray, head: np.ndarray) -> np.ndarray:
    """Which start reaches each block first when each sets off `head` metres before the others; a start keeps itself."""
    owner = np.full(len(links), -1)
    for seat, block in enumerate(start.tolist()):
        owner[block] = seat
    found = owner.tolist()
    queue = [(-head[seat], block, seat) for seat, block in enumerate(start.tolist())]
    heapq.heapify(queue)
    done = bytearray(len(links))
    while queue:
        cost, block, seat = heapq.heappop(queue)
        if done[block] or (found[block] >= 0 and found[block] != seat):
            continue
        done[block], found[block] = 1, seat
        for near, more in links[block]:
            if not done[near]:
                heapq.heappush(queue, (cost + more, near, seat))
    return np.asarray(found)
