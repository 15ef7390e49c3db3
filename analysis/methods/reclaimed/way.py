"""The way to a pipe as numbers for a drawing: ground along it, and the water's head at peak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyproj import CRS

from analysis.hydraulics.pipe import start_head_m
from analysis.hydraulics.route import route_to
from analysis.methods.reclaimed.built import Built
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.routing.profile import profile_of
from geo.grids.raster import Raster


@dataclass(frozen=True)
class Way:
    """The ground along a pipe's way from the plant: distance and height in m, the water's head at peak where known.

    `own_from_m` is where the pipe looked at begins.
    """

    distance_m: np.ndarray
    height_m: np.ndarray
    head_at_m: Sequence[tuple[float, float]]
    own_from_m: float


def way_to(built: Built, found: Candidates, pipe: str, *, crs: CRS) -> Way | None:
    """Ground and heads from the plant to the end of a pipe; none for a pipe the plan has not, or without relief."""
    route = route_to(built.pipes.drop(columns="geometry"), pipe)
    if not route or found.surface is None:
        return None
    ground = Raster(found.surface.height, found.surface.transform, crs)
    rows = built.pipes.set_index("id")
    distances, heights, at = [], [], 0.0
    heads: list[tuple[float, float]] = []
    own = 0.0
    for id_ in route:
        own = at
        told = profile_of(ground, rows.at[id_, "geometry"])
        distances.append(told.distance_m + at)
        heights.append(told.height_m)
        heads += _heads(built, id_, at, at + float(told.distance_m[-1]))
        at += float(told.distance_m[-1])
    return Way(np.concatenate(distances), np.concatenate(heights), heads, own)


def _heads(built: Built, pipe: str, start_m: float, end_m: float) -> list[tuple[float, float]]:
    """Head at both ends of a pipe at peak, behind its pump or valve; empty where nothing was simulated."""
    if built.check is None or pipe not in built.check.layout.pipes.index:
        return []
    row, nodes = built.check.layout.pipes.loc[pipe], built.check.nodes["head_peak_m"]
    return [(start_m, start_head_m(row, float(nodes[row["from"]]), "peak")), (end_m, float(nodes[row["to"]]))]
