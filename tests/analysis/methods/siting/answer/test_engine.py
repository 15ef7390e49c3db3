"""Checks put to a site: what each rests on, who owes what is lacking, and what several come to together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from siting_checks import BY_ID
from siting_ground import ask, make_ground, square, zone

from analysis.methods.siting.answer.engine import examine, put
from analysis.methods.siting.answer.record import reason
from analysis.methods.siting.check import Judgement, lesser, unknown
from analysis.methods.siting.ground.found import Ground
from analysis.proposal import Proposal
from layers.layer import UNDATED

RED = BY_ID["red_line"]


def judging(judgement: Judgement, check=RED):
    return replace(check, judge=lambda inquiry: judgement, reaches=None)


def sourced(**sources: tuple[str, int]) -> Ground:
    """The ground with layers of another status and year."""
    district = make_ground().district
    entries = dict(district.entries)
    for layer, (status, year) in sources.items():
        source = replace(entries[layer].source, status=status, as_of=date(year, 1, 31))
        entries[layer] = replace(entries[layer], source=source, sha256=f"{layer:x<64}")
    return Ground(replace(district, entries=entries))


@pytest.mark.parametrize(
    ("judgement", "status", "as_of"),
    [
        # what was found rests on the layer it was found in, what was not found on all that were looked at
        (Judgement("study", "x", layer="rivers"), "open", "2020-01-31"),
        (Judgement("prohibited", "x", layer="water_intakes"), "supplied", "2020-01-31"),
        (Judgement("clear", "x", layer="rivers"), "supplied", "2020-01-31"),
        (Judgement("clear", "x", layer="rivers", looked=("protection_zones",)), "supplied", "2024-12-31"),
        (Judgement("study", "x", layer="rivers", draft=True), "illustrative", "2020-01-31"),
    ],
)
def test_a_result_names_the_sources_it_rests_on(judgement, status, as_of):
    ground = sourced(rivers=("open", 2020), water_intakes=("supplied", 2022))
    result = put(judging(judgement, BY_ID["decentralised_source"]), ask(ground, Proposal()))
    assert (result.status, result.as_of) == (status, as_of)
    assert result.layer_version == f"{judgement.layer:x<64}"[:12]


@pytest.mark.parametrize(
    ("needs", "owner"),
    [
        (("proposal.source",), "applicant"),
        (("quotas",), "water"),
        (("urban_areas",), "housing"),
        (("proposal.source", "urban_areas"), "housing"),  # who else owes something goes before the applicant
        (("protection_zones.flood",), "environment"),
        (("rules",), "environment"),
    ],
)
def test_who_owes_what_is_lacking(needs, owner):
    assert put(judging(unknown(*needs), BY_ID["outfall"]), ask(make_ground(), Proposal())).owner == owner
    assert put(judging(Judgement("clear", "x")), ask(make_ground(), Proposal())).owner is None


def test_owners_are_counted_the_one_with_most_first_and_alike_by_name():
    told = [(unknown("proposal.source"), "red_line"), (unknown("quotas"), "flood"), (unknown("quotas"), "quota"),
            (unknown("proposal.people"), "karst"), (unknown("urban_areas"), "steep")]  # fmt: skip
    checks = [judging(judgement, BY_ID[id_]) for judgement, id_ in told]
    found = examine(ask(make_ground(), Proposal()), checks=checks)
    assert list(found.owners.items()) == [("applicant", 2), ("water", 2), ("housing", 1)]
    assert (found.worst, len(found.not_made)) == ("unknown", 5)


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        (("clear", "study", "restricted"), "restricted"), (("unknown", "clear"), "clear"),
        (("prohibited", "unknown", "restricted"), "prohibited"), (("unknown", "unknown"), "unknown"),
    ],
)  # fmt: skip
def test_the_worst_of_those_made_and_the_rest_counted_apart(verdicts, worst):
    checks = [judging(Judgement(verdict, "x")) for verdict in verdicts]
    found = examine(ask(make_ground(), Proposal()), checks=checks, with_flips=False)
    assert found.worst == worst
    assert len(found.not_made) == verdicts.count("unknown")


def test_illustrative_evidence_marks_the_whole_only_where_a_check_was_made_of_it():
    ground = sourced(rivers=("illustrative", 2024))
    on_rivers, on_zones = (Judgement("study", "x", layer=layer) for layer in ("rivers", "protection_zones"))
    said = [examine(ask(ground, Proposal()), checks=[judging(one)]).illustrative for one in (on_rivers, on_zones)]
    assert said == [True, False]
    open_ = replace(judging(unknown("rivers")), layers=("rivers",))
    assert not examine(ask(ground, Proposal()), checks=[open_]).illustrative


@pytest.mark.parametrize("verdict", ["clear", "study", "prohibited"])
@pytest.mark.parametrize(
    ("looked", "aged", "old"),
    [
        (None, {"protection_zones"}, True), (None, {"rivers"}, False),
        (("rivers", "reservoirs"), {"reservoirs"}, True),  # the oldest decides, whichever the verdict rests on
        (("rivers",), {"protection_zones"}, False), ((), {"protection_zones"}, False),
    ],
)  # fmt: skip
def test_a_check_that_looked_at_an_old_layer_is_not_made_whatever_it_found(verdict, looked, aged, old):
    check = judging(Judgement(verdict, "x", looked=looked))
    result = put(check, replace(ask(make_ground(), Proposal()), aged=frozenset(aged)))
    assert result.verdict == ("unknown" if old else verdict)
    assert (result.aged, result.judgement.needs) == ((tuple(aged), tuple(aged)) if old else ((), ()))


def test_the_oldest_of_several_old_layers_is_named_first_and_one_without_a_date_before_all():
    ground = sourced(rivers=("open", 2012), protection_zones=("official", 2009), reservoirs=("open", 1900))
    check = judging(Judgement("study", "x", looked=("rivers", "protection_zones")))
    result = put(check, replace(ask(ground, Proposal()), aged=frozenset({"rivers", "protection_zones"})))
    assert result.judgement.needs == ("protection_zones", "rivers")
    assert result.judgement.facts == {"as_of": "2009-01-31", "years": "10"}
    assert result.as_of == "2009-01-31"
    assert "管控区" in reason(result)
    assert "2009-01-31" in reason(result)
    undated = replace(ground.district.entries["reservoirs"].source, as_of=UNDATED)
    entries = {**ground.district.entries, "reservoirs": replace(ground.district.entries["reservoirs"], source=undated)}
    ground = Ground(replace(ground.district, entries=entries))
    check = judging(Judgement("study", "x", looked=("rivers", "reservoirs")))
    result = put(check, replace(ask(ground, Proposal()), aged=frozenset({"rivers", "reservoirs"})))
    assert (result.judgement.reason, result.judgement.needs) == ("undated", ("reservoirs",))


def test_a_check_without_a_rule_here_is_not_made():
    silent = replace(RED, basis=("nobody_wrote_this",), kinds=())
    assert put(silent, ask(make_ground(), Proposal())).judgement.reason == "no_rule"
    untold = replace(RED, thresholds=("siting_nothing_m",))
    assert put(untold, ask(make_ground(), Proposal())).judgement.needs == ("rules",)


def test_the_milder_of_two():
    assert lesser("study", "prohibited") == lesser("prohibited", "study") == "study"
    assert lesser("study", "clear") == "clear"


def test_changes_are_computed_only_when_wanted():
    ground = make_ground(zones=[zone("ecological_red_line", square(side=900))])
    without, with_ = (put(RED, ask(ground, Proposal()), with_flips=wanted).flips for wanted in (False, True))
    assert (without, [flip.kind for flip in with_]) == ((), ["move"])
