"""A site and its evidence as a GeoPackage for desk GIS, with QGIS styles in the colours of the verdicts."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.answer.record import reason, two_lines
from geo.files import vector
from maps.look.evidence import VERDICT_HUES
from maps.look.qgis_style import areas_qml
from maps.look.style import INK, Style
from reports.siting.case import SitingCase
from reports.siting.checks import bases_of, cells_of, in_order, verdict_word
from words import Language, text

STORED = "EPSG:4490"
_COLUMNS = ("number", "check", "verdict", "value", "threshold", "basis", "reason", "as_of", "owner", "change")


def siting_gpkg(case: SitingCase, path: str | Path, *, language: Language = "zh") -> Path:
    """Write site, evidence, table of checks and notes to `path` in EPSG:4490; it appears whole or not at all.

    Evidence of every kind is stored as areas: lines and points are widened to what can be seen.
    """
    frames = {
        _word("site", language): _site(case, language),
        _word("checks", language): _checks(case, language),
        _word("notes", language): _notes(case, language),
    }
    outline = Style(stroke=INK, fill=INK, weight_px=2.4)
    styles = {_word("site", language): areas_qml([("", outline)])}
    evidence = _evidence(case, language)
    if len(evidence):
        name = _word("evidence", language)
        frames[name], styles[name] = evidence, areas_qml(_looks(language), column=_word("verdict", language))
    vector.write_geopackage(frames, path, styles=styles)
    return Path(path)


def _looks(language: Language) -> list[tuple[str, Style]]:
    return [
        (verdict_word(verdict, language), Style(stroke=colour, fill=colour, weight_px=1.8, fill_share=0.3))
        for verdict, colour in VERDICT_HUES.items()
    ]


def _word(key: str, language: Language) -> str:
    return text(f"siting.paper.gpkg.{key}", language)


def _stored(rows: list[dict[str, object]], shapes: list[BaseGeometry], case: SitingCase) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs=case.district.settings.metric_crs)
    return frame.to_crs(STORED)


def _site(case: SitingCase, language: Language) -> gpd.GeoDataFrame:
    site, verdicts = case.verdicts.site, case.verdicts
    row = {
        _word("name", language): case.name(language),
        _word("area", language): round(site.area_m2, 1),
        _word("verdict", language): verdict_word(verdicts.worst, language),
        _word("result", language): case.result_id,
        _word("version", language): case.district.version,
        _word("notice", language): text("siting.notice", language),
    }
    return _stored([row], [_areas(site.geometry)], case)


def _evidence(case: SitingCase, language: Language) -> gpd.GeoDataFrame:
    by_number = {result.check.number: result for result in case.verdicts.results}
    shapes = case.evidence()
    rows = [
        {
            _word("number", language): result.check.number,
            _word("check", language): text(f"siting.checks.{result.check.id}.name", language),
            _word("verdict", language): verdict_word(result.verdict, language),
            _word("reason", language): reason(result, language),
            _word("basis", language): bases_of(result, language),
            _word("result", language): case.result_id,
        }
        for result in (by_number[one.number] for one in shapes)
    ]
    return _stored(rows, [_areas(one.shape) for one in shapes], case)


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """One multipolygon: lines and points a metre wide, so that a layer holds one kind of shape."""
    areal = shape if shape.geom_type in ("Polygon", "MultiPolygon") else shape.buffer(1.0)
    return shapely.multipolygons([part for part in shapely.get_parts(areal) if part.geom_type == "Polygon"])


def _checks(case: SitingCase, language: Language) -> pd.DataFrame:
    rows = [
        cells_of(result, language) | {"reason": reason(result, language)} for result in in_order(case.verdicts.results)
    ]
    heads = {key: text(f"siting.paper.columns.{key}", language) for key in _COLUMNS if key != "reason"}
    return pd.DataFrame(rows)[list(_COLUMNS)].rename(columns=heads | {"reason": _word("reason", language)})


def _notes(case: SitingCase, language: Language) -> pd.DataFrame:
    day = text("siting.line_day", language, day=case.on)
    lines = [*two_lines(case.verdicts, language), day, text("siting.notice", language)]
    facts = {"result": case.result_id, "version": case.district.version}
    lines.append(text("siting.paper.footer_undated", language, **facts))
    if case.verdicts.illustrative:
        lines.append(text("siting.paper.illustrative", language))
    return pd.DataFrame({_word("notes", language): lines})
