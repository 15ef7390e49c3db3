"""Where water goes on a grid: filling, steepest descent and drained area, on flat cell indices."""

from __future__ import annotations

import heapq

import numpy as np

from data.make.land.grid import Grid

STEPS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def flood(elevation: np.ndarray, outlets: np.ndarray, *, grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The elevation raised so that every cell drains to an outlet, each cell's receiver, and the cells upstream first.

    Priority flood from the `outlets` (flat indices; each drains into itself), rising 1 mm per cell over flats.
    Returns flat arrays (rows * columns).
    """
    rows, columns = grid.rows + 2, grid.columns + 2
    steps = [row * columns + column for row, column in STEPS]
    height = np.pad(elevation, 1).ravel().tolist()
    closed = bytearray(np.pad(np.zeros(grid.shape, np.uint8), 1, constant_values=1).tobytes())
    receiver = list(range(rows * columns))
    row, column = np.divmod(outlets, grid.columns)
    queue, reached = [], []
    for cell in ((row + 1) * columns + column + 1).tolist():
        closed[cell] = 1
        queue.append((height[cell], cell))
    heapq.heapify(queue)
    pop, push = heapq.heappop, heapq.heappush
    while queue:
        level, cell = pop(queue)
        reached.append(cell)
        for step in steps:
            near = cell + step
            if not closed[near]:
                closed[near] = 1
                receiver[near] = cell
                if height[near] <= level:
                    height[near] = level + 0.001
                push(queue, (height[near], near))
    inner = np.s_[1:-1, 1:-1]
    own = np.full((rows, columns), -1)
    own[inner] = np.arange(grid.rows * grid.columns).reshape(grid.shape)
    own = own.ravel()
    drained = own[np.asarray(receiver).reshape(rows, columns)[inner].ravel()]
    return np.asarray(height).reshape(rows, columns)[inner].ravel(), drained, own[np.asarray(reached)][::-1]


def steepest(elevation: np.ndarray, *, grid: Grid, random: np.random.Generator) -> np.ndarray:
    """The flat index of a lower neighbour of each cell, about the steepest; a cell with none drains into itself.

    Drops are weighed by chance within a third, or streams would run straight along the eight directions.
    """
    padded = np.pad(elevation.reshape(grid.shape), 1, constant_values=np.inf)
    own = np.arange(grid.rows * grid.columns).reshape(grid.shape)
    best, receiver = np.zeros(grid.shape), own.copy()
    here = padded[1:-1, 1:-1]
    for row, column in STEPS:
        near = padded[1 + row : 1 + row + grid.rows, 1 + column : 1 + column + grid.columns]
        drop = (here - near) / np.sqrt(row * row + column * column) * random.uniform(0.75, 1.25, grid.shape)
        better = drop > best
        best[better] = drop[better]
        receiver[better] = (own + row * grid.columns + column)[better]
    return receiver.ravel()


def distances(receiver: np.ndarray, *, grid: Grid) -> np.ndarray:
    """Metres from each cell's centre to its receiver's."""
    row, column = np.divmod(np.arange(receiver.size), grid.columns)
    to_row, to_column = np.divmod(receiver, grid.columns)
    return np.sqrt((row - to_row) ** 2 + (column - to_column) ** 2) * grid.cell_m


def upstream_first(elevation: np.ndarray) -> np.ndarray:
    """Cells from high to low: every cell stands before the one it drains into."""
    return np.argsort(-elevation, kind="stable")


def drained_km2(receiver: np.ndarray, order: np.ndarray, *, grid: Grid, entering: dict[int, float]) -> np.ndarray:
    """The area that drains through each cell in km², its own included; `entering` adds what comes from outside."""
    area = np.full(receiver.size, (grid.cell_m / 1000) ** 2)
    for cell, more in entering.items():
        area[cell] += more
    total, to = area.tolist(), receiver.tolist()
    for cell in order.tolist():
        target = to[cell]
        if target != cell:
            total[target] += total[cell]
    return np.asarray(total)
