"""The named rivers' courses and the district's outline, both drawn from coarse facts with natural-looking detail."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.ops
from shapely import LineString, Polygon

from data.make.facts import metric_points, table
from data.make.land.noise import curve, roughened, wander

BANK_M = 130.0  # where a river is the border the outline keeps to its far bank


def make_courses() -> dict[str, LineString]:
    """The named rivers in EPSG:4545, running downhill, beyond the district where they come from or go there.

    The main river comes first; a tributary ends exactly on a vertex of the river it joins.
    """
    facts, courses = table("courses"), {}
    for river in table("rivers")["river"]:
        points = metric_points(facts[facts["river"] == river].sort_values("seq"))
        if river in courses:
            raise ValueError(f"{river} stands twice in rivers.csv")
        amplitude = 330.0 if river == "乌江" else 260.0
        line = wander(curve(points, step_m=60.0), f"course {river}", amplitude_m=amplitude, wave_m=5200.0)
        courses[river] = LineString(line) if not courses else _joined(line, courses["乌江"])
    return courses


def _joined(line: np.ndarray, main: LineString) -> LineString:
    """The tributary ending on the vertex of `main` nearest its mouth, cut where it first comes close."""
    close = shapely.distance(shapely.points(line), main) < 90.0
    stop = int(np.argmax(close)) if close.any() else len(line)
    kept = line[: max(stop, 2)]
    vertices = shapely.get_coordinates(main)
    mouth = vertices[np.argmin(np.hypot(*(vertices - kept[-1]).T))]
    return LineString(np.vstack((kept, mouth)))


def make_outline(courses: dict[str, LineString]) -> Polygon:
    """The district in EPSG:4545: the coarse outline roughened, following a river's far bank where one is the border."""
    facts = table("outline").sort_values("seq")
    corners = metric_points(facts)
    edges = facts["edge"].fillna("").to_list()
    pieces = []
    banks = _banks(courses, corners, edges)
    for start, a in enumerate(corners):
        stop = (start + 1) % len(corners)
        if start in banks:
            pieces.append(banks[start])
        elif not edges[start]:
            a = banks[_group_start(edges, start - 1)][-1] if edges[start - 1] else a
            b = banks[stop][0] if stop in banks else corners[stop]
            pieces.append(roughened(np.vstack((a, b)), f"outline {start}", longest_m=130.0)[:-1])
    ring = Polygon(roughened(np.vstack((*pieces, pieces[0][:1])), "outline joints", longest_m=260.0, spread=0.05))
    largest = max(shapely.get_parts(shapely.make_valid(ring)), key=lambda part: part.area)
    return Polygon(largest.exterior)


def _group_start(edges: list[str], at: int) -> int:
    """The first of the edges in a row that follow the same river as edge `at`."""
    while at > 0 and edges[at - 1] == edges[at]:
        at -= 1
    return at


def _banks(courses: dict[str, LineString], corners: np.ndarray, edges: list[str]) -> dict[int, np.ndarray]:
    """By the first edge of every stretch that follows a river: the river's far bank along the stretch."""
    banks = {}
    for start, river in enumerate(edges):
        if river and _group_start(edges, start) == start:
            stop = start + 1
            while stop < len(edges) and edges[stop] == river:
                stop += 1
            banks[start] = _bank(courses[river], corners[start], corners[stop % len(corners)])
    return banks


def _bank(river: LineString, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The far bank of `river` from beside `a` to beside `b`; the ring runs clockwise, so outside is on its left."""
    along = [river.project(shapely.Point(*end)) for end in (a, b)]
    reach = shapely.ops.substring(river, *along)
    bank = shapely.get_coordinates(reach.offset_curve(BANK_M))
    if np.hypot(*(bank[0] - a)) > np.hypot(*(bank[-1] - a)):
        bank = bank[::-1]
    return np.round(bank, 2)
