"""What commands say of siting: better places and the sites of a layer as plain values, and all of it as lines."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting import Sites
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.answer.engine import Verdicts
from analysis.methods.siting.batch import Judged, summary
from analysis.question import Answer
from geo.crs import transformer
from geo.zones import LONLAT
from layers.district import District
from words import Language, text

Record = dict[str, Any]


def head(id_: str, district: District, *, on: date) -> Record:
    """What every document of siting begins with; `on` is the day of the check, by which rules and ages were judged."""
    return {"result_id": id_, "version": district.version, "data_version": district.version, "on": on.isoformat()}


def layer_record(answer: Answer[Sites], district: District, *, on: date, language: Language) -> Record:
    """Every site of a layer, each with the id that it has when asked alone, and their summary."""
    judged = answer.detail.judged
    return {
        **head(answer.id, district, on=on),
        "layer": answer.detail.layer,
        "notice": text("siting.notice", language),
        "sites": [_row(one, language) for one in judged],
        "summary": dataclasses.asdict(summary(judged)),
    }


def _row(one: Judged, language: Language) -> Record:
    row: Record = {"id": one.id, "name": one.name, "worst": one.worst, "not_made": []}
    if one.verdicts is not None:
        row |= {"result_id": one.result_id, "not_made": _not_made(one.verdicts)}
    elif one.refusal is not None:
        row["refused"] = text(one.refusal.key, language, **one.refusal.facts)
    return row


def alternative_record(one: Alternative, district: District) -> Record:
    """A better place with what is said of it there."""
    lon, lat = centre_of(one.site.geometry, district.settings.metric_crs)
    return {
        "rank": one.rank,
        "lon": lon,
        "lat": lat,
        "distance_m": one.distance_m,
        "townships": dict(one.site.townships),
        "worst": one.worst,
        "place_worst": one.place_worst,
        "not_made": _not_made(one.verdicts),
        "score": one.score,
        "criteria": dict(one.criteria),
        "better": list(one.better),
        "worse": list(one.worse),
        "best_rank": one.best_rank,
        "worst_rank": one.worst_rank,
        "kept_share": one.kept_share,
    }


def _not_made(verdicts: Verdicts) -> list[Record]:
    """The checks that could not be made, and who owes what they lack."""
    return [
        {"check": result.check.id, "owner": result.owner, "broken": list(result.broken), "aged": list(result.aged)}
        for result in verdicts.not_made
    ]


def centre_of(shape: BaseGeometry, crs: CRS) -> tuple[float, float]:
    """Longitude and latitude of the middle of a shape, to about a decimetre."""
    middle = shape.centroid
    lon, lat = transformer(crs, LONLAT).transform(middle.x, middle.y)
    return round(float(lon), 6), round(float(lat), 6)


def site_lines(told: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """The record of a site for people: the two lines, then what is not clear with what would change it."""
    rows = [*told["lines"], text("siting.line_day", language, day=told["on"])]
    for check in told["checks"]:
        if check["verdict"] in ("prohibited", "restricted", "study"):
            name = text(f"siting.checks.{check['id']}.name", language)
            verdict = text(f"siting.verdicts.{check['verdict']}", language)
            ways = " ".join(flip["text"] for flip in check["flips_if"])
            rows.append(f"{check['number']} {name} [{verdict}] {check['reason']} {ways}".rstrip())
    return tuple(rows)


def layer_lines(told: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """The record of a layer for people: a line for every site, then the notice."""
    rows = []
    for row in told["sites"]:
        verdict = text(f"siting.verdicts.{row['worst']}", language)
        said = row.get("refused") or text("siting.page.batch_not_made", language, count=len(row["not_made"]))
        rows.append(f"{row['id']} {row['name']}  {verdict}  {said}")
    return (*rows, text("siting.line_day", language, day=told["on"]), told["notice"])
