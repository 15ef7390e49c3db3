"""Who owes a rainwater facility: 应建, 因地制宜 or 不适用, by kind, approval date and the text the duty rests on.

Nothing approved before a rule's date is 应建 by it. Where the notice's body and its annex differ, both readings are
kept. A missing approval date gives 数据不足, never a duty and never its absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from analysis.cells import number
from analysis.rules.choosing import in_force
from layers.district import District
from layers.rule import Rule

Duty = Literal["required", "suited", "none", "unknown"]
LAYERS = ("urban_areas", "roads", "green_spaces", "residential_estates", "construction_projects")
RANK: dict[Duty, int] = {"required": 3, "unknown": 2, "suited": 1, "none": 0}
LEADS = {
    "roads": "transport",
    "green_spaces": "urban_management",
    "residential_estates": "housing",
    "construction_projects": "housing",
}
OLD_ESTATE_RENOVATION = ("planned", "under_way")
KIND = "rain_duty"
SURFACES = ("roof", "paved", "permeable", "green")


@dataclass(frozen=True)
class Obligation:
    """One place and what it owes: the strictest duty, each text's own, storage there and lacking in m³.

    `facility_m3` is none where nothing is told of a facility. `required_m3` is what its ground asks for at the control
    rate, none where its surfaces are unknown, and a lower bound where some of them are (`partly`). A place that names
    no township has an empty one.
    """

    layer: str
    id: str
    name: str
    township: str
    lead: str
    kind: str
    approved: date | None
    duty: Duty
    by_rule: Mapping[str, Duty]
    facility_m3: float | None
    required_m3: float | None
    partly: bool = False

    @property
    def missing_m3(self) -> float | None:
        """What is lacking of the required storage; none where that is unknown, zero where nothing is owed."""
        if self.duty not in ("required", "suited"):
            return 0.0
        if self.required_m3 is None or self.facility_m3 is None:
            return None
        return max(self.required_m3 - self.facility_m3, 0.0)


def rain_rules(district: District, *, on: date | None = None) -> tuple[Rule, ...]:
    """The texts that make duties in the district on a day; without a day, those that nobody has ended."""
    return in_force(district.rules, KIND, code=district.settings.code, on=on)


def duties(kind: str, approved: date | None, rules: Iterable[Rule]) -> dict[str, Duty]:
    """What each text asks of a place of this kind approved on this day; renovations of old estates need no date."""
    found: dict[str, Duty] = {}
    for rule in rules:
        asked = cast(Duty, rule.asks.get(kind, "none"))
        if asked in ("none", "suited"):
            found[rule.id] = asked
        elif approved is None:
            found[rule.id] = "unknown"
        else:
            found[rule.id] = asked if rule.since is None or approved >= rule.since else "none"
    return found


def strictest(by_rule: Mapping[str, Duty]) -> Duty:
    """The duty that counts: 应建 before 数据不足 before 因地制宜 before 不适用; 数据不足 where no text is known."""
    return max(by_rule.values(), key=lambda duty: RANK[duty], default="unknown")


def obligations(
    district: District, assumed: Mapping[str, float], *, design_mm: float | None, on: date | None = None
) -> list[Obligation]:
    """Every place the texts speak of, in layer order; layers that are absent are passed over.

    Without a design rain it is unknown what a place is asked to hold.
    """
    rules = rain_rules(district, on=on)
    return [
        one
        for layer in LAYERS
        if layer in district.frames
        for one in _of_layer(layer, district.frames[layer], assumed, design_mm, rules)
    ]


def _of_layer(
    layer: str,
    frame: gpd.GeoDataFrame,
    assumed: Mapping[str, float],
    design_mm: float | None,
    rules: tuple[Rule, ...],
) -> Iterator[Obligation]:
    for row in frame.to_dict("records"):
        kind = _kind(layer, row)
        if kind is None:
            continue
        approved = _day(row.get("renovation_approved") if kind == "old_estate" else row.get("approved"))
        by_rule = duties(kind, approved, rules)
        yield Obligation(
            layer=layer,
            id=str(row["id"]),
            name="" if pd.isna(row["name"]) else str(row["name"]),
            township="" if pd.isna(row["township"]) else str(row["township"]),
            lead=row["lead"] if isinstance(row.get("lead"), str) else LEADS.get(layer, "housing"),
            kind=kind,
            approved=approved,
            duty=strictest(by_rule),
            by_rule=by_rule,
            facility_m3=number(row.get("rain_storage_m3")),
            required_m3=_required_m3(layer, row, row["geometry"], assumed, design_mm),
            partly=any(f"{s}_area_m2" in row and number(row[f"{s}_area_m2"]) is None for s in SURFACES),
        )


def _kind(layer: str, row: Mapping[str, object]) -> str | None:
    """The kind the texts know the place by; none where they do not speak of it."""
    if layer == "urban_areas":
        return str(row["kind"]) if row["kind"] in ("new_district", "renewal") else None
    if layer == "roads":
        return "street" if _yes(row["urban"]) else None
    if layer == "green_spaces":
        return "public_green" if _yes(row["public"]) else None
    if layer == "construction_projects":
        return "municipal" if row["sector"] in ("municipal", "road") else None
    if row["renovation"] in OLD_ESTATE_RENOVATION:
        return "old_estate"
    return "green_estate" if _yes(row["green_ecological"]) else "estate"


def _yes(cell: object) -> bool:
    return number(cell) == 1  # an empty cell of booleans cannot be asked whether it is true


def _required_m3(
    layer: str, row: Mapping[str, object], shape: BaseGeometry, assumed: Mapping[str, float], design_mm: float | None
) -> float | None:
    """V = 10·H·φ·F over the place's surfaces, in m³; none without a design rain."""
    if design_mm is None:
        return None
    if layer == "roads":
        width = number(row["width_m"])
        return None if width is None else shape.length * width * assumed["psi_paved"] * design_mm / 1000
    if layer == "green_spaces":
        return shape.area * assumed["psi_green"] * design_mm / 1000
    areas = {s: number(row.get(f"{s}_area_m2")) for s in SURFACES}
    if all(area is None for area in areas.values()):
        return None
    return sum((area or 0.0) * assumed[f"psi_{s}"] for s, area in areas.items()) * design_mm / 1000


def _day(value: object) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
