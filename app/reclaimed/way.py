"""The way to a pipe as numbers for a drawing: ground along it, and the water's head at peak."""

from __future__ import annotations

import numpy as np

from analysis.hydraulics.route import route_to
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.profile import profile_of
from app.reclaimed.charts import Way
from geo.grids.raster import Raster
from reports.reclaimed.paper import NetworkPaper


def way_to(paper: NetworkPaper, found: Candidates, pipe: str) -> Way | None:
    """Ground and heads from the plant to the end of a pipe; none for a pipe the plan has not, or without relief."""
    route = route_to(paper.pipes.drop(columns="geometry"), pipe)
    if not route or found.surface is None:
        return None
    ground = Raster(found.surface.height, found.surface.transform, paper.district.settings.metric_crs)
    rows = paper.pipes.set_index("id")
    distances, heights, heads, at = [], [], [], 0.0
    own = 0.0
    for id_ in route:
        own = at
        told = profile_of(ground, rows.at[id_, "geometry"])
        distances.append(told.distance_m + at)
        heights.append(told.height_m)
        heads += _heads(paper, id_, at, at + float(told.distance_m[-1]))
        at += float(told.distance_m[-1])
    return Way(np.concatenate(distances), np.concatenate(heights), heads, own)


def _heads(paper: NetworkPaper, pipe: str, start_m: float, end_m: float) -> list[tuple[float, float]]:
    """Head at both ends of a pipe at peak, behind its pump; empty where nothing was simulated."""
    if paper.check is None or pipe not in paper.check.pipes.index:
        return []
    row, nodes = paper.check.pipes.loc[pipe], paper.check.nodes["head_peak_m"]
    return [(start_m, float(nodes[row["from"]] + row["pump_head_m"])), (end_m, float(nodes[row["to"]]))]
