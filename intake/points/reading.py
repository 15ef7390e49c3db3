"""Plants and users of reclaimed water from a planner's own CSV or Excel file.

Plants have the columns of the layer `wastewater_plants` (id, capacity, treated water, effluent class …) and, where
measured, the concentrations of the layer `effluent`; users have `id`, `use` and what they need. Both say where they
lie by `lon` and `lat` (degrees, CGCS2000 or WGS 84) or by `x` and `y` in the district's metric CRS. Headers may be
Chinese, English or the short names; units in the header win (`处理量(万m³/d)`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from geo.crs import move, same_crs, to_crs
from geo.files.sniff import sniff
from geo.files.table import read_csv, read_xlsx
from geo.placing import place, refuse, refuse_offset
from geo.reached import first_faulty, reach, told
from intake.points.columns import PLACES, PLANTS, QUALITY, USERS
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.layer import Layer
from layers.problem import Problem
from layers.reading.attributes import read_attributes, rows_to_keep, tell_doubles
from layers.reading.register import Register
from layers.reading.report import Report
from words.errors import AtlasError

_STORED = CRS.from_epsg(4490)
_QUIET = ("missing_columns",)


@dataclass(frozen=True)
class PointsFile:
    """What a file held: points in the district's metric CRS with their columns, and what was wrong."""

    frame: gpd.GeoDataFrame
    problems: tuple[Problem, ...]


def read_plants(path: Path, district: District) -> PointsFile:
    """Plants with the columns of `wastewater_plants` and the concentrations given.

    AtlasError for a file that cannot be read, without ids or places, or with no plant in the district.
    """
    return _read(path, district, (PLANTS, QUALITY))


def read_users(path: Path, district: District) -> PointsFile:
    """Users with the columns of `intake.points.columns.USERS`; AtlasError as `read_plants`.

    A user without a volume and without an area is left out and told.
    """
    found = _read(path, district, (USERS,))
    frame, report = found.frame, Report(USERS, path.name)
    lacking = frame["m3_per_year"].isna() & frame["area_m2"].isna()
    for row in frame.index[lacking]:
        report.add("reclaimed_no_volume", "error", value=frame.at[row, "id"])
    if lacking.all():
        raise AtlasError("intake.no_points", file=path.name)
    return PointsFile(frame[~lacking].reset_index(drop=True), (*found.problems, *report.finished()))


def _read(path: Path, district: District, layers: tuple[Layer, ...]) -> PointsFile:
    if not path.exists():
        raise AtlasError("intake.no_file", file=str(path))
    with told(path.name):
        raw = read_xlsx(path) if sniff(path) == "XLSX" else read_csv(path)
        try:
            return _points_file(raw, path, district, layers)
        except (ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
            reach("line", 1 + first_faulty(len(raw), lambda n: _points_file(raw.iloc[:n], path, district, layers)))
            raise


def _points_file(raw: pd.DataFrame, path: Path, district: District, layers: tuple[Layer, ...]) -> PointsFile:
    report = Report(layers[0], path.name)
    parts = [read_attributes(raw, layer, replace(report, layer=layer)) for layer in (*layers, PLACES)]
    report.problems = [problem for problem in report.problems if problem.key not in _QUIET]
    rows = pd.concat(parts, axis=1)
    keep = rows_to_keep(rows, layers[0], report) & ~tell_doubles(rows, layers[0], report)
    points = _points(rows, district, path)
    keep &= _inside(points, rows, district, report)
    if not keep.any():
        raise AtlasError("intake.no_points", file=path.name)
    frame = gpd.GeoDataFrame(rows.drop(columns=[f.name for f in PLACES.fields]), geometry=points)
    return PointsFile(frame[keep].reset_index(drop=True), report.finished(rows))


def _points(rows: pd.DataFrame, district: District, path: Path) -> gpd.GeoSeries:
    """The places in the metric CRS: x and y where given, longitude and latitude otherwise, empty for neither."""
    metric = district.settings.metric_crs
    x, y = rows["x_m"].to_numpy(float), rows["y_m"].to_numpy(float)
    lon, lat = rows["lon"].to_numpy(float), rows["lat"].to_numpy(float)
    if not (np.isfinite(x + y) | np.isfinite(lon + lat)).any():
        raise AtlasError("intake.no_places", file=path.name)
    moved = to_crs(gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=_STORED), metric).geometry
    measured = np.isfinite(x + y)
    points = gpd.GeoSeries(
        gpd.points_from_xy(np.where(measured, x, moved.x), np.where(measured, y, moved.y)), crs=metric
    )
    for said, group in ((metric, measured), (_STORED, ~measured & np.isfinite(lon + lat))):
        if group.any():
            _refuse_misplaced(points[group], said, district, path)
    return points


