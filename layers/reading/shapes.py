"""Geometry as declared: right kind, present, valid; what can be mended without changing much is mended and told."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.shapes.repair import repair
from geo.shapes.rings import surely_valid
from layers.reading.report import Report

_KINDS = {"point": (0, 4), "line": (1, 2, 5), "polygon": (3, 6)}


def mend_shapes(frame: gpd.GeoDataFrame, report: Report) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """The frame (metric CRS) with broken shapes mended, and a boolean array, false for rows to leave out.

    Left out are rows without geometry, of another kind than declared, without extent, and those whose mending would
    change their area by more than a hundredth.
    """
    shapes = frame.geometry.array.to_numpy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    wrong = ~absent & ~np.isin(shapely.get_type_id(shapes), _KINDS[report.layer.geometry])
    for position in np.flatnonzero(absent).tolist():
        report.add("no_geometry", "error", position=position)
    for position in np.flatnonzero(wrong).tolist():
        report.add("wrong_geometry", "error", position=position, value=shapes[position].geom_type)
    keep = ~absent & ~wrong
    doubtful = np.flatnonzero(keep & ~surely_valid(shapes))
    if not len(doubtful):
        return frame, keep
    mended, repairs = repair(frame.iloc[doubtful][[frame.geometry.name]])
    for item in repairs:
        position = int(doubtful[item.row])
        facts = {"before": item.before_m2, "after": item.after_m2, "unit": "m2"}
        report.add(item.key, "error" if item.held else "repaired", position=position, facts=facts)
        keep[position] &= not item.held
    if not repairs:
        return frame, keep
    shapes = shapes.copy()
    shapes[doubtful] = mended.geometry.array.to_numpy()
    return frame.set_geometry(gpd.GeoSeries(shapes, frame.index, crs=frame.crs)), keep
