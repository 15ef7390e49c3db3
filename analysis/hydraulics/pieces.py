"""Pipes cut into pieces where the ground rises or falls further than one station lifts or one pressure class stands.

A pump or a reducing valve stands at the start of a pipe. So that it can stand where the water needs it, a pipe whose
ground rises (with its friction) or falls by more than a band is cut there; the last metres before a user are a piece of
their own where it lies far below. A piece carries on the id of its pipe with a number: C0156a, C0156a.2, C0156a.3; the
node a piece starts at has its name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

BAND_SHARE = 0.75
_AT_THE_USER_M = 10.0


@dataclass(frozen=True)
class Piece:
    """A stretch of a pipe by distance from its start in m, with the ground along it."""

    id: str
    start_m: float
    end_m: float
    distance_m: np.ndarray
    height_m: np.ndarray

    @property
    def lift_m(self) -> float:
        """From the start to the highest point, at least 0."""
        return float(self.height_m.max() - self.height_m[0])

    @property
    def low(self) -> tuple[float, float]:
        """The height of the lowest point, and how far along the piece it lies (0–1)."""
        at = int(self.height_m.argmin())
        long = self.end_m - self.start_m
        return float(self.height_m[at]), float((self.distance_m[at] - self.start_m) / long) if long > 0 else 0.0


def pieces_of(
    id_: str, distance_m: np.ndarray, height_m: np.ndarray, *, band_m: float, loss_per_m: float, user_fall_m: float
) -> list[Piece]:
    """The pieces of a pipe over its ground, one where it need not be cut; heights that are not known are left out.

    `loss_per_m` is its friction at the peak. `user_fall_m` is how far its last piece may lie above its end, infinite
    for a pipe that does not end at a user.
    """
    known = np.isfinite(height_m)
    distance, height = distance_m, height_m
    if known.sum() >= 2:
        distance, height = distance_m[known].copy(), height_m[known]
        distance[0], distance[-1] = distance_m[0], distance_m[-1]
    at = [0, *_cuts(distance, height, band_m, loss_per_m)]
    end = float(distance[-1])
    if height[at[-1]] - height[-1] > user_fall_m and end - distance[at[-1]] > 2 * _AT_THE_USER_M:
        distance, height = _with_point(distance, height, end - _AT_THE_USER_M)
        at.append(len(distance) - 2)
    spans = zip(at, [*at[1:], len(distance) - 1], strict=True)
    return [
        Piece(
            id_ if n == 1 else f"{id_}.{n}", float(distance[start]), float(distance[stop]),
            distance[start : stop + 1], height[start : stop + 1],
        )
        for n, (start, stop) in enumerate(spans, start=1)
    ]  # fmt: skip


def halved(id_: str, pieces: list[Piece], which: Collection[str]) -> list[Piece]:
    """The pieces of a pipe with those named cut once more half way, numbered anew: two stations share their lift."""
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    for piece in pieces:
        distance, height = piece.distance_m, piece.height_m
        if piece.id not in which:
            parts.append((distance, height))
            continue
        middle = (piece.start_m + piece.end_m) / 2
        at, before = float(np.interp(middle, distance, height)), distance < middle
        parts.append((np.append(distance[before], middle), np.append(height[before], at)))
        parts.append((np.insert(distance[~before], 0, middle), np.insert(height[~before], 0, at)))
    return [
        Piece(id_ if n == 1 else f"{id_}.{n}", float(distance[0]), float(distance[-1]), distance, height)
        for n, (distance, height) in enumerate(parts, start=1)
    ]


def _cuts(distance: np.ndarray, height: np.ndarray, band_m: float, loss_per_m: float) -> list[int]:
    """The points at which the ground since the last cut would leave the band with the next point."""
    found: list[int] = []
    start = 0
    for n in range(1, len(distance)):
        since = height[start : n + 1] - height[start]
        rise = since.max() + loss_per_m * (distance[n] - distance[start])
        if max(rise, -since.min()) > band_m and n - 1 > start:
            found.append(n - 1)
            start = n - 1
    return found


def _with_point(distance: np.ndarray, height: np.ndarray, at_m: float) -> tuple[np.ndarray, np.ndarray]:
    """The profile up to a point, with it and its end."""
    before = distance < at_m
    middle = float(np.interp(at_m, distance, height))
    return (
        np.concatenate([distance[before], [at_m], distance[-1:]]),
        np.concatenate([height[before], [middle], height[-1:]]),
    )
