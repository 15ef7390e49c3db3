"""Small drainage basins: the pieces township land is put together from, so that borders follow ridges and rivers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from data.make.land.flow import upstream_first
from data.make.land.grid import GRID
from data.make.land.relief import Relief

STREAM_KM2 = 0.5
OUTSIDE_M = 90_000.0  # what a step outside the district costs, so that no township is reached that way
NARROWEST_CELLS, NARROW_M = 5, 40_000.0  # a step over a shorter shared edge costs that much: no thin necks
REACH_M = 1500.0  # banks of a named river are cut into reaches of about this length


@dataclass(frozen=True)
class Blocks:
    """`label` (flat, on GRID) numbers the blocks from 0; the rest holds one value per block or per pair of blocks."""

    label: np.ndarray
    centre: np.ndarray
    cells: np.ndarray
    inside_km2: np.ndarray
    pairs: np.ndarray
    cost: np.ndarray


def make_blocks(relief: Relief, courses: dict[str, LineString], *, inside: np.ndarray) -> Blocks:
    """The grid cut into basins of streams, and the cost of going from one to each of its neighbours."""
    bank = _banks(courses)
    label = np.unique(2 * _labels(relief, bank) + inside.ravel(), return_inverse=True)[1]
    count = int(label.max()) + 1
    cells = np.bincount(label, minlength=count)
    x, y = (part.ravel() for part in np.broadcast_arrays(*GRID.centres()))
    centre = np.column_stack([np.bincount(label, part, count) / cells for part in (x, y)])
    inside_km2 = np.bincount(label, inside.ravel(), count) * (GRID.cell_m / 1000) ** 2
    pairs, cost = _neighbours(label, relief.elevation.ravel(), centre=centre, bank=bank, cells=cells)
    cost = cost + OUTSIDE_M * (inside_km2 == 0)[pairs].any(axis=1)
    return Blocks(label, centre, cells, inside_km2, pairs, cost)


def _banks(courses: dict[str, LineString]) -> dict[str, np.ndarray]:
    """Per named river, for the cells within 400 m: 0 away from it, else twice the reach number plus the side."""
    x, y = (part.ravel() for part in np.broadcast_arrays(*GRID.centres()))
    result = {}
    for river, line in courses.items():
        close = _around(line)
        points = shapely.points(x[close], y[close])
        along = shapely.line_locate_point(line, points)
        here = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 60, 0)))
        ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(along + 60, line.length)))
        step, offset = ahead - here, shapely.get_coordinates(points) - here
        left = step[:, 0] * offset[:, 1] - step[:, 1] * offset[:, 0] > 0
        code = np.zeros(x.size, np.int64)
        code[close] = 2 * (along // REACH_M).astype(np.int64) + left + 2
        result[river] = code
    return result


def _around(line: LineString) -> np.ndarray:
    """The cells within about 400 m of a line (flat indices)."""
    row, column = np.divmod(GRID.cells(shapely.get_coordinates(shapely.segmentize(line, GRID.cell_m))), GRID.columns)
    near = np.zeros(GRID.shape, bool)
    for down in range(-4, 5):
        for right in range(-4, 5):
            if down * down + right * right <= 20:
                near[np.clip(row + down, 0, GRID.rows - 1), np.clip(column + right, 0, GRID.columns - 1)] = True
    return np.flatnonzero(near)


def _labels(relief: Relief, bank: dict[str, np.ndarray]) -> np.ndarray:
    """A number per cell: that of the stream link it drains into, or of its reach and side where a river is near."""
    receiver, area = relief.receiver, relief.area_km2
    own = np.arange(receiver.size)
    stream = area >= STREAM_KM2
    inflows = np.bincount(receiver[stream & (receiver != own)], minlength=receiver.size)
    river = np.zeros(receiver.size, np.int64)
    for number, code in enumerate(bank.values(), 1):
        river = np.where((river == 0) & (code > 0), number * 100000 + code, river)
    beds = receiver == own
    starts = stream & ((inflows[receiver] != 1) | beds[receiver])
    link = np.where(starts, own + 10_000_000, -1)
    near = river > 0
    link[near] = river[near]
    link, to = link.tolist(), receiver.tolist()
    for cell in upstream_first(relief.elevation.ravel())[::-1].tolist():
        if link[cell] < 0:
            link[cell] = link[to[cell]] if to[cell] != cell else 9_000_000 + cell
    return np.unique(np.asarray(link), return_inverse=True)[1]


def _neighbours(
    label: np.ndarray, elevation: np.ndarray, *, centre: np.ndarray, bank: dict[str, np.ndarray], cells: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of touching blocks (n, 2) and the cost in metres of stepping across, more over ridges and big rivers."""
    grid = np.arange(label.size).reshape(GRID.shape)
    a = np.concatenate((grid[:, :-1].ravel(), grid[:-1].ravel()))
    b = np.concatenate((grid[:, 1:].ravel(), grid[1:].ravel()))
    edge = label[a] != label[b]
    a, b = a[edge], b[edge]
    low, high = np.minimum(label[a], label[b]), np.maximum(label[a], label[b])
    pairs, which, shared = np.unique(np.column_stack((low, high)), axis=0, return_inverse=True, return_counts=True)
    ridge = np.bincount(which, np.maximum(elevation[a], elevation[b])) / shared
    mean = np.bincount(label, elevation) / cells
    climb = np.maximum(ridge - mean[pairs].mean(axis=1), 0)
    across = np.zeros(len(pairs))
    for river, code in bank.items():
        crossing = (code[a] > 0) & (code[b] > 0) & (code[a] % 2 != code[b] % 2)
        times = np.bincount(which, crossing) / shared > 0.5
        across += times * {"乌江": 4000.0, "芙蓉江": 4000.0, "大溪河": 700.0}.get(river, 400.0)
    span = np.hypot(*(centre[pairs[:, 0]] - centre[pairs[:, 1]]).T)
    narrow = (shared < NARROWEST_CELLS) * NARROW_M
    return pairs, np.round(span + 6 * climb + across + narrow, 3)
