"""The groups of features that rules in space speak of, each made from the layers by name.

Names: `zone:<kind>`, also with `:official`, `:unofficial`, `:not_low`, `:in:<class>+<class>`, `:beyond:<class>` or
`:untold` (protection zones); `river:unranged`,
`:all`; `shore:<how>:<which>` (`shores`); `well:`, `reservoir:` and `corridor:scattered`, `:undesignated` or `:untold`
(sources that are not centralised, have no approved zone, or of which it is not told; a corridor adds
`:<m up>:<m down>`); `canal:all`;
`irrigation:works|reservoirs`; `village:works`; `main:scale|small|unsized:<m3/d>:<people>`; `urban:<kind>`;
`reclaimed:<status>`; `layer:<id>`.
"""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import shapely
import shapely.ops

from analysis.methods.siting.ground.shores import shores_of
from layers.district import District

Features = tuple[str, pd.DataFrame | None, bool]


def features_of(name: str, district: District) -> Features:
    """Layer id, rows (none: the data set does not know) and whether they are drafts, for a group's name."""
    family, *rest = name.split(":")
    return FAMILIES[family](district, rest)


def _frame(district: District, layer: str) -> gpd.GeoDataFrame | None:
    return district.frames.get(layer)


def _is(column: pd.Series, value: bool = True) -> pd.Series:
    """Where a boolean column says so; empty cells say neither."""
    known = column.astype("boolean")
    return (known if value else ~known).fillna(False).astype(bool)


def _zones(district: District, rest: list[str]) -> Features:
    frame = _frame(district, "protection_zones")
    if frame is None:
        return "protection_zones", None, False
    found = frame[frame["kind"] == rest[0]]
    if found.empty:
        return "protection_zones", None, False
    if rest[1:] == ["not_low"]:
        found = found[found["grade"] != "low"]
    elif rest[1:2] in (["in"], ["beyond"], ["untold"]):
        found = found[_of_class(found, rest[1:])]
    elif len(rest) > 1:
        official = _is(found["official"])
        found = found[official if rest[1] == "official" else ~official]
    return "protection_zones", found, False


def _of_class(zones: pd.DataFrame, rest: list[str]) -> pd.Series:
    """Whether a zone's own class (core, buffer …) is among those named, among others, or not told."""
    told = zones["zone"] if "zone" in zones else pd.Series(None, zones.index, dtype=object)
    if rest[0] == "untold":
        return told.isna()
    named = told.isin(rest[1].split("+"))
    return named if rest[0] == "in" else ~named & told.notna()


def _rivers(district: District, rest: list[str]) -> Features:
    frame = _frame(district, "rivers")
    if frame is None:
        return "rivers", None, False
    if rest[0] == "unranged":
        zones = _frame(district, "protection_zones")
        ranged = set() if zones is None else set(zones.loc[zones["kind"] == "river_management", "river"].dropna())
        return "rivers", frame[~frame["id"].isin(ranged)], False
    return "rivers", frame, False


def _shores(district: District, rest: list[str]) -> Features:
    return shores_of(district, *rest)


def _unsaid(drinking: pd.DataFrame) -> pd.Series:
    """The drinking sources of which nobody says whether they are centralised."""
    return drinking.loc[drinking["centralised"].isna(), "id"]


def sources_without_zone(district: District, which: str) -> gpd.GeoDataFrame | None:
    """Drinking-water intakes: `scattered`, `untold`, else centralised ones that no approved first zone names."""
    intakes = _frame(district, "water_intakes")
    if intakes is None:
        return None
    drinking = intakes[_is(intakes["drinking_source"])]
    if which == "untold":
        of_homes = intakes["use"].isna() | intakes["use"].isin(["domestic", "multiple"])
        return intakes[(intakes["drinking_source"].isna() & of_homes) | intakes["id"].isin(_unsaid(drinking))]
    if which == "scattered":
        return drinking[_is(drinking["centralised"], False)]
    zones = _frame(district, "protection_zones")
    central = drinking[_is(drinking["centralised"])]
    if zones is None:
        return central
    approved = zones[(zones["kind"] == "drinking_source_1") & _is(zones["official"])]
    covered = shapely.STRtree(approved.geometry.array.to_numpy()).query(
        central.geometry.array.to_numpy(), predicate="intersects"
    )[0]
    named = central["id"].isin(set(approved["intake"].dropna())).to_numpy(copy=True)
    named[covered] = True
    return central[~named]


def _wells(district: District, rest: list[str]) -> Features:
    sources = sources_without_zone(district, rest[0])
    if sources is not None:
        sources = sources[~sources["kind"].isin(["river", "reservoir"])]
    return "water_intakes", sources, True


