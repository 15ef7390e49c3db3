"""A township as KML: every vector layer a folder, with the columns and words people read."""

from __future__ import annotations

import pandas as pd

from layers.district import District
from layers.problem_words import layer_name
from reports.book.readable import readable
from reports.placemarks import Placemark, kml
from reports.township.contents import Part, parts
from words import Language, text


def township_kml(district: District, code: str, *, language: Language = "zh") -> str:
    """The township's vector layers as KML; layers with nothing in it are left out. `errors.unknown_township`."""
    township = district.township(code)
    found = [part for part in parts(district, code, tables=False) if part.rows is not None and len(part.rows)]
    folders = {layer_name(part.layer.id, language): _placemarks(part, district, language) for part in found}
    said = [f"{text('reports.version', language)} {district.version}", text("reports.units_said", language)]
    if any(district.status(part.layer.id) == "illustrative" for part in found):
        said.append(text("reports.mark_illustrative", language))
    return kml(township.name, folders, crs=district.settings.metric_crs, said=said)


def _placemarks(part: Part, district: District, language: Language) -> list[Placemark]:
    rows = part.rows
    table = readable(rows, part.layer, language=language, departments=district.departments)
    label = part.layer.label or (part.layer.key.name if part.layer.key else None)
    names = rows[label].astype("string").fillna("") if label else [""] * len(rows)
    told = [
        {head: _written(value) for head, value in row.items() if not pd.isna(value)} for row in table.to_dict("records")
    ]
    return [Placemark(str(name), shape, row) for name, shape, row in zip(names, rows.geometry, told, strict=True)]


def _written(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{value:.10g}" if isinstance(value, float) else str(value)
