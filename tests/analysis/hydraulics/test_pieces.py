"""Pipes cut by hand where the ground rises or falls too far, and left whole where it does not."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.hydraulics.pieces import halved, pieces_of

KM = np.arange(0.0, 1_001.0, 100.0)


def cut(height: list[float], *, loss_per_m: float = 0.0, user_fall_m: float = np.inf) -> list[tuple[str, float, float]]:
    found = pieces_of("a", KM, np.array(height), band_m=100.0, loss_per_m=loss_per_m, user_fall_m=user_fall_m)
    return [(piece.id, piece.start_m, piece.end_m) for piece in found]


def test_gentle_ground_leaves_a_pipe_whole():
    assert cut(list(np.linspace(200, 300, 11))) == [("a", 0.0, 1_000.0)]
    assert cut([200, 290, 210, 290, 210, 290, 210, 290, 210, 290, 210]) == [("a", 0.0, 1_000.0)]


def test_a_slope_is_cut_before_it_rises_or_falls_more_than_the_band():
    """30 m every 100 m: after 300 m 90 m are climbed, the next point would be 120."""
    up = [200.0 + 30 * n for n in range(11)]
    spans = [("a", 0.0, 300.0), ("a.2", 300.0, 600.0), ("a.3", 600.0, 900.0), ("a.4", 900.0, 1_000.0)]
    assert cut(up) == spans
    assert cut(up[::-1]) == spans


def test_friction_counts_as_rise():
    """0.15 m a metre of friction on the level: 90 m after 600 m, 105 after 700."""
    assert cut([200.0] * 11, loss_per_m=0.15) == [("a", 0.0, 600.0), ("a.2", 600.0, 1_000.0)]


def test_the_last_metres_before_a_low_user_stand_alone():
    down = [260.0 - 6 * n for n in range(11)]
    assert cut(down, user_fall_m=40.0) == [("a", 0.0, 990.0), ("a.2", 990.0, 1_000.0)]
    assert cut(down, user_fall_m=61.0) == [("a", 0.0, 1_000.0)]


def test_a_piece_knows_its_rise_and_its_lowest_point():
    found = pieces_of("a", KM, np.array([200, 180, 150, 190, 230, 220, 210, 205, 200, 200, 200.0]), band_m=500.0,
                      loss_per_m=0.0, user_fall_m=np.inf)[0]  # fmt: skip
    assert found.lift_m == 30.0
    assert found.low == (150.0, pytest.approx(0.2))


def test_heights_nobody_knows_are_left_out():
    ground = np.array([200.0, np.nan, 260, 290, 320, np.nan, 380, 410, 440, 470, 500])
    found = pieces_of("a", KM, ground, band_m=100.0, loss_per_m=0.0, user_fall_m=np.inf)
    assert [(piece.start_m, piece.end_m) for piece in found] == [(0, 300), (300, 600), (600, 900), (900, 1_000)]
    nothing = pieces_of("a", KM, np.full(11, np.nan), band_m=100.0, loss_per_m=0.0, user_fall_m=np.inf)
    assert [(piece.start_m, piece.end_m) for piece in nothing] == [(0, 1_000)]


def test_a_piece_halved_gives_its_number_on():
    """The first piece of 300 m is cut at 150 m, where the ground is 245 m high."""
    pieces = pieces_of("a", KM, np.array([200.0 + 30 * n for n in range(11)]), band_m=100.0, loss_per_m=0.0,
                       user_fall_m=np.inf)  # fmt: skip
    found = halved("a", pieces, {"a"})
    assert [(piece.id, piece.start_m, piece.end_m) for piece in found] == [
        ("a", 0, 150), ("a.2", 150, 300), ("a.3", 300, 600), ("a.4", 600, 900), ("a.5", 900, 1_000)
    ]  # fmt: skip
    assert (found[0].height_m[-1], found[1].height_m[0], found[1].lift_m) == pytest.approx((245, 245, 45))
    assert [piece.id for piece in halved("a", pieces, set())] == ["a", "a.2", "a.3", "a.4"]
