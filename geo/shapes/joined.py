"""Lines whose ends meet, joined: rings become areas, what stays open stays a line.

Ends nearer than a tolerance are one place. Where only two ends meet the line goes on; where more do, the areas between
the lines are found and the lines that bound none stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True)
class Joined:
    """What lines come to: `rings` each of one closed way, `cells` between lines that branch, `open` the rest."""

    rings: tuple[shapely.Polygon, ...]
    cells: tuple[shapely.Polygon, ...]
    open: tuple[shapely.LineString, ...]


def joined(lines: Sequence[shapely.LineString], *, within: float) -> Joined:
    """Lines of one plane joined where their ends lie within so much of one another."""
    snapped = _snapped(lines, within)
    groups = _groups(snapped)
    rings: list[shapely.Polygon] = []
    cells: list[shapely.Polygon] = []
    left: list[shapely.LineString] = []
    for group in groups:
        way = shapely.line_merge(shapely.MultiLineString(group)) if len(group) > 1 else group[0]
        if way.geom_type == "LineString":
            is_ring = way.is_closed and len(way.coords) >= 4
            (rings if is_ring else left).append(shapely.Polygon(way) if is_ring else way)
            continue
        areas, cuts, dangles, _ = shapely.polygonize_full(group)
        cells += areas.geoms
        left += [*cuts.geoms, *dangles.geoms]
    return Joined(tuple(rings), tuple(cells), tuple(left))


def gap(line: shapely.LineString) -> float:
    """How far apart the two ends of a line are, as a share of its length."""
    ends = shapely.get_point(line, 0), shapely.get_point(line, -1)
    return float(shapely.distance(*ends) / line.length) if line.length else 1.0


def _snapped(lines: Sequence[shapely.LineString], within: float) -> list[shapely.LineString]:
    """The lines with ends that are near one another put on one place; lines shorter than the tolerance fall away."""
    if not lines:
        return []
    ends = np.array([place for line in lines for place in (line.coords[0], line.coords[-1])])[:, :2]
    places, which = np.unique(ends, axis=0, return_inverse=True)
    tree = shapely.STRtree(shapely.points(places))
    a, b = tree.query(shapely.points(places), predicate="dwithin", distance=within)
    _, cluster = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(len(places),) * 2), directed=False)
    first = np.unique(cluster, return_index=True)[1]
    on = places[first[cluster]][which.ravel()]
    return [
        moved
        for at, line in enumerate(lines)
        if len((moved := shapely.LineString([on[2 * at], *line.coords[1:-1], on[2 * at + 1]])).coords) >= 2
        and moved.length > 0
    ]


def _groups(lines: Sequence[shapely.LineString]) -> list[list[shapely.LineString]]:
    """The lines that hang together by their ends."""
    names: dict[tuple[float, ...], int] = {}
    ends = [[names.setdefault(place, len(names)) for place in (line.coords[0], line.coords[-1])] for line in lines]
    if not ends:
        return []
    a, b = np.array(ends).T
    _, group = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(len(names),) * 2), directed=False)
    found: dict[int, list[shapely.LineString]] = {}
    for line, (start, _) in zip(lines, ends, strict=True):
        found.setdefault(int(group[start]), []).append(line)
    return list(found.values())
