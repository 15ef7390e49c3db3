"""Names on a printed map: a halo around each, none over another; the ones that find no room are left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from maps.look.style import INK, PAPER
from maps.printed import font

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name, the ground it belongs to (metres), its size in points and its colour; `gap_pt` keeps off a symbol."""

    text: str
    place: BaseGeometry
    size: float = 6.6
    colour: str = INK
    gap_pt: float = 3.5
    longest: int = 18


@dataclass
class Room:
    """The room left on a panel: boxes taken so far, in pixels."""

    axes: Axes
    pixel_per_pt: float
    taken: list[Box] = field(default_factory=list)
    soft: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))

    def avoid(self, points: NDArray[np.float64], *, radius_pt: float) -> None:
        """Ask names to keep off symbols at these points (metres) where they can."""
        pixels = self.axes.transData.transform(points) if len(points) else np.empty((0, 2))
        reach = radius_pt * self.pixel_per_pt
        self.soft = np.vstack([self.soft, np.hstack([pixels - reach, pixels + reach])])

    def free(self, boxes: Sequence[Box]) -> bool:
        """Whether the boxes lie inside the panel and on no name."""
        panel = self.axes.bbox
        inside = all(
            b[0] > panel.x0 + 2 and b[1] > panel.y0 + 2 and b[2] < panel.x1 - 2 and b[3] < panel.y1 - 2 for b in boxes
        )
        return inside and not any(_meet(box, other) for box in boxes for other in self.taken)

    def symbols_under(self, box: Box) -> int:
        """How many symbols the box would cover."""
        west, south, east, north = self.soft.T
        return int(((west < box[2]) & (east > box[0]) & (south < box[3]) & (north > box[1])).sum())


def place_labels(axes: Axes, labels: Sequence[Label], *, room: Room, most: int = 110) -> int:
    """Draw the names that find room, earlier ones first, at most so many; how many were drawn."""
    drawn = 0
    for label in labels:
        if drawn >= most:
            break
        text = font.drawable(label.text, longest=label.longest)
        if text and _place(axes, label, text, room):
            drawn += 1
    return drawn


def _place(axes: Axes, label: Label, text: str, room: Room) -> bool:
    spots = _along(label, text, room) if shapely.get_dimensions(label.place) == 1 else _around(label, text, room)
    best: tuple[int, NDArray[np.float64], float, list[Box]] | None = None
    for middle, angle, boxes in spots:
        if not room.free(boxes):
            continue
        covered = sum(room.symbols_under(box) for box in boxes)
        if best is None or covered < best[0]:
            best = covered, middle, angle, boxes
        if covered == 0:
            break
    if best is None:
        return False
    room.taken.extend(best[3])
    _draw(axes, label, text, middle=best[1], angle=best[2])
    return True


def _draw(axes: Axes, label: Label, text: str, *, middle: NDArray[np.float64], angle: float) -> None:
    x, y = axes.transData.inverted().transform(middle)
    axes.text(
        x,
        y,
        text,
        fontproperties=font.properties(label.size),
        color=label.colour,
        ha="center",
        va="center",
        rotation=angle,
        rotation_mode="anchor",
        parse_math=False,
        zorder=80,
        path_effects=[withStroke(linewidth=0.34 * label.size, foreground=PAPER, alpha=0.9)],
    )


def _around(label: Label, text: str, room: Room) -> Iterator[tuple[NDArray[np.float64], float, list[Box]]]:
    """Places for the name of a point or area: on it for an area, else to its right, left, above, below and between."""
    is_area = shapely.get_dimensions(label.place) == 2
    spot = shapely.get_coordinates(label.place.representative_point() if is_area else label.place.centroid)[0]
    x, y = room.axes.transData.transform(spot)
    wide = font.ems(text) * label.size * room.pixel_per_pt / 2
    high = 0.62 * label.size * room.pixel_per_pt
    gap = label.gap_pt * room.pixel_per_pt
    moves = [(1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (0.8, -0.8), (-0.8, 0.8), (-0.8, -0.8)]
    for across, up in [(0, 0), *moves] if is_area else moves:
        middle = np.array([x + across * (wide + gap), y + up * (high + gap)])
        yield middle, 0.0, [(middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high)]


def _along(label: Label, text: str, room: Room) -> Iterator[tuple[NDArray[np.float64], float, list[Box]]]:
    """Places for the name of a line, turned along its longest part: at the middle, then nearer the ends."""
    parts = shapely.get_parts(label.place)
    run = room.axes.transData.transform(shapely.get_coordinates(parts[np.argmax(shapely.length(parts))]))
    course = shapely.linestrings(run)
    ems, size = font.ems(text), label.size * room.pixel_per_pt
    if course.length < ems * size * 1.15:
        return
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        middle, half = course.length * share, ems * size / 2
        if not half < middle < course.length - half:
            continue
        first, last = (shapely.get_coordinates(course.interpolate(middle + d))[0] for d in (-half, half))
        if np.hypot(*(last - first)) < 1.7 * half:
            continue  # the line bends too much here
        angle = math.degrees(math.atan2(*(last - first)[::-1]))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
        centre = shapely.get_coordinates(course.interpolate(middle))[0] * 0.5 + (first + last) * 0.25
        yield centre, angle, _tiles(centre, angle, ems, size)


def _tiles(centre: NDArray[np.float64], angle: float, ems: float, size: float) -> list[Box]:
    """Squares along a turned name that together cover it."""
    count = max(math.ceil(ems), 1)
    steps = (np.arange(count) + 0.5) * ems / count - ems / 2
    turn = math.radians(angle)
    middles = centre + np.column_stack([steps * math.cos(turn), steps * math.sin(turn)]) * size
    half = 0.62 * size
    return [(x - half, y - half, x + half, y + half) for x, y in middles]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
