"""Runoff of all land by hand: two covers, two soils, and townships of which one is unknown."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from golden_district import golden_district

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.cover import GROUPS, SURFACES, runoff_coefficients, township_runoff_m3
from layers.district import District

ASSUMED = resolve(ASSUMPTIONS, {})
WEST, EAST = golden_district().townships.index
RAIN = pd.Series({WEST: 1_000.0, EAST: 1_200.0})


def ground(*, cover: tuple[int, int] = (1, 2), soil: tuple[int, int] | None = (2, 3)) -> District:
    """Two townships of 200 km², each of one cover (1 forest, 2 cropland) and one soil group (1 a … 4 d); 0 unknown."""
    district = golden_district()
    rasters = {name: one for name, one in district.rasters.items() if name != "soil_group"}
    for name, pair in (("landcover", cover), ("soil_group", soil)):
        if pair is not None:
            values = np.tile(np.where(np.arange(200) < 100, *pair), (200, 1)).astype("uint8")
            rasters[name] = dataclasses.replace(district.rasters[name], values=values)
    return dataclasses.replace(district, rasters=rasters)


def runoff(district: District, rain: pd.Series = RAIN, **changed: float) -> list[float]:
    found = township_runoff_m3(district, rain, {**ASSUMED, **changed})
    assert found is not None
    return found.tolist()


def test_a_coefficient_is_that_of_the_surface_and_its_soil_between_none_and_all():
    table = pd.DataFrame(runoff_coefficients(ASSUMED), index=SURFACES, columns=GROUPS)
    assert table.loc["forest"].tolist() == pytest.approx([0.18, 0.28, 0.33, 0.38])
    assert table.loc["urban"].tolist() == pytest.approx([0.58, 0.68, 0.73, 0.78])
    assert table.loc["water"].tolist() == pytest.approx([0.90, 1.0, 1.0, 1.0])
    dry = runoff_coefficients({**ASSUMED, "rain_cover_forest": 0.15, "rain_soil_a": -0.2})
    assert dry[SURFACES.index("forest"), 0] == 0.0


def test_two_covers_on_two_soils():
    # 200 km²: 0.28 of 1,000 mm, and (0.38 + 0.05) of 1,200 mm
    assert runoff(ground()) == pytest.approx([56e6, 103.2e6], rel=1e-6)
    assert runoff(ground(soil=(1, 4))) == pytest.approx([36e6, 115.2e6], rel=1e-6)
    assert runoff(ground(), rain_cover_forest=0.4) == pytest.approx([80e6, 103.2e6], rel=1e-6)


def test_without_a_soil_raster_group_b_is_taken():
    assert runoff(ground(soil=None)) == pytest.approx([56e6, 91.2e6], rel=1e-6)


def test_a_township_without_cover_soil_or_rain_is_unknown_not_dry():
    for district in (ground(cover=(1, 0)), ground(soil=(2, 0)), ground(soil=(2, 9))):
        west, east = runoff(district)
        assert west == pytest.approx(56e6, rel=1e-6)
        assert np.isnan(east)
    west, east = runoff(ground(), RAIN.drop(EAST))
    assert (west, np.isnan(east)) == (pytest.approx(56e6, rel=1e-6), True)


def test_half_a_township_of_unknown_soil_takes_the_group_of_the_other_half():
    district = ground()
    soil = district.rasters["soil_group"]
    values = soil.values.copy()
    values[:100, 100:] = 9
    halved = dataclasses.replace(
        district, rasters={**district.rasters, "soil_group": dataclasses.replace(soil, values=values)}
    )
    assert runoff(halved)[1] == pytest.approx(103.2e6, rel=1e-6)


def test_without_cover_or_a_legend_nothing_is_told():
    district = ground()
    rasters = {name: one for name, one in district.rasters.items() if name != "landcover"}
    assert township_runoff_m3(dataclasses.replace(district, rasters=rasters), RAIN, ASSUMED) is None
    tables = {name: one for name, one in district.tables.items() if name != "landcover_legend"}
    assert township_runoff_m3(dataclasses.replace(district, tables=tables), RAIN, ASSUMED) is None
