"""The shorelines of rivers and of the reservoirs on them, from which the Yangtze law measures its distances.

Groups `shore:<how>:<which>`. How the shoreline is known: `range` (edge of a drawn management range), `water` (edge of a
reservoir's water), `width` (centre line less half the river's width), `centre` (the centre line alone). Which waters:
`all`, `important` tributaries, the `stem`, `untold` (importance not said). Where a river has a range or a reservoir its
line is not asked.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from layers.district import District

STEM = "长江"
Shores = tuple[str, pd.DataFrame | None, bool]
_NONE = pd.DataFrame({"id": [], "geometry": []})


def shores_of(district: District, how: str, which: str) -> Shores:
    """Layer id, rows (none: no word on rivers) and that they are no drafts, for a group's name."""
    rivers = district.frames.get("rivers")
    if rivers is None:
        return "rivers", None, False
    chosen = rivers[_which(rivers, which)]
    if how == "range":
        return "protection_zones", _ranges(district, chosen, which), False
    if how == "water":
        waters = district.frames.get("reservoirs") if which == "all" else None
        return "reservoirs", _NONE if waters is None else waters, False
    return "rivers", _lines(district, chosen, wide=how == "width"), False


def _which(rivers: gpd.GeoDataFrame, which: str) -> pd.Series:
    important = rivers["important_tributary"].astype("boolean")
    stem = rivers["name"] == STEM
    return {
        "all": pd.Series(True, rivers.index),
        "important": important.fillna(False).astype(bool) & ~stem,
        "stem": stem,
        "untold": important.isna() & ~stem,
    }[which]


def _ranges(district: District, rivers: gpd.GeoDataFrame, which: str) -> pd.DataFrame:
    zones = district.frames.get("protection_zones")
    if zones is None:
        return _NONE
    ranges = zones[zones["kind"] == "river_management"]
    return ranges if which == "all" else ranges[ranges["river"].isin(rivers["id"])]


def _lines(district: District, rivers: gpd.GeoDataFrame, *, wide: bool) -> gpd.GeoDataFrame:
    """The rivers of known width as wide as they are, or those of unknown width, where nothing draws their shore."""
    width = pd.to_numeric(rivers["width_m"]) if "width_m" in rivers else pd.Series(float("nan"), rivers.index)
    found, width = (rivers[width.notna()], width.dropna()) if wide else (rivers[width.isna()], None)
    shapes = [_undrawn(line, key, district) for line, key in zip(found.geometry, found["id"], strict=True)]
    if width is not None:
        shapes = [shapely.buffer(line, half) if half else line for line, half in zip(shapes, width / 2, strict=True)]
    return found.set_geometry(gpd.GeoSeries(shapes, index=found.index, crs=found.crs))


def _undrawn(line: shapely.Geometry, river: str, district: District) -> shapely.Geometry:
    """The part of a river's line that neither a management range of its own nor a reservoir covers."""
    zones, waters = district.frames.get("protection_zones"), district.frames.get("reservoirs")
    covers = [] if waters is None else list(waters.geometry[waters.intersects(line)])
    if zones is not None:
        covers += list(zones.geometry[(zones["kind"] == "river_management") & (zones["river"] == river)])
    return shapely.difference(line, shapely.union_all(covers)) if covers else line
