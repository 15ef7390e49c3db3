"""Smooth random fields and lines, rounded so that every machine makes the same ones."""

from __future__ import annotations

import numpy as np
import shapely

from data.make.facts import numbers
from data.make.land.grid import Grid

DECIMALS = 6


def _waves(grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Wave numbers in cycles per metre along x (1, n) and y (rows, 1)."""
    return np.fft.rfftfreq(grid.columns, grid.cell_m)[None, :], np.fft.fftfreq(grid.rows, grid.cell_m)[:, None]


def smooth(values: np.ndarray, grid: Grid, *, radius_m: float) -> np.ndarray:
    """`values`, on `grid` or a cut-out of it, under a Gaussian of deviation `radius_m`, mirrored at the rim."""
    reach = int(min(3 * radius_m / grid.cell_m + 1, min(values.shape) - 1))
    padded = np.pad(values, reach, mode="reflect")
    kx = np.fft.rfftfreq(padded.shape[1], grid.cell_m)[None, :]
    ky = np.fft.fftfreq(padded.shape[0], grid.cell_m)[:, None]
    damp = np.exp(-2 * (np.pi * radius_m) ** 2 * (kx**2 + ky**2))
    result = np.fft.irfft2(np.fft.rfft2(padded) * damp, s=padded.shape)
    return np.round(result[reach : reach + values.shape[0], reach : reach + values.shape[1]], 4)


def rough(grid: Grid, name: str, *, longest_m: float, shortest_m: float = 180.0, slope: float = 1.8) -> np.ndarray:
    """A fractal field of mean 0 and standard deviation 1 with waves between the two lengths.

    `slope` is the fall of amplitude with wave number; the larger, the smoother.
    """
    return _filtered(grid, name, longest_m=longest_m, shortest_m=shortest_m, slope=slope, stretch=1.0)


def folds(grid: Grid, name: str, *, longest_m: float, shortest_m: float = 1500.0) -> np.ndarray:
    """A field of mean 0 and standard deviation 1 stretched along the folds of the land, which run north-north-east."""
    return _filtered(grid, name, longest_m=longest_m, shortest_m=shortest_m, slope=1.2, stretch=4.0)


def _filtered(
    grid: Grid, name: str, *, longest_m: float, shortest_m: float, slope: float, stretch: float
) -> np.ndarray:
    kx, ky = _waves(grid)
    along = (kx * 0.42 + ky * 0.91) * stretch  # strike 25° east of north
    across = kx * 0.91 - ky * 0.42
    k = np.sqrt(along**2 + across**2)
    band = (k >= 1 / longest_m) & (k <= 1 / shortest_m)
    white = numbers(name).standard_normal(grid.shape)
    spectrum = np.fft.rfft2(white) * np.where(band, np.maximum(k, 1 / longest_m) ** -slope, 0.0)
    field = np.fft.irfft2(spectrum, s=grid.shape)
    return np.round(field / field.std(), DECIMALS)


def curve(points: np.ndarray, *, step_m: float) -> np.ndarray:
    """A smooth line through `points` (n, 2) with a vertex about every `step_m` (Catmull–Rom)."""
    ends = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    pieces = []
    for a, b, c, d in zip(ends[:-3], ends[1:-2], ends[2:-1], ends[3:], strict=True):
        t = np.linspace(0, 1, max(2, int(np.hypot(*(c - b)) / step_m)), endpoint=False)[:, None]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack((*pieces, points[-1:]))


def wander(line: np.ndarray, name: str, *, amplitude_m: float, wave_m: float) -> np.ndarray:
    """`line` (n, 2) pushed sideways by smooth noise that fades out at both ends; vertices evenly spaced."""
    string = shapely.LineString(line)
    count = max(8, int(string.length / (wave_m / 60)))
    at = np.linspace(0, string.length, count)
    even = shapely.get_coordinates(shapely.line_interpolate_point(string, at))
    random = numbers(name)
    push = np.zeros(count)
    for octave in range(4):
        wave = wave_m / 1.9**octave
        for _ in range(2):
            phase, factor = random.uniform(0, 2 * np.pi), random.uniform(0.8, 1.25)
            push += np.sin(2 * np.pi * at / (wave * factor) + phase) * 0.55 / 1.7**octave
    fade = np.minimum(1, np.minimum(at, string.length - at) / wave_m)
    tangent = np.gradient(even, axis=0)
    normal = np.column_stack((-tangent[:, 1], tangent[:, 0])) / np.hypot(*tangent.T)[:, None]
    return np.round(even + normal * (push * fade * amplitude_m)[:, None], 2)


def roughened(line: np.ndarray, name: str, *, longest_m: float, spread: float = 0.10) -> np.ndarray:
    """`line` (n, 2) with every step longer than `longest_m` bent at its middle, again and again; vertices stay.

    A bend is normally distributed with standard deviation `spread` of the step's length.
    """
    random = numbers(name)
    while True:
        step = np.diff(line, axis=0)
        long = np.hypot(*step.T) > longest_m
        if not long.any():
            return np.round(line, 2)
        push = random.normal(0, spread, len(step)).clip(-2 * spread, 2 * spread)[:, None]
        middle = line[:-1] + step / 2 + np.column_stack((-step[:, 1], step[:, 0])) * push
        line = np.insert(line, np.flatnonzero(long) + 1, middle[long], axis=0)
