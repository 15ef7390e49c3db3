"""What a feature says of its township against where it lies: blanks filled, contradictions and strays told."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import move
from geo.shapes.offset import UNSHIFT, unshift
from geo.shapes.relations import assign
from geo.zones import LONLAT
from layers.reading.register import Register
from layers.reading.report import Report

NEAR_M = 50.0  # a point on a border may stand this far over it
SUSPICIOUS = 5  # features in another township than they say, from which an offset of the whole layer is looked for
NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}
_LOOKED_AT = 2_000


def check_position(
    frame: gpd.GeoDataFrame, report: Report, *, register: Register, keep: np.ndarray
) -> gpd.GeoDataFrame:
    """The frame with missing township codes filled from the position; contradictions and strays go to `report`.

    A feature belongs where its code says as soon as any part of it lies there. Only rows in `keep` are looked at.
    """
    shapes = frame.geometry.array.to_numpy()
    if "township" not in frame.columns:
        _tell_strays(np.flatnonzero(keep & ~_within(register.wide, shapes)), report)
        return frame
    said = frame["township"]
    here = _where_said(shapes, said, register)
    doubtful = np.flatnonzero(keep & ~here)
    if not len(doubtful):
        return frame
    lies_in = _lies_in(frame.iloc[doubtful], register)
    blank = said.iloc[doubtful].isna().to_numpy()
    placed = np.array([code is not None for code in lies_in], dtype=bool)
    stray = ~placed & ~_within(register.wide, shapes[doubtful])
    _tell_strays(doubtful[stray], report)
    for position, code in zip(doubtful[~blank & placed].tolist(), lies_in[~blank & placed], strict=True):
        facts = {"lies_in": code}
        report.add("township_contradicted", position=position, field="township", value=said.iloc[position], facts=facts)
    _tell_offset(shapes, said, report, register=register, doubtful=doubtful[~blank])
    filled = doubtful[blank & placed]
    if not len(filled):
        return frame
    report.add("township_from_position", "repaired", field="township", facts={"count": len(filled)})
    codes = said.to_numpy(dtype=object).copy()
    codes[filled] = lies_in[blank & placed]
    return frame.assign(township=pd.Series(codes, index=frame.index).astype("str"))


def _tell_offset(
    shapes: np.ndarray, said: pd.Series, report: Report, *, register: Register, doubtful: np.ndarray
) -> None:
    """One warning when the features lie where they say once the GCJ-02 or BD-09 offset is taken off the layer."""
    if len(doubtful) < SUSPICIOUS:
        return
    some = np.union1d(doubtful[:_LOOKED_AT], np.arange(0, len(shapes), max(1, len(shapes) // _LOOKED_AT)))
    lonlat = move(shapes[some], register.crs, LONLAT)
    wrong = {}
    for offset in UNSHIFT:
        moved = move(unshift(lonlat, offset), LONLAT, register.crs)
        wrong[offset] = int((~_where_said(moved, said.iloc[some], register)).sum())
    best = min(wrong, key=wrong.__getitem__)
    if wrong[best] <= min(len(doubtful), _LOOKED_AT) // 5:
        report.add("offset_suspected", facts={"count": len(doubtful), "left": wrong[best], "system": NAMES[best]})


def _where_said(shapes: np.ndarray, said: pd.Series, register: Register) -> np.ndarray:
    """Boolean array: true where a feature touches the township its code names."""
    here = np.zeros(len(shapes), dtype=bool)
    codes, names = pd.factorize(said)
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for place, name in enumerate(names):
        polygon = register.polygons.get(name)
        at = order[edges[place] : edges[place + 1]]
        here[at] = _within(polygon, shapes[at]) if polygon is not None else True
        off = at[~here[at]]
        here[off] = shapely.dwithin(polygon, shapes[off], NEAR_M) if len(off) else True
    return here


def _within(polygon: shapely.Geometry, shapes: np.ndarray) -> np.ndarray:
    """Whether each shape touches the prepared polygon; shapes whose first corner is inside are quickly known."""
    bounds = shapely.bounds(shapes)
    inside = shapely.contains_xy(polygon, bounds[:, 0], bounds[:, 1])
    rest = np.flatnonzero(~inside | (shapely.get_type_id(shapes) != 0))
    inside[rest] = shapely.intersects(polygon, shapes[rest])
    return inside


def _lies_in(frame: gpd.GeoDataFrame, register: Register) -> np.ndarray:
    zones = gpd.GeoDataFrame(
        geometry=list(register.polygons.values()),
        index=pd.Index(list(register.polygons), dtype="object"),
        crs=frame.crs,
    )
    found = assign(frame[[frame.geometry.name]], zones).to_numpy(dtype=object)
    return np.array([None if pd.isna(code) else code for code in found], dtype=object)


def _tell_strays(positions: np.ndarray, report: Report) -> None:
    for position in positions.tolist():
        report.add("outside_district", position=position)
