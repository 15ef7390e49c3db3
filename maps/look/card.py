"""What heads the lines of a feature's card: the declared fields with label, unit and the words of their choices."""

from __future__ import annotations

from typing import Any

from layers.departments import NONE, Departments, choice_word
from layers.layer import Field, Layer
from words import Language, text
from words.units import label


def card_fields(layer: Layer, language: Language, *, departments: Departments = NONE) -> list[dict[str, Any]]:
    """One entry per declared field, in order: label, unit sign, choice words; a township code is marked as one."""
    return [_entry(layer, field, language, departments) for field in layer.fields]


def _entry(layer: Layer, field: Field, language: Language, departments: Departments) -> dict[str, Any]:
    entry: dict[str, Any] = {"label": text(f"layers.{layer.id}.fields.{field.name}", language)}
    if field.kind in ("number", "integer"):
        entry["number"] = True
        sign = label(field.unit, language) if field.unit != "year" else ""
        if sign:
            entry["unit"] = sign
    if field.choices:
        entry["choices"] = choice_words(layer, field, language, departments=departments)
    if field.refers_to == "townships":
        entry["township"] = True
    return entry


def choice_words(layer: Layer, field: Field, language: Language, *, departments: Departments = NONE) -> dict[str, str]:
    """The codes of a choice field with the words people read."""
    return {code: choice_word(layer.id, field, code, language, known=departments) for code in field.choices}
