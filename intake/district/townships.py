"""A stranger's township polygons, read, named, repaired and made ready to be a district's first layer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon, Polygon

from geo.crs import name as crs_name
from geo.crs import parse, same_crs
from geo.doubt import Answers, Choice, Doubt
from geo.shapes.repair import Repair, repair
from intake.district.opening import opened
from intake.site.found import UNITS_M2, stated_of
from intake.site.table import is_area
from layers.problem import Problem, Severity
from layers.reading.secrecy import secret_marks
from layers.reading.values import SAYS_NOTHING
from words.errors import AtlasError

OWNER = "planning"
DECIMAL = re.compile(r"[+-]?\d+\.\d*|[+-]?inf", re.IGNORECASE)


@dataclass(frozen=True)
class Townships:
    """Polygons with `code`, `name` and geometry in the file's own CRS, and what was noticed on the way."""

    frame: gpd.GeoDataFrame
    encoding: str | None
    problems: tuple[Problem, ...]
    stated_m2: Mapping[str, float] = field(default_factory=dict)  # by code, where a column of the file states areas


def read_townships(
    path: Path, *, name_field: str, code_field: str | None, crs: str | None = None, answers: Answers | None = None
) -> Townships:
    """The townships of a vector file or KML; without a code field the name serves as code.

    `crs` states the coordinate system of a file that declares none, or overrules the declared one aloud. AtlasError
    names file, field and value where the file cannot be a set of townships: no CRS, no such field, no rows, empty
    names, codes stored as decimals, one code with two names, no polygons. UndecidedError where a border crosses itself
    so that a person has to say what it encloses, or several layers hold areas.
    """
    answers = answers or Answers()
    found = opened(path, answers)
    declared = parse(crs) if crs else found.declared_crs
    if declared is None:
        raise AtlasError("intake.no_crs", file=path.name)
    problems = [_told(note.key, path, facts=note.facts) for note in found.notes]
    if crs and found.declared_crs is not None and not same_crs(declared, found.declared_crs):
        facts = {"declared": crs_name(found.declared_crs), "taken": crs_name(declared)}
        problems.append(_told("problems.crs_overruled", path, facts=facts))
    frame = found.frame
    for name in filter(None, (name_field, code_field)):
        if name not in frame.columns:
            columns = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
            raise AtlasError("intake.no_field", file=path.name, field=name, columns=columns)
    if frame.empty:
        raise AtlasError("intake.no_rows", file=path.name)
    named = gpd.GeoDataFrame(
        {"code": _texts(frame[code_field or name_field]), "name": _texts(frame[name_field])},
        geometry=frame.geometry.array.to_numpy(),
        crs=declared,
    )
    _refuse_unnamed(named, path, name_field=name_field, code_field=code_field)
    mended, repairs = _mended(named, path, answers)
    problems += [
        _told(
            item.key,
            path,
            severity="repaired",
            row=item.row + 1,
            feature=str(mended["code"].iloc[item.row]),
            facts={"before": item.before_m2, "after": item.after_m2},
        )
        for item in repairs
    ]
    problems += secret_marks(frame, file=path.name, layer="townships", owner=OWNER)
    merged, joined = _one_row_each(mended, path)
    return Townships(merged, found.encoding, tuple(problems + joined), _stated_m2(frame, mended["code"]))


def _stated_m2(frame: gpd.GeoDataFrame, codes: pd.Series) -> dict[str, float]:
    """The areas stated in m² by code, those of one code added; only a column or cell that names its unit says any."""
    column = next((one for one in frame.columns if is_area(one)), None)
    told: dict[str, float] = {}
    for code, cell in zip(codes, [] if column is None else frame[column], strict=False):
        area = stated_of(cell, str(column))
        if area is not None and area.unit:
            told[str(code)] = told.get(str(code), 0.0) + area.value * UNITS_M2[area.unit]
    return told


def _told(
    key: str,
    path: Path,
    *,
    severity: Severity = "warning",
    row: int | None = None,
    feature: str | None = None,
    facts: Mapping[str, object] | None = None,
) -> Problem:
    told = dict(facts or {})
    return Problem(key, "townships", OWNER, severity, path.name, row=row, feature=feature, facts=told)


def _mended(named: gpd.GeoDataFrame, path: Path, answers: Answers) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The townships with whole borders; what can be mended in several ways is asked, what in none is refused."""
    frame, repairs = repair(named)
    held = [item for item in repairs if item.held]
    hopeless = next((item for item in held if item.after is None or not item.after_m2 > 0), None)
    if hopeless is not None:
        facts = {"row": hopeless.row + 1, "name": named["name"].iloc[hopeless.row]}
        raise AtlasError("intake.no_border", file=path.name, **facts)
    if not held:
        return frame, repairs
    first = held[0]
    facts = {
        "count": len(held),
        "row": first.row + 1,
        "name": named["name"].iloc[first.row],
        "before_km2": round(first.before_m2 / 1e6, 2),
        "after_km2": round(first.after_m2 / 1e6, 2),
    }
    choices = (Choice("mended", "intake.border_mended"), Choice("stop", "intake.border_stop"))
    chosen = answers.choose(Doubt("townships.border", choices, facts))
    answers.ask()
    if chosen == "stop":
        raise AtlasError("intake.border_held", file=path.name, **facts)
    shapes = frame.geometry.array.to_numpy().copy()
    for item in held:
        shapes[item.row] = item.after
    decided = [replace(item, held=False) for item in repairs]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)), decided


def _texts(values: pd.Series) -> pd.Series:
    """Values as trimmed text; whole numbers that a file stored as decimals lose their `.0`."""
    if pd.api.types.is_float_dtype(values):
        values = values.map(lambda value: str(int(value)) if value % 1 == 0 else str(value), na_action="ignore")
    shown = values.astype("string")
    bare = shown.str.strip().replace({"<NA>": "", "": None})
    return bare.where(bare.map(_says_something, na_action="ignore").astype("boolean"), None).reset_index(drop=True)


def _says_something(cell: str) -> bool:
    """Whether a text has a letter or digit and is no word for nothing (无, 不详, n/a)."""
    return cell.lower() not in SAYS_NOTHING and any(sign.isalnum() for sign in cell)


def _refuse_unnamed(frame: gpd.GeoDataFrame, path: Path, *, name_field: str, code_field: str | None) -> None:
    for column, name in (("name", name_field), ("code", code_field or name_field)):
        empty = frame.index[frame[column].isna()]
        if len(empty):
            raise AtlasError("intake.empty_name", file=path.name, row=int(empty[0]) + 1, field=name)
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
