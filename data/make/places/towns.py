"""Towns: a built-up area around each seat, a net of streets in it, and the blocks between the streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon

from data.make.facts import numbers
from data.make.places.placing import grow
from data.make.scene import Scene

M2_PER_PERSON = 72.0
SMALLEST_M2 = 130_000.0
SPACING_M = (158.0, 112.0)
SMALL_SPACING_M = (104.0, 78.0)  # in towns under SMALL_M2
SMALL_M2 = 700_000.0
CROOKED_M = 17.0  # how far a corner lies off the lattice, either way
CLOSED = 0.3  # streets of the lattice that were never built, as long as all corners stay joined
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


@dataclass(frozen=True)
class Town:
    """A township's seat: its built-up `area`, street corners (n, 2), streets as pairs of corners, and blocks."""

    code: str
    area: Polygon
    corners: np.ndarray
    streets: tuple[tuple[int, int], ...]
    blocks: tuple[Polygon, ...]

    def nearest_corner(self, place: np.ndarray) -> np.ndarray:
        """The street corner nearest a place."""
        return self.corners[np.argmin(np.hypot(*(self.corners - place).T))]

    def street(self, number: int) -> LineString:
        """A street as a line."""
        return LineString(self.corners[list(self.streets[number])])

    def tree(self) -> list[tuple[int, int]]:
        """Streets that join all corners without a ring, outward from the first corner."""
        reached, grown, queue = {0}, [], [0]
        near: dict[int, list[int]] = {}
        for a, b in self.streets:
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
        while queue:
            corner = queue.pop(0)
            for other in near.get(corner, []):
                if other not in reached:
                    reached.add(other)
                    queue.append(other)
                    grown.append((corner, other))
        return grown


def make_towns(scene: Scene) -> dict[str, Town]:
    """A town for every township of today, no two overlapping."""
    cost = np.minimum(scene.slope / 0.5, 3) + 8 * (scene.river_m < 130) + 4 * (scene.cover == 6)
    towns = {}
    for code in scene.codes:
        area_m2 = max(SMALLEST_M2, scene.urban_people[code] * M2_PER_PERSON)
        area = grow(scene, scene.seats[code], code=code, area_m2=area_m2, cost=cost)
        towns[code] = _town(code, area)
    return towns


def _town(code: str, area: Polygon) -> Town:
    corners, index = _lattice(code, area)
    room = area.buffer(-10.0)
    shapely.prepare(room)
    streets = [
        (a, index[i + di, j + dj])
        for (i, j), a in index.items()
        for di, dj in _STEPS[:2]
        if (i + di, j + dj) in index and room.contains(LineString(corners[[a, index[i + di, j + dj]]]))
    ]
    kept = _largest_part(len(corners), streets)
    if len(kept) < 2:
        return Town(code, area, np.round(shapely.get_coordinates(area.representative_point()), 1), (), ())
    number = {old: new for new, old in enumerate(kept)}
    joined = _opened(code, [(number[a], number[b]) for a, b in streets if a in number])
    return Town(code, area, corners[kept], tuple(joined), _blocks(corners, index, set(streets), number))


def _opened(code: str, streets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The streets without some of them, by chance; none is left out that alone joins two parts."""
    random, kept = numbers(f"open streets {code}"), list(streets)
    corners = 1 + max(max(pair) for pair in streets)
    for street in [streets[n] for n in random.permutation(len(streets))[: round(len(streets) * CLOSED)]]:
        rest = [other for other in kept if other != street]
        if len(_largest_part(corners, rest)) == corners:
            kept = rest
    return kept


def _lattice(code: str, area: Polygon) -> tuple[np.ndarray, dict[tuple[int, int], int]]:
    """Slightly crooked street corners inside the area, along its long side; their numbers by row and column."""
    frame = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    sides = np.diff(frame[:3], axis=0)
    long = sides[np.argmax(np.hypot(*sides.T))]
    along = long / np.hypot(*long)
    across = np.array([-along[1], along[0]])
    spacing = SMALL_SPACING_M if area.area < SMALL_M2 else SPACING_M
    reach = int(np.hypot(*sides.T).max() / min(spacing)) + 2
    random, centre = numbers(f"streets {code}"), shapely.get_coordinates(area.centroid)[0]
    i, j = (axis.ravel() for axis in np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1)))
    places = centre + np.outer(i * spacing[0], along) + np.outer(j * spacing[1], across)
    places = np.round(places + random.uniform(-CROOKED_M, CROOKED_M, places.shape), 1)
    inside = shapely.contains_xy(area.buffer(-14.0), places)
    index = {(int(a), int(b)): n for n, (a, b) in enumerate(zip(i[inside], j[inside], strict=True))}
    return places[inside], index


def _largest_part(count: int, streets: list[tuple[int, int]]) -> list[int]:
    """The corners of the largest connected part, in order."""
    part = list(range(count))
    changed = True
    while changed:
        changed = False
        for a, b in streets:
            low = min(part[a], part[b])
            if part[a] != low or part[b] != low:
                part[a] = part[b] = low
                changed = True
    largest = max(sorted(set(part)), key=part.count) if part else -1
    return [corner for corner in range(count) if part[corner] == largest]


def _blocks(
    corners: np.ndarray,
    index: dict[tuple[int, int], int],
    streets: set[tuple[int, int]],
    kept: dict[int, int],
) -> tuple[Polygon, ...]:
    """The blocks with a street on all four sides, drawn in from the streets."""
    found = []
    for (i, j), a in index.items():
        b, c, d = (index.get(key) for key in ((i + 1, j), (i + 1, j + 1), (i, j + 1)))
        if None in (b, c, d) or a not in kept or not {(a, b), (b, c), (d, c), (a, d)} <= streets:
            continue
        block = Polygon(corners[[a, b, c, d]]).buffer(-11.0, join_style="mitre")
        if block.geom_type == "Polygon" and block.area > 3000:
            found.append(shapely.set_precision(block, 0.1))
    return tuple(found)
