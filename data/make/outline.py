"""The named rivers' courses and the district's outline, both drawn from coarse facts with natural-looking detail."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.ops
from shapely import LineString, Polygon

from data.make.facts import metric_points, numbers, table
from data.make.noise import curve, wander

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
    pieces: list[np.ndarray] = []
    start = 0
    while start < len(corners):
        stop = start + 1
        while edges[start] and stop < len(corners) and edges[stop] == edges[start]:
            stop += 1
        a, b = corners[start], corners[stop % len(corners)]
        if edges[start]:
            pieces.append(_bank(courses[edges[start]], a, b))
        else:
            pieces.append(_roughened(a, b, f"outline {start}"))
        start = stop
    ring = Polygon(np.vstack(pieces))
    largest = max(shapely.get_parts(shapely.make_valid(ring)), key=lambda part: part.area)
    return Polygon(largest.exterior)


def _roughened(a: np.ndarray, b: np.ndarray, name: str) -> np.ndarray:
    """The edge from `a` to `b` without `b`, displaced at its midpoints again and again."""
    random, line = numbers(name), np.vstack((a, b))
    while np.hypot(*(line[1] - line[0])) > 130.0:
        step = np.diff(line, axis=0)
        push = random.normal(0, 0.10, len(step)).clip(-0.2, 0.2)[:, None]
        middle = line[:-1] + step / 2 + np.column_stack((-step[:, 1], step[:, 0])) * push
        line = np.vstack((np.stack((line[:-1], middle), axis=1).reshape(-1, 2), line[-1:]))
    return np.round(line[:-1], 2)


def _bank(river: LineString, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The far bank of `river` from beside `a` to beside `b`; the ring runs clockwise, so outside is on its left."""
    along = [river.project(shapely.Point(*end)) for end in (a, b)]
    reach = shapely.ops.substring(river, *along)
    bank = shapely.get_coordinates(reach.offset_curve(BANK_M))
    if np.hypot(*(bank[0] - a)) > np.hypot(*(bank[-1] - a)):
        bank = bank[::-1]
    return np.round(bank, 2)
