"""A stranger's township polygons, read, named, repaired and made ready to be a district's first layer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon, Polygon

from geo.crs import parse
from geo.files.vector import read
from geo.shapes.repair import repair
from layers.problem import Problem
from words.errors import AtlasError

OWNER = "planning"
DECIMAL = re.compile(r"[+-]?\d+\.\d*|[+-]?inf", re.IGNORECASE)


@dataclass(frozen=True)
class Townships:
    """Polygons with `code`, `name` and geometry in the file's own CRS, and what was noticed on the way."""

    frame: gpd.GeoDataFrame
    encoding: str | None
    problems: tuple[Problem, ...]


def read_townships(path: Path, *, name_field: str, code_field: str | None, crs: str | None = None) -> Townships:
    """The townships of a vector file; without a code field the name serves as code.

    `crs` states the coordinate system of a file that declares none. AtlasError names file, field and value where
    the file cannot be a set of townships: no CRS, no such field, no rows, empty names, codes stored as decimals, one
    code with two names, no polygons.
    """
    opened = read(path)
    declared = parse(crs) if crs else opened.declared_crs
    if declared is None:
        raise AtlasError("intake.no_crs", file=path.name)
    frame = opened.frame
    for field in filter(None, (name_field, code_field)):
        if field not in frame.columns:
            columns = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
            raise AtlasError("intake.no_field", file=path.name, field=field, columns=columns)
    if frame.empty:
        raise AtlasError("intake.no_rows", file=path.name)
    named = gpd.GeoDataFrame(
        {"code": _texts(frame[code_field or name_field]), "name": _texts(frame[name_field])},
        geometry=frame.geometry.array,
        crs=declared,
    )
    _refuse_unnamed(named, path, name_field=name_field, code_field=code_field)
    mended, repairs = repair(named)
    problems = [
        Problem(
            key="problems.geometry_repaired",
            layer="townships",
            owner=OWNER,
            severity="repaired",
            file=path.name,
            row=int(item.row) + 1,
            feature=str(mended["code"].iloc[int(item.row)]),
            facts={"before": item.before_m2, "after": item.after_m2},
        )
        for item in repairs
    ]
    merged, joined = _one_row_each(mended, path)
    return Townships(merged, opened.encoding, tuple(problems + joined))


def _texts(values: pd.Series) -> pd.Series:
    """Values as trimmed text; whole numbers that a file stored as decimals lose their `.0`."""
    if pd.api.types.is_float_dtype(values):
        values = values.map(lambda value: str(int(value)) if value % 1 == 0 else str(value), na_action="ignore")
    shown = values.astype("string")
    return shown.str.strip().replace({"<NA>": "", "": None}).reset_index(drop=True)


def _refuse_unnamed(frame: gpd.GeoDataFrame, path: Path, *, name_field: str, code_field: str | None) -> None:
    for column, field in (("name", name_field), ("code", code_field or name_field)):
        empty = frame.index[frame[column].isna()]
        if len(empty):
            raise AtlasError("intake.empty_name", file=path.name, row=int(empty[0]) + 1, field=field)
    if code_field is not None:
        for row, code in enumerate(frame["code"], start=1):
            if DECIMAL.fullmatch(code):
                raise AtlasError("intake.decimal_code", file=path.name, row=row, field=code_field, value=code)
    wrong = frame.index[~frame.geometry.map(lambda shape: isinstance(shape, Polygon | MultiPolygon))]
    if len(wrong):
        raise AtlasError("intake.not_polygon", file=path.name, row=int(wrong[0]) + 1, name=frame["name"].iloc[wrong[0]])


def _one_row_each(frame: gpd.GeoDataFrame, path: Path) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Rows of one township joined into one; AtlasError when one code carries two names."""
    names = frame.groupby("code")["name"].nunique()
    for code in names.index[names > 1]:
        found = " / ".join(sorted(frame.loc[frame["code"] == code, "name"].unique()))
        raise AtlasError("intake.code_twice", file=path.name, code=code, names=found)
    counts = frame["code"].value_counts()
    joined = [
        Problem(
            key="problems.parts_joined",
            layer="townships",
            owner=OWNER,
            severity="repaired",
            file=path.name,
            feature=str(code),
            facts={"count": int(count)},
        )
        for code, count in counts[counts > 1].items()
    ]
    if not joined:
        return frame, []
    return frame.dissolve("code", aggfunc="first", sort=False).reset_index()[["code", "name", "geometry"]], joined
