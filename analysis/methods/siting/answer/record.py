"""A siting result as plain values and as sentences: the one shape that programs, pages and papers share."""

from __future__ import annotations

from typing import Any, SupportsFloat, cast

import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.answer.engine import Verdicts
from analysis.methods.siting.check import APPLICANT, Flip, Result
from analysis.methods.siting.water.advice import Supply, Water
from layers.departments import Departments, department
from words import Language, has, text
from words.units import inside, quantity

VOLUMES = ("yield_m3", "promised_m3", "ecological_m3")  # facts of a judgement that its sentence shows
DIRECTIONS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def as_record(verdicts: Verdicts, *, language: Language = "zh") -> dict[str, Any]:
    """The result as JSON-ready values: worst, what was not made and who owes it, every check with its evidence."""
    return {
        "site": {
            "id": verdicts.site.id,
            "name": verdicts.site.name,
            "area_m2": round(verdicts.site.area_m2, 1),
            "townships": dict(verdicts.site.townships),
        },
        "worst": verdicts.worst,
        "illustrative": verdicts.illustrative,
        "lines": list(two_lines(verdicts, language)),
        "notice": text("siting.notice", language),
        "not_made": [
            {
                "check": result.check.id,
                "owner": result.owner,
                "needs": list(result.judgement.needs),
                "broken": list(result.broken),
                "aged": list(result.aged),
            }
            for result in verdicts.not_made
        ],
        "checks": [check_record(result, language) for result in verdicts.results],
    }


def check_record(result: Result, language: Language) -> dict[str, Any]:
    """One check as JSON-ready values."""
    judged = result.judgement
    return {
        "id": result.check.id,
        "number": result.check.number,
        "verdict": judged.verdict,
        "rule": text(f"siting.checks.{result.check.id}.rule", language),
        "reason": reason(result, language),
        "border": judged.border,
        "value": _plain(judged.value),
        "unit": inside(judged.unit),
        "threshold": _plain(judged.threshold),
        "basis": [rule.cite(language) for rule in result.basis],
        "layer": judged.layer or (result.check.layers[0] if result.check.layers else None),
        "layer_version": result.layer_version,
        "as_of": result.as_of,
        "status": result.status,
        "share": _plain(judged.share),
        "distance_m": _plain(judged.distance_m),
        "owner": result.owner,
        "facts": {name: _plain(value) for name, value in judged.facts.items()},
        "flips_if": [flip_record(flip, language) for flip in result.flips],
    }


def flip_record(flip: Flip, language: Language) -> dict[str, Any]:
    """One change as JSON-ready values with its sentence."""
    facts = {name: _plain(value) for name, value in flip.facts.items()}
    sentence = flip_sentence(flip, language)
    unit = inside(flip.unit)
    return {
        "kind": flip.kind,
        "target": flip.target,
        "value": _plain(flip.value),
        "unit": unit,
        "text": sentence,
        **facts,
    }


def water_record(water: Water) -> dict[str, Any]:
    """The water for the site as JSON-ready values."""
    return {
        "mains": _supply(water.mains),
        "plant": _supply(water.plant),
        "reclaimed": _supply(water.reclaimed),
        "rain_yield_m3_per_year": _plain(water.rain_yield_m3),
        "tanks_m3": {code: _plain(volume) for code, volume in water.tanks_m3.items()},
        "surfaces_m2": dict(water.surfaces_m2),
        "surfaces_estimated": water.surfaces_estimated,
        "uses_m3_per_year": dict(water.uses),
        "rain_m3_per_year": _plain(water.rain_m3),
        "reclaimed_m3_per_year": _plain(water.reclaimed_m3),
        "unconventional_share": _plain(water.unconventional_share),
    }


def two_lines(verdicts: Verdicts, language: Language = "zh") -> tuple[str, str]:
    """The overall result: the worst of the checks made; how many could not be made and who owes the data."""
    made = len(verdicts.results) - len(verdicts.not_made)
    mark = text("siting.illustrative", language) if verdicts.illustrative else ""
    verdict = text(f"siting.verdicts.{verdicts.worst}", language)
    first = text("siting.line_made", language, mark=mark, made=made, verdict=verdict)
    if not verdicts.not_made:
        return first, text("siting.line_all_made", language)
    owed = [
        text(
            "siting.owner_count",
            language,
            owner=owner_name(owner, language, departments=verdicts.departments),
            count=count,
        )
        for owner, count in verdicts.owners.items()
    ]
    second = text("siting.line_not_made", language, count=len(verdicts.not_made), owners=_joined(owed, language))
    for why in ("broken", "aged"):
        layers = dict.fromkeys(layer for result in verdicts.not_made for layer in getattr(result, why))
        if layers:
            names = _joined([need_name(layer, language) for layer in layers], language)
            second += ("" if language == "zh" else " ") + text(f"siting.line_{why}", language, layers=names)
    return first, second


