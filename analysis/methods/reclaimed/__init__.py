"""Reclaimed water: who can use whose water, by which pipe, at what price, proven best.

Without a wish `ask` says what needs no search: supply, reuse rate and fit uses of the plants, demand of the townships,
and the district's (`Ground`). With one (`wanted.wish`) it seeks the best network (`DistrictPlan`), built and checked by
EPANET. The wish {"part": "candidates"} gives what may be built. Whoever has the answer for the candidates, or the same
wish's at usual prices, hands it in as `given` under its question's id: it is not sought again. A subject {"users":
[...]} names places by hand instead of those of the layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.methods.reclaimed.answer.findings import INDICATORS, METHOD, PLACE_LAYERS, PLANT_LAYERS, findings_of
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import Candidates, candidates
from analysis.methods.reclaimed.district_plan import DistrictPlan, at_prices, ended, plan_district
from analysis.methods.reclaimed.economics import PRICES
from analysis.methods.reclaimed.ground import Ground, ground_of
from analysis.methods.reclaimed.places import demand_places, places_by_hand
from analysis.methods.reclaimed.wanted import read_wish
from analysis.question import Answer, Cancelled, Choice, Progress, Question, answer
from layers.district import District

__all__ = ["ASSUMPTIONS", "CANDIDATES", "INDICATORS", "METHOD", "NEEDS", "PLACE_LAYERS", "PLANT_LAYERS", "ask"]

EDITION = 5
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES = ("reclaimed_order",)
CHOICES: tuple[Choice, ...] = ()
ROUTE_LAYERS = (
    "elevation",
    "landcover",
    "landcover_legend",
    "rivers",
    "protection_zones",
    "reclaimed_mains",
    "projects",
)
NEEDS: tuple[str, ...] = ("townships", *PLANT_LAYERS, *PLACE_LAYERS, *ROUTE_LAYERS)
CANDIDATES: Mapping[str, object] = {"part": "candidates"}
_USUAL = {one.id: one.default for one in ASSUMPTIONS if one.id in PRICES}


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[Any]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[Ground] | Answer[Candidates] | Answer[DistrictPlan]:
    """The ground, the candidates or the plan, as the wish has it; what `plan_district` and `read_wish` refuse."""
    assumed = question.assumptions
    if not question.wish:
        ground = ground_of(district, _places(district, question), assumed)
        return answer(question, ground, findings=findings_of(district, ground))
    if question.wish == CANDIDATES:
        return answer(question, candidates(district, _places(district, question), assumed))
    wanted = read_wish(question.wish)
    searched = question if wanted.benefit else _at_usual_prices(question)
    known = given.get(searched.id)
    if known is None:
        found = _candidates(district, searched, given, progress)
        usual = searched.assumptions
        made = plan_district(district, found, wanted, usual, progress=progress, cancelled=cancelled)
    else:
        made = known.detail
    return answer(question, at_prices(made, assumed), ended=ended(made.plan))


def _at_usual_prices(question: Question) -> Question:
    """The question whose network is the same: for a rate or a budget, prices decide the money alone."""
    return replace(question, assumptions={**question.assumptions, **_USUAL})


def _candidates(
    district: District, question: Question, given: Mapping[str, Answer[Any]], progress: Progress | None
) -> Candidates:
    asked = replace(question, wish=CANDIDATES)
    if asked.id in given:
        found: Candidates = given[asked.id].detail
        return found
    if progress is not None:
        progress({"phase": "routing"})
    return candidates(district, _places(district, asked), asked.assumptions)


def _places(district: District, question: Question) -> pd.DataFrame:
    """The places asked about: those of the layers, or the users named by hand."""
    if question.subject is None:
        return demand_places(district, question.assumptions)
    assert isinstance(question.subject, Mapping)
    return places_by_hand(question.subject["users"], question.assumptions)
