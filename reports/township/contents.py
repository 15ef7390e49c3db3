"""What a township's papers contain: its layers in the order of the themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from layers.catalogue import CATALOGUE
from layers.district import District
from layers.layer import THEMES, Layer

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
    return table[table[field] == code]


def _township_field(layer: Layer) -> str | None:
    return next((f.name for f in layer.fields if f.refers_to == "townships" and not f.key), None)