def owner_name(owner: str | None, language: Language = "zh", *, departments: Departments) -> str:
    """The department or the applicant in words."""
    if owner is None:
        return ""
    if owner == APPLICANT:
        return text(f"siting.owners.{owner}", language)
    return department(owner, departments, language)


def need_name(need: str, language: Language = "zh") -> str:
    """What is missing in words: a layer, a kind of zone in it, or a fact of the project."""
    if need == "rules":
        return text("siting.missing_rules", language)
    if need.startswith("proposal."):
        field = need.removeprefix("proposal.")
        return text("siting.missing_field", language, field=text(f"siting.fields.{field}", language))
    layer, _, kind = need.partition(".")
    name = text(f"layers.{layer}.name", language)
    if kind and has(f"layers.{layer}.fields.{kind}", language):
        field = text(f"layers.{layer}.fields.{kind}", language)
        return text("siting.missing_column", language, layer=name, field=field)
    for field in ("kind", "indicator"):
        key = f"layers.{layer}.choices.{field}.{kind}"
        if kind and has(key, language):
            return text("siting.missing_kind", language, layer=name, kind=text(key, language))
    return text("siting.missing_layer", language, layer=name)


def reason(result: Result, language: Language = "zh") -> str:
    """Why the verdict is what it is, with the mark of a line near by."""
    judged = result.judgement
    if result.broken:
        names = _joined([need_name(layer, language) for layer in result.broken], language)
        return text("siting.reasons.broken", language, layers=names)
    old = _joined([need_name(layer, language) for layer in result.aged], language)
    told = {name: cast("float | None", judged.facts[name]) for name in VOLUMES if name in judged.facts}
    facts = {**judged.facts, **{name: quantity(volume, "m3_per_year", language) for name, volume in told.items()}}
    said = text(f"siting.reasons.{judged.reason}", language, **{"name": "", "layers": old, **facts})
    said = said.replace("()", "").replace(" ()", "")
    if not judged.border:
        return said
    mark = text("siting.border_hard" if result.check.hard else "siting.border", language)
    return f"{said}[{mark}]" if language == "zh" else f"{said} [{mark}]"


def flip_sentence(flip: Flip, language: Language = "zh") -> str:
    """The change and the verdict after it in words."""
    facts: dict[str, object] = {"value": quantity(flip.value, flip.unit, language)}
    if flip.kind == "move":
        facts["direction"] = text(f"siting.directions.{direction(flip.sizes['bearing'])}", language)
    elif flip.kind == "size":
        facts["area"] = quantity(flip.sizes["area_m2"], "m2_as_ha", language)
        facts["earthworks"] = quantity(flip.sizes["earthworks_m3"], "m3", language)
    elif flip.kind == "source":
        facts["to"] = text(f"layers.construction_projects.choices.source.{flip.to}", language)
    elif flip.kind == "document":
        facts["fields"] = _joined([text(f"siting.fields.{field}", language) for field in flip.fields], language)
    change = text(f"siting.flips.{flip.kind}", language, **facts)
    verdict = text(f"siting.verdicts.{flip.target}", language)
    return text("siting.flips.then", language, change=change, verdict=verdict)


def direction(bearing: float) -> str:
    """The nearest of the eight directions, as a key of `siting.directions`."""
    return DIRECTIONS[round(bearing / 45) % 8]


def _joined(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def _supply(supply: Supply | None) -> dict[str, Any] | None:
    if supply is None:
        return None
    names = ("layer", "name", "distance_m", "route_m", "lift_m", "yuan_per_m3")
    return {name: _plain(getattr(supply, name)) for name in names}


def _plain(value: object) -> Any:
    """A value as JSON knows it; numbers to a millionth."""
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    if isinstance(value, BaseGeometry):
        return shapely.to_geojson(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    assert isinstance(value, SupportsFloat)
    return round(float(value), 6)