def _reservoirs(district: District, rest: list[str]) -> Features:
    """The water of reservoirs that are sources, or the intake itself where the reservoir is not drawn."""
    sources = sources_without_zone(district, rest[0])
    if sources is None:
        return "water_intakes", None, True
    sources = sources[sources["kind"] == "reservoir"]
    reservoirs = _frame(district, "reservoirs")
    if rest[0] != "scattered" and reservoirs is not None and len(sources):
        water = reservoirs.set_index("id").geometry
        shapes = [water.get(key, point) for key, point in zip(sources["reservoir"], sources.geometry, strict=True)]
        sources = sources.set_geometry(gpd.GeoSeries(shapes, index=sources.index, crs=sources.crs))
    return "water_intakes", sources, True


def _corridors(district: District, rest: list[str]) -> Features:
    """The reach of river from so far above to so far below each river intake."""
    sources, rivers = sources_without_zone(district, rest[0]), _frame(district, "rivers")
    if sources is None:
        return "water_intakes", None, True
    sources = sources[sources["kind"] == "river"]
    if sources.empty:
        return "water_intakes", sources, True
    if rivers is None:
        return "rivers", None, True
    up, down = float(rest[1]), float(rest[2])
    lines = rivers.geometry.array.to_numpy()
    nearest = shapely.STRtree(lines).query_nearest(sources.geometry.array.to_numpy(), all_matches=False)[1]
    shapes = [
        _reach(lines[at], point, up_m=up, down_m=down) for at, point in zip(nearest, sources.geometry, strict=True)
    ]
    return "water_intakes", sources.set_geometry(gpd.GeoSeries(shapes, index=sources.index, crs=sources.crs)), True


def _reach(line: shapely.Geometry, point: shapely.Point, *, up_m: float, down_m: float) -> shapely.Geometry:
    """The part of a line drawn downstream around a point."""
    if line.geom_type != "LineString":
        merged = shapely.line_merge(line)
        parts = shapely.get_parts(merged)
        line = min(parts, key=lambda part: part.distance(point))
    at = shapely.line_locate_point(line, point)
    start, end = max(at - up_m, 0.0), min(at + down_m, line.length)
    return shapely.ops.substring(line, start, end)


def _canals(district: District, rest: list[str]) -> Features:
    return "canals", _frame(district, "canals"), False


def _irrigation(district: District, rest: list[str]) -> Features:
    if rest[0] == "reservoirs":
        frame = _frame(district, "reservoirs")
        return "reservoirs", None if frame is None else frame[frame["use"].isin(["irrigation", "multiple"])], False
    frame = _frame(district, "small_water_works")
    kinds, uses = ["pond", "pump", "canal", "intake"], ["irrigation", "multiple"]
    kept = None if frame is None else frame[frame["kind"].isin(kinds) & frame["use"].isin(uses)]
    return "small_water_works", kept, False


def _village_works(district: District, rest: list[str]) -> Features:
    frame = _frame(district, "waterworks")
    return "waterworks", None if frame is None else frame[frame["level"].isin(["town", "village"])], False


def _mains(district: District, rest: list[str]) -> Features:
    """Mains of town and village works: `scale` from so many m³/d or people on, `small`, or `unsized`."""
    works, mains = _frame(district, "waterworks"), _frame(district, "water_mains")
    if works is None or mains is None:
        return "water_mains", None, False
    village = works[works["level"].isin(["town", "village"])]
    volume, people = float(rest[1]), float(rest[2])
    large = village[(village["capacity_m3_per_day"] >= volume) | (village["people"] >= people)]
    unsized = village[village["capacity_m3_per_day"].isna() & village["people"].isna()]
    small = village[~village["id"].isin([*large["id"], *unsized["id"]])]
    chosen = {"scale": large, "small": small, "unsized": unsized}[rest[0]]
    return "water_mains", mains[mains["waterworks"].isin(chosen["id"])], False


def _urban(district: District, rest: list[str]) -> Features:
    frame = _frame(district, "urban_areas")
    return "urban_areas", None if frame is None else frame[frame["kind"] == rest[0]], False


def _reclaimed(district: District, rest: list[str]) -> Features:
    frame = _frame(district, "reclaimed_mains")
    return "reclaimed_mains", None if frame is None else frame[frame["status"] == rest[0]], False


def _layer(district: District, rest: list[str]) -> Features:
    return rest[0], _frame(district, rest[0]), False


FAMILIES: dict[str, Callable[[District, list[str]], Features]] = {
    "zone": _zones,
    "river": _rivers,
    "shore": _shores,
    "well": _wells,
    "reservoir": _reservoirs,
    "corridor": _corridors,
    "canal": _canals,
    "irrigation": _irrigation,
    "village": _village_works,
    "main": _mains,
    "urban": _urban,
    "reclaimed": _reclaimed,
    "layer": _layer,
}
