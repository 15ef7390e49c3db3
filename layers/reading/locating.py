"""Where the coordinates of a file really are: its CRS tested against the district, and the offset of map services.

A system that is missing but plain from the numbers is used and told; one that is contradicted, ambiguous or unknown,
and coordinates that carry the GCJ-02 or BD-09 offset, hold the layer back: nothing is moved in silence.
"""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import shapely
from pyproj import CRS

from geo.crs import name as crs_name
from geo.crs import to_crs, uncertain_datum
from geo.placing import place, refuse, refuse_offset
from geo.zones import Bounds
from layers.reading.register import Register
from layers.reading.report import Report
from words.errors import AtlasError


def locate(frame: gpd.GeoDataFrame, report: Report, *, metric: CRS, register: Register | None) -> gpd.GeoDataFrame:
    """The frame in the metric CRS, once its own system is believed; AtlasError when it cannot be.

    Without a register (the townships themselves) the place is the area the metric CRS is made for, and only a
    declared system that fits is believed.
    """
    if frame.empty:
        return frame.set_crs(metric, allow_override=True)
    believed = _believed(frame, report, metric=metric, register=register)
    datum = uncertain_datum(believed.crs)
    if datum:
        report.add("geo.notes.crs.uncertain_datum", facts={"datum": datum})
    moved = to_crs(believed, metric)
    if register is not None:
        shapes = moved.geometry.array.to_numpy()
        refuse_offset(shapes, metric, outline=register.lonlat_outline, wide=register.wide, file=report.file)
    return moved


def _believed(frame: gpd.GeoDataFrame, report: Report, *, metric: CRS, register: Register | None) -> gpd.GeoDataFrame:
    reference = _place_of(metric) if register is None else register.lonlat_bounds
    if reference is None:
        if frame.crs is None:
            raise AtlasError("problems.crs_missing", file=report.file, candidates="–")
        return frame
    outline = shapely.box(*reference) if register is None else register.lonlat_outline
    reading = place(frame.geometry.array.to_numpy(), frame.crs, outline=outline)
    if reading.certainty == "likely" and register is None:
        reading = replace(reading, certainty="ambiguous")
    refuse(reading, ask="problems.crs_missing", file=report.file)
    if reading.certainty == "certain" or reading.crs is None:
        return frame
    report.add("crs_assumed", facts={"crs": crs_name(reading.crs)})
    return _turned(frame, reading.swapped).set_crs(reading.crs)


def _place_of(metric: CRS) -> Bounds | None:
    area = metric.area_of_use
    return None if area is None else (area.west, area.south, area.east, area.north)


def _turned(frame: gpd.GeoDataFrame, swapped: bool) -> gpd.GeoDataFrame:
    if not swapped:
        return frame
    turned = shapely.transform(frame.geometry.array.to_numpy(), lambda x, y: (y, x), interleaved=False)
    return frame.set_geometry(gpd.GeoSeries(turned, frame.index))
