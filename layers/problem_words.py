"""A Problem as a sentence: where it is, what is wrong, what to do, and who must mend it."""

from __future__ import annotations

from collections.abc import Mapping

from layers.catalogue import CATALOGUE
from layers.departments import NONE, Departments, choice_word, department
from layers.problem import Problem
from words import Language, Named, NamedAll, has, text
from words.units import UNITS, quantity

_MEASURES = frozenset({"low", "high", "before", "after", "found_low", "found_high", "area"})


def problem_text(problem: Problem, language: Language = "zh", *, departments: Departments = NONE) -> str:
    """The whole sentence, such as 供水管网(water_mains.shp),第 3 行,“G3”,管长,填写为“约”:不是数字…责任单位:…。"""
    place = text("problems.where.between", language).join(_place(problem, language))
    owner = department(problem.owner, departments, language)
    said = f"{place}{text('problems.where.after', language)}{what(problem, language)}"
    gap = "" if language == "zh" else " "
    return f"{said}{gap}{text('problems.where.owner', language, owner=owner)}"


def what(problem: Problem, language: Language = "zh") -> str:
    """What is wrong and what to do, without the place."""
    key = problem.key if has(problem.key, language) else f"problems.{problem.key}"
    facts = {"file": problem.file or "–", **problem.facts}
    shown = {name: _shown(name, value, facts, problem, language) for name, value in facts.items()}
    return text(key, language, **shown)


def layer_name(layer: str, language: Language = "zh") -> str:
    """The layer's name as people call it, its id when words know none."""
    return named(f"layers.{layer}.name", layer, language)


def field_name(layer: str, field: str, language: Language = "zh") -> str:
    """The field's name as people call it, the column's header when words know none."""
    return named(f"layers.{layer}.fields.{field}", field, language)


def named(key: str, otherwise: str, language: Language) -> str:
    """The sentence under `key`, or `otherwise` when there is none."""
    return text(key, language) if has(key, language) else otherwise


def _place(problem: Problem, language: Language) -> list[str]:
    gap = "" if language == "zh" else " "
    file = f"{gap}({problem.file})" if problem.file else ""
    told = [f"{layer_name(problem.layer, language)}{file}"]
    if problem.row is not None:
        told.append(text("problems.where.row", language, row=problem.row))
    if problem.feature:
        told.append(text("problems.where.feature", language, feature=problem.feature))
    if problem.field:
        told.append(field_name(problem.layer, problem.field, language))
    if problem.value is not None:
        told.append(text("problems.where.value", language, value=problem.value))
    return told


def _shown(name: str, value: object, facts: Mapping[str, object], problem: Problem, language: Language) -> str:
    if isinstance(value, Named | NamedAll):
        return value.said(language)
    unit = facts.get("unit", "m2" if name in ("before", "after", "area") else None)
    if name in _MEASURES:
        if value is None:
            return "…"
        known = unit if unit in UNITS else None
        return quantity(float(value), known, language) if isinstance(value, (int, float)) else str(value)
    if name == "share" and isinstance(value, float):
        return quantity(value, "share", language)
    if name in ("other", "layer"):
        return layer_name(str(value), language)
    if name == "choices":
        return _choices(value, problem, language)
    return str(value)


def _choices(codes: object, problem: Problem, language: Language) -> str:
    told = codes if isinstance(codes, tuple) else (str(codes),)
    layer = CATALOGUE.get(problem.layer)
    field = next((one for one in layer.fields if one.name == problem.field), None) if layer else None
    if field is None:
        return ", ".join(told)
    return ", ".join(choice_word(problem.layer, field, code, language) for code in told)
