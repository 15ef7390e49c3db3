"""Which zone each of many points lies in, fast: the look-up behind `geo.shapes.relations`."""

from __future__ import annotations

import numpy as np
import shapely

_MANY_POINTS, _FEW_ZONES = 50_000, 200
_SIDE = 700  # cells along each side of the grid: fine enough that few points fall into border cells
_BORDER = -2


def zone_positions(x: np.ndarray, y: np.ndarray, *, zones: np.ndarray) -> np.ndarray:
    """The position of the zone polygon that covers each point, -1 for none; the first where several do.

    The border belongs to a zone. Many points in few zones go by a grid of labels, and only those near a border are
    tested one by one; the answer is the same.
    """
    if not len(zones):
        return np.full(len(x), -1, dtype=np.intp)
    bounds = shapely.total_bounds(zones)
    if len(x) < _MANY_POINTS or len(zones) > _FEW_ZONES or not (bounds[2:] > bounds[:2]).all():
        return _by_strips(x, y, zones)
    labels = _label_grid(zones, bounds)
    found = np.full(len(x), -1, dtype=np.intp)
    inside = np.flatnonzero((x >= bounds[0]) & (x <= bounds[2]) & (y >= bounds[1]) & (y <= bounds[3]))
    found[inside] = labels[_cells(x[inside], y[inside], bounds)]
    unsure = np.flatnonzero(found == _BORDER)
    found[unsure] = _by_strips(x[unsure], y[unsure], zones)
    return found


def _by_strips(x: np.ndarray, y: np.ndarray, zones: np.ndarray) -> np.ndarray:
    """Points are sorted by x once, so each zone looks only at the strip its box cuts out."""
    order = np.argsort(x, kind="stable")
    xs, ys = x[order], y[order]
    found = np.full(len(x), -1, dtype=np.intp)
    shapely.prepare(zones)
    for position in range(len(zones) - 1, -1, -1):
        west, south, east, north = shapely.bounds(zones[position])
        start, end = np.searchsorted(xs, west, "left"), np.searchsorted(xs, east, "right")
        near = start + np.flatnonzero((ys[start:end] >= south) & (ys[start:end] <= north))
        found[near[shapely.intersects_xy(zones[position], xs[near], ys[near])]] = position
    result = np.empty_like(found)
    result[order] = found
    return result


def _label_grid(zones: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """For each cell (flat, by `_cells`) the zone it lies in, -1 for none, `_BORDER` where a border may pass.

    Borders are followed in steps of half a cell and every cell stepped on is marked with its neighbours, so no border
    crosses an unmarked cell; unmarked cells side by side in a row then share one answer, asked for once.
    """
    cell = (bounds[2:] - bounds[:2]) / _SIDE
    stepped = shapely.get_coordinates(shapely.segmentize(shapely.boundary(zones), cell.min() / 2))
    marked = np.zeros((_SIDE + 2, _SIDE + 2), dtype=bool)
    row, column = np.divmod(_cells(stepped[:, 0], stepped[:, 1], bounds), _SIDE)
    for down in range(3):
        for right in range(3):
            marked[row + down, column + right] = True
    clear = ~marked[1:-1, 1:-1]
    starts = clear.copy()
    starts[:, 1:] &= ~clear[:, :-1]
    row, column = np.nonzero(starts)
    answers = _by_strips(bounds[0] + (column + 0.5) * cell[0], bounds[1] + (row + 0.5) * cell[1], zones)
    run = np.cumsum(starts.ravel()) - 1
    return np.where(clear.ravel(), answers[np.maximum(run, 0)] if len(answers) else _BORDER, _BORDER)


def _cells(x: np.ndarray, y: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The flat grid cell of points inside the bounds, row by row from the south-west."""
    column = ((x - bounds[0]) * (_SIDE / (bounds[2] - bounds[0]))).astype(np.intp)
    row = ((y - bounds[1]) * (_SIDE / (bounds[3] - bounds[1]))).astype(np.intp)
    return np.minimum(row, _SIDE - 1) * _SIDE + np.minimum(column, _SIDE - 1)
