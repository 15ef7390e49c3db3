"""The suitability surface, better places, weights and the grid arithmetic under them."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box
from siting_ground import METRIC, X, Y, ask, frame, make_ground, square, zone

from analysis.formulas.ahp import ahp_weights
from analysis.methods.siting.answer.alternatives import alternatives, rank_trials
from analysis.methods.siting.answer.surface import CRITERIA, suitability
from analysis.methods.siting.check import RANK
from analysis.proposal import Proposal
from geo.grids.burn import burn, distance_m
from geo.grids.raster import Raster
from words.errors import AtlasError

FACTORY = Proposal(sector="industry", demand_m3_per_year=10_000)
GRID = Raster(np.zeros((20, 30), np.float32), Affine(10, 0, 0, 0, -10, 200), METRIC)
ZONED = make_ground(
    zones=[zone("ecological_red_line", square(side=4000)), zone("karst", square(5000, side=2000))],
    layers={"roads": frame("roads", [{"geometry": LineString([(X - 4000, Y - 9000), (X - 4000, Y + 9000)])}])},
)


def test_ahp_worked_example():
    found = ahp_weights([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    assert found.weights == pytest.approx((0.637, 0.258, 0.105), abs=5e-4)
    assert found.lambda_max == pytest.approx(3.0385, abs=5e-5)
    assert found.consistency_index == pytest.approx(0.0193, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.033, abs=5e-4)
    assert found.consistent


@given(st.lists(st.floats(0.2, 5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_consistent_judgements_give_back_their_weights(weights):
    table = np.array(weights)
    found = ahp_weights(table[:, None] / table[None, :])
    assert found.weights == pytest.approx(tuple(table / table.sum()), abs=1e-9)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_contradictory_judgements_are_told():
    assert not ahp_weights([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]).consistent


@pytest.mark.parametrize("matrix", [[[1, 2], [2, 1]], [[1, 2, 3]], [[1, 0], [0, 1]], np.ones((11, 11))])
def test_no_judgements_at_all_are_refused(matrix):
    with pytest.raises(AtlasError):
        ahp_weights(matrix)


def test_distances_on_the_grid_are_exact_up_to_the_cap():
    rng = np.random.default_rng(3)
    cells = rng.random((40, 50)) < 0.01
    row, column = np.nonzero(cells)
    y, x = np.mgrid[0:40, 0:50]
    exact = 10 * np.sqrt(((y[..., None] - row) ** 2 + (x[..., None] - column) ** 2).min(axis=-1))
    assert np.allclose(distance_m(cells, cell_m=10, at_most_m=150), np.minimum(exact, 150), atol=1e-3)
    assert (distance_m(np.zeros((3, 4), bool), cell_m=10, at_most_m=150) == 150).all()


def test_shapes_mark_the_cells_they_touch():
    marked = burn([box(5, 5, 25, 15), Point(295, 195)], GRID)
    assert marked.sum() == 6 + 1
    assert not burn([], GRID).any()


def test_surface_excludes_what_is_prohibited_and_cuts_what_needs_study():
    surface = suitability(ask(ZONED, FACTORY, square(-4500)))
    row, column = int((3_260_000 - Y) / 90), int((X - 480_000) / 90)
    assert surface.excluded[row, column]
    assert np.isnan(surface.score[row, column])
    karst = column + int(5000 / 90)
    assert surface.level[row, karst] == RANK["study"]
    full = sum(surface.weights[name] * surface.criteria[name][row, karst] for name in surface.weights)
    assert surface.score[row, karst] == pytest.approx(0.85 * full, rel=1e-4)
    assert set(surface.weights) == set(CRITERIA)
    assert sum(surface.weights.values()) == pytest.approx(1)
    assert np.nanmin(surface.score) >= 0
    assert np.nanmax(surface.score) <= 1
    assert surface.raster.crs == METRIC


def test_surface_agrees_with_the_checks_cell_by_cell():
    surface = suitability(ask(ZONED, FACTORY, square(-4500)))
    share = surface.excluded.sum() * 8100 / (4000 * 4000 + 500 * 500)
    assert share == pytest.approx(1, abs=0.06)  # touched cells, of the zone and of the far corner


def test_weight_alone_orders_the_surface():
    surface = suitability(ask(ZONED, FACTORY, square(-4500)), weights={"roads": 1.0})
    row = int((3_260_000 - Y) / 90)
    by_road, away = int((X - 4000 - 480_000) / 90), int((X - 4900 - 480_000) / 90)
    assert surface.score[row, by_road] > surface.score[row, away]
    assert surface.score[row, by_road] == pytest.approx(1.0)


def test_missing_layers_leave_their_criterion_out():
    surface = suitability(ask(make_ground(without=("roads",)), FACTORY))
    assert surface.missing == ("roads",)
    assert "roads" not in surface.weights


def test_surface_stays_within_what_was_asked():
    surface = suitability(ask(ZONED, FACTORY, square(-4500)), within=box(480_000, 3_240_000, 485_000, 3_245_000))
    assert np.isfinite(surface.score).sum() == pytest.approx(5000 * 5000 / 8100, rel=0.03)


def test_no_elevation_and_no_weight_are_refused():
    with pytest.raises(AtlasError, match="no_elevation"):
        suitability(ask(make_ground(rise=None), FACTORY))
    with pytest.raises(AtlasError, match="weights_sum"):
        suitability(ask(ZONED, FACTORY, square(-4500)), weights=dict.fromkeys(CRITERIA, 0.0))


def test_alternatives_are_the_same_size_apart_and_free_of_bars_in_space():
    inquiry = ask(ZONED, FACTORY, square(side=300))
    found = alternatives(inquiry, suitability(inquiry))
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    for one in found:
        assert one.site.area_m2 == pytest.approx(90_000)
        assert one.verdicts.result("red_line").verdict == "clear"
        assert 1 <= one.best_rank <= one.worst_rank
        assert 0 < one.kept_share <= 1
    places = [one.site.geometry.centroid for one in found]
    assert min(a.distance(b) for at, a in enumerate(places) for b in places[:at]) >= 1000
    own = inquiry.ground
    assert own is ZONED


def test_rank_trials_by_hand():
    criteria = np.array([[1.0, 0.0], [0.0, 1.0], [0.9, 0.9]])
    factor, level = np.ones(3), np.array([0, 0, 1])
    ranks = rank_trials(criteria, factor, level, np.array([0.51, 0.49]))
    assert ranks[0].tolist() == [1, 2, 3]  # the third is best but stands under a worse verdict
    assert ranks[:, 0].min() == 1
    assert ranks[:, 0].max() == 2  # a quarter less on the first weight turns the order
    assert (ranks[:, 2] == 3).all()
