"""The field dictionary of a data folder, written from the declarations and never by hand."""

from __future__ import annotations

from collections.abc import Iterator

from layers.catalogue import CATALOGUE
from layers.departments import choice_word, department
from layers.layer import THEMES, Field, Layer
from layers.problem_words import field_name, layer_name, named
from layers.reading.conversion import FILE_UNITS, factor, inside_unit
from words import Language, has, text
from words.units import UNITS, label

_COLUMNS = ("column", "meaning", "kind", "unit", "allowed", "required")


def readme(language: Language = "zh") -> str:
    """The whole dictionary as Markdown: every layer by its first theme, every field with column, unit and meaning."""
    parts = [text("dictionary.title", language), text("dictionary.about", language)]
    for theme in THEMES:
        layers = [layer for layer in CATALOGUE.values() if layer.themes[0] == theme]
        if layers:
            parts.append(f"## {named(f'themes.{theme}', theme, language)}")
            parts += [_layer(layer, language) for layer in layers]
    return "\n\n".join(parts) + "\n"


def _layer(layer: Layer, language: Language) -> str:
    geometry = text(f"dictionary.geometry.{layer.geometry}", language)
    owner = department(layer.owner, {}, language)
    facts = {"file": layer.file, "geometry": geometry, "owner": owner}
    parts = [f"### {layer_name(layer.id, language)} `{layer.id}`", text("dictionary.layer", language, **facts)]
    note = f"layers.{layer.id}.note"
    if has(note, language):
        parts.append(text(note, language))
    heads = [text(f"dictionary.columns.{name}", language) for name in _COLUMNS]
    rows = [_row(heads), _row(["---"] * len(heads))]
    rows += [_row(_cells(layer, field, language)) for field in layer.fields]
    return "\n\n".join([*parts, "\n".join(rows)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cells(layer: Layer, field: Field, language: Language) -> list[str]:
    return [
        f"`{field.column}`",
        field_name(layer.id, field.name, language),
        text(f"dictionary.kinds.{field.kind}", language),
        _unit(field, language),
        text("dictionary.between", language).join(_allowed(layer, field, language)),
        text("dictionary.required" if field.required else "dictionary.optional", language),
    ]


def _unit(field: Field, language: Language) -> str:
    """The unit the file holds: the file unit where one is declared, else the inside unit."""
    unit = field.file_unit or inside_unit(field.unit)
    if unit is None:
        return ""
    for name, shown in UNITS.items():  # a file unit is called as the shown unit of the same size is
        known = FILE_UNITS.get(unit)
        if known and inside_unit(name) == known.inside and abs(shown.divisor - known.factor) < 1e-9 * known.factor:
            return label(name, language)
    return named(f"dictionary.units.{unit}", label(unit, language) if unit in UNITS else unit, language)


def _allowed(layer: Layer, field: Field, language: Language) -> Iterator[str]:
    if field.key:
        yield text("dictionary.key", language)
    if field.refers_to:
        yield text("dictionary.refers_to", language, layer=layer_name(field.refers_to, language))
    if field.low is not None or field.high is not None:
        scale = factor(field.file_unit, field.unit) if field.file_unit else 1.0
        low, high = ("" if bound is None else f"{bound / scale:g}" for bound in (field.low, field.high))
        yield f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}"
    for code in field.choices:
        meaning = choice_word(layer.id, field, code, language)
        yield f"`{code}` {meaning}" if meaning != code else f"`{code}`"
