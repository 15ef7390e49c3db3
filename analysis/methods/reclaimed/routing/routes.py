"""Least-cost routes over the surface, and the candidate graph they make when laid over one another.

From every plant one field of least cost (scikit-image's MCP_Geometric) gives the route to any place; routes of one
plant form a tree. Laid over one another on the grid, routes that share cells share corridors; a cell where they part is
a junction, the cells between two junctions are one corridor.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from skimage.graph import MCP_Geometric

from analysis.methods.reclaimed.routing.surface import Surface

Cell = tuple[int, int]


@dataclass(frozen=True)
class Field:
    """Least costs from one cell to all others: metres times relative cost, infinite where no route leads."""

    start: Cell
    cost: np.ndarray
    tracer: MCP_Geometric

    def route(self, end: Cell) -> list[Cell]:
        """The cells from the start to an end, both included; empty where no route leads."""
        if not np.isfinite(self.cost[end]):
            return []
        return [(int(row), int(column)) for row, column in self.tracer.traceback(end)]


@dataclass(frozen=True)
class Corridor:
    """A stretch of a route between two junctions: its cells in order, length and weighted length in m."""

    ends: tuple[Cell, Cell]
    cells: tuple[Cell, ...]
    length_m: float
    weighted_m: float


def field_from(surface: Surface, start: Cell) -> Field:
    """The field of least cost from a cell, as MCP_Geometric counts it (mean of both cells times distance)."""
    tracer = MCP_Geometric(
        np.where(np.isfinite(surface.cost), surface.cost, -1.0), sampling=(surface.cell, surface.cell)
    )
    costs, _ = tracer.find_costs([start])
    return Field(start, costs, tracer)


def corridors(surface: Surface, routes: list[list[Cell]], *, keep: set[Cell]) -> list[Corridor]:
    """The corridors that routes lay down together; cells in `keep` (plants, places) are always junctions."""
    beside: dict[Cell, set[Cell]] = defaultdict(set)
    for route in routes:
        for here, there in itertools.pairwise(route):
            beside[here].add(there)
            beside[there].add(here)
    junctions = {cell for cell, others in beside.items() if len(others) != 2 or cell in keep}
    found = [_measured(surface, chain) for chain in _chains(beside, junctions)]
    return sorted(found, key=lambda corridor: (corridor.ends, corridor.weighted_m))


def _chains(beside: dict[Cell, set[Cell]], junctions: set[Cell]) -> Iterator[list[Cell]]:
    """Cells from junction to junction, every stretch once."""
    done: set[tuple[Cell, Cell]] = set()
    for start in sorted(junctions):
        for step in sorted(beside[start]):
            if (start, step) in done:
                continue
            chain = [start, step]
            while chain[-1] not in junctions:
                before, here = chain[-2], chain[-1]
                chain.append(next(cell for cell in sorted(beside[here]) if cell != before))
            done.update({(start, step), (chain[-1], chain[-2])})
            yield chain


def _measured(surface: Surface, chain: list[Cell]) -> Corridor:
    length, weighted = lengths(surface, chain)
    ends = (chain[0], chain[-1])
    return Corridor(ends, tuple(chain), length, weighted)


def lengths(surface: Surface, cells: list[Cell] | tuple[Cell, ...]) -> tuple[float, float]:
    """Length of a route in m, and that length times the relative cost of its cells as MCP_Geometric counts it."""
    rows, columns = np.array(cells).T
    step = np.hypot(np.diff(rows), np.diff(columns)) * surface.cell
    cost = surface.cost[rows, columns]
    return float(step.sum()), float((step * (cost[1:] + cost[:-1]) / 2).sum())
