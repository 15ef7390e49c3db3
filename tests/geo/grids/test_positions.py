"""Many points through an affine transform."""

from __future__ import annotations

import numpy as np
from affine import Affine

from geo.grids.positions import placed

GRID = Affine(30.0, 0.0, 500_000.0, 0.0, -30.0, 3_200_000.0)


def test_cells_become_coordinates_and_come_back():
    column, row = np.array([0.5, 10.5]), np.array([0.5, 2.5])
    x, y = placed(GRID, column, row)
    assert x.tolist() == [500_015.0, 500_315.0]
    assert y.tolist() == [3_199_985.0, 3_199_925.0]
    back = placed(~GRID, x, y)
    assert np.allclose(back, (column, row))


def test_a_turned_grid_says_what_affine_says_of_each_point():
    turned = Affine.rotation(30.0) @ Affine.scale(2.0, 3.0) @ Affine.translation(7.0, -1.0)
    x, y = placed(turned, np.array([1.0, 4.0]), np.array([2.0, -5.0]))
    assert [(x[0], y[0]), (x[1], y[1])] == [turned @ (1.0, 2.0), turned @ (4.0, -5.0)]
