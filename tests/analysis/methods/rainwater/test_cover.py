"""Runoff of all land by hand: two covers, two soils, and townships of which one is unknown."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from affine import Affine
from golden_district import golden_district
from pyproj import CRS

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.cover import GROUPS, SURFACES, Runoff, runoff_coefficients, township_runoff
from geo.grids.raster import reproject
from layers.district import District
from layers.surfaces import surface_of
from layers.versions.opening import open_district

ASSUMED = resolve(ASSUMPTIONS, {})
WEST, EAST = golden_district().townships.index


def ground(*, cover: tuple[int, int] = (1, 2), soil: tuple[int, int] | None = (2, 3)) -> District:
    """Two townships of 200 km², each of one cover (1 forest, 2 cropland) and one soil group (1 a … 4 d); 0 unknown."""
    district = golden_district()
    rasters = {name: one for name, one in district.rasters.items() if name != "soil_group"}
    for name, pair in (("landcover", cover), ("soil_group", soil)):
        if pair is not None:
            values = np.tile(np.where(np.arange(200) < 100, *pair), (200, 1)).astype("uint8")
            rasters[name] = dataclasses.replace(district.rasters[name], values=values)
    return dataclasses.replace(district, rasters=rasters)


def runoff(district: District, *, mean_mm: float | None = None, **changed: float) -> list[Runoff]:
    found = township_runoff(district, {**ASSUMED, **changed}, mean_mm=mean_mm)
    assert found is not None
    return list(found.values())


def volumes(district: District, **changed: float) -> list[float | None]:
    return [one.volume_m3 for one in runoff(district, **changed)]


def changed_raster(district: District, layer: str, **parts: object) -> District:
    raster = dataclasses.replace(district.rasters[layer], **parts)
    return dataclasses.replace(district, rasters={**district.rasters, layer: raster})


def test_a_coefficient_is_that_of_the_surface_and_its_soil_between_none_and_all():
    table = pd.DataFrame(runoff_coefficients(ASSUMED), index=SURFACES, columns=GROUPS)
    assert table.loc["forest"].tolist() == pytest.approx([0.18, 0.28, 0.33, 0.38])
    assert table.loc["urban"].tolist() == pytest.approx([0.58, 0.68, 0.73, 0.78])
    assert table.loc["water"].tolist() == pytest.approx([0.90, 1.0, 1.0, 1.0])
    dry = runoff_coefficients({**ASSUMED, "rain_cover_forest": 0.15, "rain_soil_a": -0.2})
    assert dry[SURFACES.index("forest"), 0] == 0.0


def test_two_covers_on_two_soils():
    # 200 km²: 0.28 of 1,000 mm, and (0.38 + 0.05) of 1,200 mm
    assert volumes(ground()) == pytest.approx([56e6, 103.2e6], rel=1e-6)
    assert volumes(ground(soil=(1, 4))) == pytest.approx([36e6, 115.2e6], rel=1e-6)
    assert volumes(ground(), rain_cover_forest=0.4) == pytest.approx([80e6, 103.2e6], rel=1e-6)


def test_without_a_soil_raster_group_b_is_taken():
    assert volumes(ground(soil=None)) == pytest.approx([56e6, 91.2e6], rel=1e-6)


def test_rain_and_cover_are_multiplied_cell_by_cell_not_their_means():
    cover = np.tile(np.where(np.arange(200) < 100, 1, 2), (200, 1)).astype("uint8")
    rain = np.full((200, 200), 1_000.0)
    cover[:50], rain[:50] = 3, 2_000.0  # the town of the north quarter has twice the rain
    district = changed_raster(changed_raster(ground(), "landcover", values=cover), "rainfall", values=rain)
    # 50 km² of town (0.68 and 0.73 on group c) under 2,000 mm, 150 km² of forest (0.28) or cropland (0.43) under 1,000
    assert volumes(district) == pytest.approx([68e6 + 42e6, 73e6 + 64.5e6], rel=1e-6)


def test_two_townships_of_wulong_by_an_independent_count_of_their_cells():
    district = open_district(Path(__file__).parents[4] / "data")
    found = township_runoff(district, ASSUMED, mean_mm=None)
    assert found is not None
    rates, legend = runoff_coefficients(ASSUMED), surface_of(district)
    grids = [district.rasters[layer] for layer in ("landcover", "soil_group", "rainfall")]
    cell = grids[0].transform.a
    for code in ("500156001", "500156212"):  # a town by the river, and forest on the mountain
        polygon = district.townships.geometry[code]
        west, south, east, north = polygon.bounds
        columns = range(int((west - grids[0].transform.c) // cell), int((east - grids[0].transform.c) // cell) + 1)
        rows = range(int((grids[0].transform.f - north) // cell), int((grids[0].transform.f - south) // cell) + 1)
        row, column = (axis.ravel() for axis in np.meshgrid(rows, columns, indexing="ij"))
        left, top = grids[0].transform.c + column * cell, grids[0].transform.f - row * cell
        inside_m2 = shapely.area(shapely.intersection(shapely.box(left, top - cell, left + cell, top), polygon))
        cover, group, rain = (grid.values[row, column] for grid in grids)
        by_hand = sum(
            rates[SURFACES.index(legend[c]), g - 1] * mm / 1000 * area
            for c, g, mm, area in zip(cover.tolist(), group.tolist(), rain.tolist(), inside_m2.tolist(), strict=True)
            if area
        )
        assert inside_m2.sum() == pytest.approx(polygon.area, rel=1e-9)
        assert found[code].known_share == 1.0
        assert found[code].volume_m3 == pytest.approx(by_hand, rel=1e-6)  # rain is kept in single precision


def test_soil_and_rain_on_other_grids_count_where_the_centre_of_a_cell_falls():
    district = ground()
    rain = dataclasses.replace(
        district.rasters["rainfall"], values=np.array([[1_000.0, 1_200.0]]),
        transform=Affine(10_000, 0, 480_000, 0, -20_000, 3_260_000),
    )  # fmt: skip
    degrees = reproject(district.rasters["soil_group"], CRS.from_epsg(4490), method="nearest")
    moved = dataclasses.replace(district, rasters={**district.rasters, "rainfall": rain, "soil_group": degrees})
    west, east = runoff(moved)
    assert (west.volume_m3, east.volume_m3) == pytest.approx((56e6, 103.2e6), rel=2e-3)  # a rim of half a soil cell


def test_without_a_rain_grid_the_record_falls_everywhere():
    district = ground()
    bare = dataclasses.replace(district, rasters={k: v for k, v in district.rasters.items() if k != "rainfall"})
    assert volumes(bare, mean_mm=500.0) == pytest.approx([28e6, 43e6], rel=1e-6)
    assert volumes(bare, mean_mm=None) == [None, None]


@pytest.mark.parametrize(("layer", "unknown"), [("landcover", 0), ("landcover", 77), ("soil_group", 9)])
def test_a_township_without_cover_or_soil_is_unknown_not_dry(layer, unknown):
    values = ground().rasters[layer].values.copy()
    values[:, 100:] = unknown
    west, east = runoff(changed_raster(ground(), layer, values=values))
    assert west == Runoff(pytest.approx(56e6, rel=1e-6), 1.0)
    assert east == Runoff(None, 0.0)


def test_a_township_without_rain_is_unknown_not_dry():
    values = ground().rasters["rainfall"].values.copy()
    values[:, :100] = -9999.0
    assert volumes(changed_raster(ground(), "rainfall", values=values)) == [None, pytest.approx(103.2e6, rel=1e-6)]


@pytest.mark.parametrize("layer", ["landcover", "soil_group", "rainfall"])
def test_cells_without_a_value_are_left_out_and_the_share_that_is_known_told(layer):
    grid = ground().rasters[layer]
    values = grid.values.copy()
    values[:20, 100:] = grid.nodata  # a tenth of the east
    assert runoff(changed_raster(ground(), layer, values=values))[1] == Runoff(
        pytest.approx(0.9 * 103.2e6, rel=1e-6), pytest.approx(0.9)
    )
    values[:100, 100:] = grid.nodata  # half of it: less than the share that must be known
    halved = changed_raster(ground(), layer, values=values)
    assert runoff(halved)[1] == Runoff(None, pytest.approx(0.5))
    assert runoff(halved, known_cells_share=0.5)[1].volume_m3 == pytest.approx(51.6e6, rel=1e-6)


def test_without_cover_or_a_legend_nothing_is_told():
    district = ground()
    rasters = {name: one for name, one in district.rasters.items() if name != "landcover"}
    assert township_runoff(dataclasses.replace(district, rasters=rasters), ASSUMED, mean_mm=None) is None
    tables = {name: one for name, one in district.tables.items() if name != "landcover_legend"}
    assert township_runoff(dataclasses.replace(district, tables=tables), ASSUMED, mean_mm=None) is None
