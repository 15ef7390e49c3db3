"""A siting answer as a program reads it: one site with its better places, or every site of a layer."""

from __future__ import annotations

import dataclasses

from analysis.methods.siting import Sites
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.answer.engine import Verdicts
from analysis.methods.siting.answer.record import as_record, water_record
from analysis.methods.siting.batch import Judged, summary
from analysis.question import Answer
from reports.siting.case import SitingCase, centre_of, place_verdict
from words import Language, text

Document = dict[str, object]


def site_document(case: SitingCase, *, language: Language) -> Document:
    """The site with its checks, water and better places, which have an id of their own."""
    return {
        **_head(case.result_id, case.district.version),
        **as_record(case.verdicts, language=language),
        "read_as": [text(note.key, language, **note.facts) for note in case.notes],
        "proposal": dataclasses.asdict(case.verdicts.proposal),
        "water": water_record(case.water),
        "alternatives": [_alternative(case, one) for one in case.alternatives],
        "alternatives_id": None if case.better is None else case.better.id,
        "files": {},
    }


def layer_document(answer: Answer[Sites], *, version: str, language: Language) -> Document:
    """Every site of a layer, each with the id that it has when asked alone, and their summary."""
    judged = answer.detail.judged
    return {
        **_head(answer.id, version),
        "layer": answer.detail.layer,
        "notice": text("siting.notice", language),
        "sites": [_row(one, language) for one in judged],
        "summary": dataclasses.asdict(summary(judged)),
    }


def _head(id_: str, version: str) -> Document:
    return {"result_id": id_, "version": version, "data_version": version}


def _row(one: Judged, language: Language) -> Document:
    row: Document = {"id": one.id, "name": one.name, "worst": one.worst, "not_made": []}
    if one.verdicts is not None:
        row |= {"result_id": one.result_id, "not_made": _not_made(one.verdicts)}
    elif one.refusal is not None:
        row["refused"] = text(one.refusal.key, language, **one.refusal.facts)
    return row


def _alternative(case: SitingCase, one: Alternative) -> Document:
    lon, lat = centre_of(case.district, one.site.geometry)
    return {
        "rank": one.rank,
        "lon": lon,
        "lat": lat,
        "distance_m": one.distance_m,
        "townships": dict(one.site.townships),
        "worst": one.worst,
        "place_worst": place_verdict(one.verdicts),
        "not_made": _not_made(one.verdicts),
        "score": one.score,
        "criteria": dict(one.criteria),
        "better": list(one.better),
        "worse": list(one.worse),
        "best_rank": one.best_rank,
        "worst_rank": one.worst_rank,
        "kept_share": one.kept_share,
    }


def _not_made(verdicts: Verdicts) -> list[Document]:
    """The checks that could not be made, and who owes what they lack."""
    return [{"check": result.check.id, "owner": result.owner} for result in verdicts.not_made]
