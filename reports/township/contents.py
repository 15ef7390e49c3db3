"""What a township's papers contain: its layers in the order of the themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from layers.catalogue import CATALOGUE
from layers.district import District
from layers.divisions import division_of, names_of_all, successors
from layers.layer import THEMES, Layer
from words import Language, text

_VECTORS = ("polygon", "line", "point")


@dataclass(frozen=True)
class Part:
    """A layer's rows of one township; none when the layer is absent (数据不足)."""

    layer: Layer
    rows: pd.DataFrame | None


def parts(district: District, code: str, *, tables: bool) -> Iterator[Part]:
    """Every vector layer and, with `tables`, every table that speaks of townships, cut to one; the township first."""
    order = {layer.id: (layer.id != "townships", THEMES.index(layer.themes[0])) for layer in CATALOGUE.values()}
    for layer in sorted(CATALOGUE.values(), key=lambda layer: order[layer.id]):
        if layer.geometry in _VECTORS:
            yield Part(layer, _features(district, layer, code))
        elif tables and layer.geometry == "table" and _township_field(layer) is not None:
            yield Part(layer, _rows(district, layer, code))


def _features(district: District, layer: Layer, code: str) -> pd.DataFrame | None:
    if layer.id == "townships":
        return district.townships.loc[[code]]
    return district.within(layer.id, code)


def _rows(district: District, layer: Layer, code: str) -> pd.DataFrame | None:
    table, field = district.tables.get(layer.id), _township_field(layer)
    if table is None or field not in table.columns:
        return None
    gone = [old for old, today in successors(district).items() if today == code]
    return table[table[field].isin((code, *gone))]


def named_then(district: District, part: Part, *, language: Language) -> pd.DataFrame | None:
    """The rows with their townships by name; in a year when there were others, with what the township was then."""
    rows, field = part.rows, _township_field(part.layer)
    if rows is None or part.layer.geometry != "table" or field is None:
        return rows
    names, said = names_of_all(district), []
    years = rows["year"] if "year" in rows.columns else pd.Series(pd.NA, index=rows.index)
    for code, year in zip(rows[field], years, strict=True):
        division = None if pd.isna(year) else division_of(district, int(year))
        units = () if division is None else division.parts.get(code, ())
        then = text("app.units_then", language, year=year, units=text("app.joint", language).join(units))
        name = names.get(code, code)
        said.append(text("app.named", language, name=name, said=then) if units else name)
    return rows.assign(**{field: said})


def _township_field(layer: Layer) -> str | None:
    return next((f.name for f in layer.fields if f.refers_to == "townships" and not f.key), None)
