"""Ranks of places by hand, sums over boxes, what a place gains, and the share of a criterion by distance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString
from siting_ground import X, Y, ask, frame, make_ground, square, zone

from analysis.methods.siting.answer.alternatives import _boxes, _most, alternatives, rank_trials
from analysis.methods.siting.answer.surface import criteria_of, levels_of, normalised, suitability
from analysis.proposal import Proposal
from words.errors import AtlasError

FACTORY = Proposal(sector="industry", demand_m3_per_year=10_000)


def test_ranks_go_by_level_then_by_score_times_factor():
    criteria = np.array([[1.0, 0.5], [0.5, 0.5], [1.0, 1.0]])
    weights = np.array([0.5, 0.5])
    # 0.75·0.6 = 0.45; 0.5·1 = 0.5; 1·1 = 1 but under a worse level
    ranks = rank_trials(criteria, np.array([0.6, 1.0, 1.0]), np.array([0, 0, 2]), weights)
    assert ranks[0].tolist() == [2, 1, 3]
    assert rank_trials(criteria, np.ones(3), np.zeros(3), weights)[0].tolist() == [2, 3, 1]
    assert len(ranks) == 1 + 2 * 2  # as given, and each weight a quarter more and less


@pytest.mark.parametrize(("second", "turned"), [(0.85, [1, 2]), (0.70, [1])])
def test_a_quarter_of_a_weight_turns_what_lies_close_and_not_what_lies_apart(second, turned):
    # the first has 0.90 and 0.50, so 0.70 under even weights; the other 0.50 and 0.85 (0.675) or 0.70 (0.60).
    # A quarter less on the first weight makes 3/7 and 4/7: 0.671 against 0.70 or 0.614
    criteria = np.array([[0.90, 0.50], [0.50, second]])
    ranks = rank_trials(criteria, np.ones(2), np.zeros(2), np.array([0.5, 0.5]))
    assert ranks[0].tolist() == [1, 2]
    assert sorted(set(ranks[:, 0].tolist())) == turned


def test_sums_over_boxes_by_their_upper_left_cell():
    cells = np.arange(12.0).reshape(3, 4)
    first, second = 0 + 1 + 2 + 4 + 5 + 6, 1 + 2 + 3 + 5 + 6 + 7
    assert _boxes(cells, 2, 3).tolist() == [[first, second], [4 + 5 + 6 + 8 + 9 + 10, 5 + 6 + 7 + 9 + 10 + 11]]
    assert _boxes(cells, 1, 1).tolist() == cells.tolist()


def test_what_gains_most_is_named_up_to_three_and_only_if_it_counts():
    assert _most({"a": 0.06, "b": 0.4, "c": 0.05, "d": -0.3, "e": 0.2, "f": 0.1}) == ("b", "e", "f")
    assert _most({"a": 0.05}) == ()


def test_weights_sum_to_one_and_none_at_all_is_refused():
    assert normalised({"a": 3.0, "b": 1.0}) == {"a": 0.75, "b": 0.25}
    with pytest.raises(AtlasError, match="weights_sum"):
        normalised({"a": 0.0})


ROAD = LineString([(X - 4000, Y - 9000), (X - 4000, Y + 9000)])


@pytest.mark.parametrize(("far_m", "away", "near_road", "off_zone"), [
    (5_000.0, 900, 1 - 900 / 5000, 0.9), (10_000.0, 900, 1 - 900 / 10_000, 0.45), (5_000.0, 4_500, 0.1, 1.0),
])  # fmt: skip
def test_near_roads_and_far_from_zones_is_good(far_m, away, near_road, off_zone):
    # a fifth of the far distance from a zone is as good as any
    shape = square(-4000, side=90)
    ground = make_ground(
        layers={"roads": frame("roads", [{"geometry": ROAD}])}, zones=[zone("ecological_red_line", shape)]
    )
    found = criteria_of(ground, far_m=far_m)
    row, column = int((3_260_000 - Y) / 90), int((X - 4000 + away - 480_000) / 90)
    assert found["roads"][row, column] == pytest.approx(near_road, abs=0.02)
    assert found["protection"][row, column] == pytest.approx(off_zone, abs=0.11)


@pytest.mark.parametrize(("rise", "good"), [(0.0, 1.0), (0.05, 0.9), (0.25, 0.5), (0.6, 0.0)])
def test_gentle_ground_is_good_down_to_nothing_at_one_in_two(rise, good):
    found = criteria_of(make_ground(rise=rise), far_m=5_000.0)["slope"]
    assert found[100, 100] == pytest.approx(good, abs=1e-3)


def test_a_cell_has_the_worst_of_the_verdicts_there():
    zones = [zone("karst", square(side=3000)), zone("ecological_red_line", square(side=1000))]
    level = levels_of(ask(make_ground(zones=zones), FACTORY))
    row, column = int((3_260_000 - Y) / 90), int((X - 480_000) / 90)
    assert [int(level[row, column + step]) for step in (0, 10, 30)] == [3, 1, 0]


@pytest.mark.parametrize(("factor", "share"), [("siting_study_factor", 0.85), ("siting_study_factor", 0.4)])
def test_a_study_cuts_the_score_by_its_factor(factor, share):
    plain = ask(make_ground(zones=[zone("karst", square(side=3000))]), FACTORY, square(-4500))
    told = replace(plain, assumed={**plain.assumed, factor: share})
    surface = suitability(told)
    row, column = int((3_260_000 - Y) / 90), int((X - 480_000) / 90)
    whole = sum(surface.weights[name] * surface.criteria[name][row, column] for name in surface.weights)
    assert surface.score[row, column] == pytest.approx(share * whole, rel=1e-4)


def test_better_places_stand_apart_by_verdict_then_score_and_say_how_far():
    ground = make_ground(layers={"roads": frame("roads", [{"geometry": ROAD}])})
    inquiry = ask(ground, FACTORY, square(side=180))
    found = alternatives(inquiry, suitability(inquiry, weights={"roads": 1.0}), count=3)
    assert [one.rank for one in found] == [1, 2, 3]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        middle = one.site.geometry.centroid
        assert one.distance_m == pytest.approx(middle.distance(inquiry.site.geometry.centroid))
        assert middle.distance(ROAD) < 400
        assert "roads" in one.better