def _refuse_misplaced(points: gpd.GeoSeries, said: CRS, district: District, path: Path) -> None:
    """AtlasError when the points are not in the system their columns say, or carry an offset.

    Where no system puts them into the district they are taken as they say, and each is told to lie outside.
    """
    register = Register.of(district.townships, county=district.settings.code)
    shapes = points.array.to_numpy()
    stored = shapes if same_crs(said, register.crs) else move(shapes, register.crs, said)
    reading = place(stored, said, outline=register.lonlat_outline)
    if reading.crs is not None:
        refuse(reading, ask="problems.crs_missing", words="intake.crs", file=path.name)
    outline, wide = register.lonlat_outline, register.wide
    refuse_offset(shapes, register.crs, outline=outline, wide=wide, words="intake.offset", file=path.name)


def _inside(points: gpd.GeoSeries, rows: pd.DataFrame, district: District, report: Report) -> np.ndarray:
    """Which points lie in a township; the code of it is written into the rows where there is such a column."""
    townships = district.townships
    inside = np.zeros(len(points), bool)
    codes = np.full(len(points), None, object)
    known = np.flatnonzero(~points.is_empty.to_numpy())
    point, row = townships.sindex.query(points.iloc[known].to_numpy(), predicate="intersects")
    inside[known[point]] = True
    codes[known[point]] = townships["code"].to_numpy(object)[row]
    for position in np.flatnonzero(~inside):
        report.add("reclaimed_outside", "error", position=int(position), value=rows["id"].iloc[position])
    if "township" in rows.columns:
        rows["township"] = rows["township"].astype(object).where(rows["township"].notna(), pd.Series(codes))
    return inside


def with_plants(district: District, found: PointsFile) -> District:
    """The district with these plants instead of its own; the version tells that it differs.

    Concentrations become a report of one year, the same in every month; what the river is owed is the file's.
    A file that says of no plant what it reuses or owes the river says that none does; of some, the rest is unknown.
    """
    frame = found.frame
    tables = {name: table for name, table in district.tables.items() if name not in ("effluent", "ecological_flow")}
    tables["effluent"] = _effluent(frame)
    plants = frame[[field.name for field in PLANTS.fields] + ["geometry"]].copy()
    for column in ("reused_m3_per_day", "ecological_m3_per_day"):
        if plants[column].isna().all():
            plants[column] = 0.0
    frames = {**district.frames, "wastewater_plants": plants}
    return replace(district, version=_version(district, frame), frames=frames, tables=tables)


def _version(district: District, frame: gpd.GeoDataFrame) -> str:
    mark = hashlib.sha256(frame.to_wkt().to_csv(index=False).encode()).hexdigest()[:6]
    return f"{district.version}+{mark}"


def _effluent(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    items = [field.name for field in QUALITY.fields]
    known = frame[frame[items].notna().any(axis=1)]
    report = pd.DataFrame({"plant": known["id"], "year": 2000, **{item: known[item] for item in items}})
    months = pd.DataFrame({"month": range(1, 13)})
    table = report.merge(months, how="cross")
    for field in CATALOGUE["effluent"].fields:
        if field.name not in table.columns:
            table[field.name] = np.nan
    return table[[field.name for field in CATALOGUE["effluent"].fields]]


def users_told(found: PointsFile) -> list[dict[str, object]]:
    """The users as a question's subject names them: plain values, none where the file has none."""
    names = ("id", "name", "township", "use", "area_m2", "m3_per_year", "peak_m3_per_day")
    rows = found.frame[list(names)].astype(object).where(found.frame[list(names)].notna(), None)
    points = zip(found.frame.geometry.x, found.frame.geometry.y, strict=True)
    told = zip(rows.to_dict("records"), points, strict=True)
    return [{**{str(name): value for name, value in row.items()}, "x": x, "y": y} for row, (x, y) in told]
