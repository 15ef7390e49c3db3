"""Many sites counted: by their worst verdict, by what bars them, by what is left open; refused ones apart."""

from __future__ import annotations

from siting_checks import BY_ID
from siting_ground import ASSUMED, DAY, ask, frame, make_ground, square, zone

from analysis.methods.siting.answer.engine import examine
from analysis.methods.siting.batch import Judged, judge_layer, summary
from analysis.methods.siting.subject import layer_subject
from analysis.proposal import Proposal
from analysis.question import Question
from words.errors import AtlasError

CHECKS = [BY_ID[id_] for id_ in ("red_line", "farmland", "flood", "saving_plan")]
GROUND = make_ground(
    zones=[zone("ecological_red_line", square(side=900)), zone("flood", square(side=900)),
           zone("permanent_farmland", square(2_000, side=900))],
)  # fmt: skip


def _judged(id_: str, east: float, **told: object) -> Judged:
    verdicts = examine(ask(GROUND, Proposal(sector="public", **told), square(east)), checks=CHECKS)
    return Judged(id_, id_, "0f", verdicts)


def test_verdicts_bars_and_open_checks_are_counted_each_by_itself():
    done = {"saving_plan": True, "simultaneous": True}
    judged = [
        _judged("red", 0.0),  # the red line prohibits, the flood asks for a study, the plan is not told
        _judged("farm", 2_000.0, **done),  # the farmland prohibits
        _judged("major", 2_000.0, major_project=True, **done),  # farmland only restricts
        _judged("free", 5_000.0, saving_plan=False),  # only the plan is lacking
        _judged("good", 5_000.0, **done),
        Judged("gone", "gone", "0f", None, AtlasError("siting.errors.empty")),
    ]
    found = summary(judged)
    assert (found.sites, found.refused) == (5, 1)
    assert found.worst == {"prohibited": 2, "restricted": 2, "clear": 1}
    assert found.constraints == {"farmland": 2, "red_line": 1, "saving_plan": 1}
    assert next(iter(found.constraints)) == "farmland"  # most often first
    assert found.not_made == {"saving_plan": 1}
    assert [one.worst for one in judged] == [
        "prohibited", "prohibited", "restricted", "restricted", "clear", "unknown",
    ]  # fmt: skip


def test_of_no_sites_nothing_is_counted():
    found = summary([])
    assert (found.sites, found.refused, found.worst, found.constraints, found.not_made) == (0, 0, {}, {}, {})


def test_rows_keep_their_order_and_a_row_that_is_no_site_says_why():
    rows = [
        {"id": "K2", "name": "乙", "geometry": square(2_000)},
        {"id": "K1", "name": None, "geometry": square(90_000)},
    ]
    ground = make_ground(layers={"industrial_parks": frame("industrial_parks", rows)})
    question = Question("siting", 1, assumptions=ASSUMED)
    told = layer_subject("industrial_parks", Proposal(demand_m3_per_year=5.0))
    second, first = judge_layer(ground, question, told, on=DAY)
    assert (second.id, second.name, first.id, first.name) == ("K2", "乙", "K1", "")
    assert (first.verdicts, first.refusal.key) == (None, "siting.errors.outside")
    assert second.verdicts.proposal.demand_m3_per_year == 5.0
    assert second.result_id != question.id
    assert not any(result.flips for result in second.verdicts.results)
