"""Siting asked through its one door: what decides the id and what does not, layers, wishes, refusals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from shapely import Polygon, reverse
from siting_ground import X, Y, frame, make_ground, square, zone

from analysis import asking
from analysis.asking import Asked, ask, question
from analysis.finding import Indicator
from analysis.methods import siting
from analysis.methods.siting.subject import layer_subject, proposal_of, site_subject
from analysis.proposal import Proposal
from analysis.question import Answer
from layers.district import District
from layers.layer import UNDATED
from words.errors import AtlasError

DAY = date(2026, 1, 2)
ROWS = [
    {"id": "P1", "name": "甲", "sector": "public", "nature": "new", "source": "public_network", "discharge": "sewer",
     "geometry": square(2000)},
    {"id": "P2", "name": "外", "sector": "public", "nature": "new", "geometry": square(90_000)},
    {"id": "P3", "name": "丙", "sector": "chemical", "nature": "new", "source": "groundwater", "discharge": "river",
     "demand_m3_per_year": 5000.0, "geometry": square()},
]  # fmt: skip
LAYERS = {
    "construction_projects": frame("construction_projects", ROWS),
    "industrial_parks": frame("industrial_parks", [{"id": "K1", "name": "园", "geometry": square(2000)}]),
}
DISTRICT = make_ground(layers=LAYERS, zones=[zone("ecological_red_line", square(side=900))]).district
FACTORY = Proposal(name="厂", demand_m3_per_year=10_000)


def asked(subject: Mapping[str, object] | None, *, district: District = DISTRICT, **more: Any) -> Answer[Any]:
    return ask("siting", district, Asked(on=more.pop("on", DAY), subject=subject, **more))


def id_of(subject: Mapping[str, object], *, district: District = DISTRICT, **more: Any) -> str:
    return question("siting", district, Asked(on=more.pop("on", DAY), subject=subject, **more)).id


def test_id_is_the_questions_and_known_before_it_is_answered():
    subject = site_subject(square(2000), FACTORY)
    answer = asked(subject)
    assert answer.id == answer.question.id == id_of(subject)
    assert {finding.result_id for finding in answer.findings} == {answer.id}
    assert [finding.indicator.id for finding in answer.findings] == ["siting_constraints", "siting_not_made"]


def test_every_thing_told_of_site_and_project_changes_the_id():
    plain = site_subject(square(), FACTORY)
    others = [
        site_subject(square(1), FACTORY),
        site_subject(square(0, 1), FACTORY),
        site_subject(square(0.001), FACTORY),
        site_subject(square(), FACTORY, accuracy_m=60.0),
        site_subject(square(), replace(FACTORY, name="他")),
        site_subject(square(), replace(FACTORY, source=None)),
        site_subject(square(), replace(FACTORY, demand_m3_per_year=10_001)),
        site_subject(square(), replace(FACTORY, approved=date(2024, 1, 1))),
        site_subject(square(), replace(FACTORY, outfall=(X, Y))),
        site_subject(square(), replace(FACTORY, major_project=True)),
        layer_subject("construction_projects"),
        layer_subject("industrial_parks"),
        layer_subject("industrial_parks", FACTORY),
    ]
    ids = [id_of(subject) for subject in (plain, *others)]
    ids += [id_of(plain, wish={"better": within}) for within in siting.WITHIN]
    ids += [id_of(plain, assumptions={"siting_tolerance_m": 50.0}), id_of(plain, assumptions={"tap_yuan_per_m3": 4.0})]
    ids.append(id_of(plain, district=make_ground(layers=LAYERS).district))
    assert len(set(ids)) == len(ids)


def test_day_spelling_and_defaults_given_leave_the_id():
    ring = list(square().exterior.coords)[:-1]
    turned = Polygon([(x + 0.0002, y - 0.0002) for x, y in ring[2:] + ring[:2]])
    plain = site_subject(square(), FACTORY, name="地块")
    same = [
        id_of(plain, on=date(2029, 5, 6)),
        id_of(plain, assumptions={"siting_tolerance_m": 20.0}),
        id_of(site_subject(turned, FACTORY)),
        id_of(site_subject(reverse(square()), replace(FACTORY, demand_m3_per_year=10_000.0))),
        id_of(plain, district=replace(DISTRICT, version="v2")),
    ]
    assert set(same) == {id_of(plain)}


def test_better_places_have_an_id_of_their_own_and_leave_the_sites():
    subject = site_subject(square(side=300), FACTORY)
    found = asked(subject, wish={"better": "district"})
    assert [one.rank for one in found.detail.places] == [1, 2, 3, 4, 5]
    assert found.id != asked(subject).id
    near = asked(subject, wish={"better": "township"})
    assert all(set(one.site.townships) == {"990002001"} for one in near.detail.places)
    assert near.detail.surface.inside.sum() < found.detail.surface.inside.sum()
    with pytest.raises(AtlasError, match="choice_wrong"):
        asked(subject, wish={"better": "county"})


def test_weights_of_the_surface_are_assumptions():
    subject = site_subject(square(side=300), FACTORY)
    weights = {f"siting_weight_{name}": 0.0 for name in ("mains", "reclaimed", "roads", "protection", "flood")}
    told = asked(subject, wish={"better": "district"}, assumptions=weights)
    assert told.detail.surface.weights["slope"] == pytest.approx(1.0)
    assert told.id != id_of(subject, wish={"better": "district"})


def test_every_site_of_a_layer_has_the_id_of_the_same_site_alone():
    answer = asked(layer_subject("construction_projects"))
    first, refused, third = answer.detail.judged
    assert (first.worst, refused.worst, third.worst) == ("restricted", "unknown", "prohibited")
    assert refused.refusal is not None
    assert refused.refusal.key == "siting.errors.outside"
    for one, row in ((first, ROWS[0]), (third, ROWS[2])):
        alone = asked(site_subject(row["geometry"], one.verdicts.proposal, name=row["name"]))
        assert one.result_id == alone.id
        verdicts = [result.verdict for result in one.verdicts.results]
        assert verdicts == [result.verdict for result in alone.detail.verdicts.results]
    assert len({answer.id, first.result_id, third.result_id}) == 3


def test_two_findings_for_every_site_of_a_layer_and_none_without_projects():
    findings = asked(None).findings
    assert [(finding.subject, finding.indicator.id) for finding in findings] == [
        ("P1", "siting_constraints"), ("P1", "siting_not_made"),
        ("P3", "siting_constraints"), ("P3", "siting_not_made"),
    ]  # fmt: skip
    first, third = asked(None).detail.judged[0], asked(None).detail.judged[2]
    for one, bars, open_ in ((first, findings[0], findings[1]), (third, findings[2], findings[3])):
        verdicts = [result.verdict for result in one.verdicts.results]
        assert bars.value == verdicts.count("prohibited") + verdicts.count("restricted")
        assert open_.value == verdicts.count("unknown")
        assert bars.verdict == one.worst
    assert [finding.value for finding in findings] == [1.0, 4.0, 2.0, 5.0]
    assert asked(None, district=make_ground().district).findings == ()


def test_layer_without_projects_is_judged_for_the_project_told():
    judged = [asked(layer_subject("industrial_parks", one)).detail.judged[0] for one in (FACTORY, Proposal())]
    assert [one.verdicts.proposal.demand_m3_per_year for one in judged] == [10_000, None]
    assert judged[0].result_id == id_of(site_subject(square(2000), FACTORY, name="园"))
    with pytest.raises(AtlasError, match="no_layer"):
        asked(layer_subject("rivers"))
    with pytest.raises(AtlasError, match="no_layer"):
        asked(layer_subject("industrial_parks"), district=make_ground().district)


def test_aged_layers_leave_their_checks_open_and_change_the_id():
    subject = site_subject(square(), FACTORY)  # in a red line; the sources are of the last day of 2024
    days = (date(2029, 12, 31), date(2030, 1, 1), date(2034, 12, 31), date(2035, 1, 1))
    told = [asked(subject, on=day) for day in days]
    verdicts = [[one.detail.verdicts.result(id_).verdict for id_ in ("red_line", "quota")] for one in told]
    assert verdicts == [["prohibited", "unknown"]] * 3 + [["unknown", "unknown"]]
    assert ["quotas" in one.question.aged for one in told] == [False, True, True, True]
    assert ["protection_zones" in one.question.aged for one in told] == [False, False, False, True]
    assert [one.id for one in told][:1] == [id_of(subject)]
    assert len({one.id for one in told}) == 3


def test_a_layer_without_a_date_is_aged_on_any_day():
    entry = DISTRICT.entries["protection_zones"]
    undated = replace(entry, source=replace(entry.source, as_of=UNDATED))
    lost = {name: one for name, one in DISTRICT.entries.items() if name != "quotas"}
    district = replace(DISTRICT, entries={**lost, "protection_zones": undated})
    answer = asked(site_subject(square(), FACTORY), district=district, on=date(1901, 1, 1))
    assert {"protection_zones", "quotas"} <= set(answer.question.aged)
    assert answer.detail.verdicts.result("red_line").judgement.reason == "undated"


def test_project_is_the_same_after_a_journey_as_plain_values():
    told = Proposal(name="厂", source=None, approved=date(2024, 3, 1), outfall=(X, Y), people=12, high_use=False)
    assert proposal_of({"proposal": asdict(told)}) == told
    assert proposal_of(json.loads(json.dumps({"proposal": asdict(FACTORY)}))) == FACTORY
    assert proposal_of({"proposal": {"sector": "public", "nature": "new"}}).source is None


@pytest.mark.parametrize("shape", [None, Polygon()])
def test_no_shape_is_refused(shape):
    with pytest.raises(AtlasError, match="empty"):
        asked(site_subject(shape, FACTORY))


def test_indicators_speak_of_sites_and_not_of_townships():
    assert {one.subject for one in siting.INDICATORS} == {"site"}
    assert set(siting.INDICATORS) <= set(asking.indicators(subject="site"))
    assert all(isinstance(one, Indicator) and one.method != "siting" for one in asking.indicators(subject="township"))
