"""Writing the made set: labels instead of codes, values packed small, sources for every layer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from affine import Affine
from pyproj import CRS

from data.make.write import labelled, rounded
from geo.grids.raster import Raster
from layers.catalogue import CATALOGUE


def test_choices_are_written_as_chinese_labels_and_gaps_stay_gaps() -> None:
    rows = pd.DataFrame({"id": ["a", "b"], "kind": ["pond", None]})
    shown = labelled(rows, CATALOGUE["small_water_works"])
    assert shown["kind"].tolist()[0] == "山坪塘"
    assert shown["kind"].isna().tolist() == [False, True]
    assert rows["kind"].tolist()[0] == "pond"


def test_rounding_keeps_the_grid_and_the_decimals() -> None:
    raster = Raster(np.array([[160.04, 2033.06]], np.float32), Affine(90, 0, 0, 0, -90, 0), CRS.from_epsg(4545))
    small = rounded(raster, decimals=1)
    assert np.allclose(small.values, [[160.0, 2033.1]])
    assert small.transform == raster.transform
    assert small.values.dtype == np.float32
