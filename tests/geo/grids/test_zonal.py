"""Zonal statistics by hand, against polygon areas, and behind the CRS guard."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import places
import pytest
import shapely
from affine import Affine
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import CRS

from geo.grids import zonal
from geo.grids.raster import Raster
from words import text
from words.errors import AtlasError

GK108 = CRS.from_epsg(4545)
LANDCOVER = places.REAL / "landcover"


def raster(values, *, nodata: float | None = None, crs: CRS = GK108, cell: float = 10) -> Raster:
    """A raster whose lower left corner is (0, 0)."""
    values = np.asarray(values)
    return Raster(values, Affine(cell, 0, 0, 0, -cell, cell * values.shape[0]), crs, nodata)


def zones(*geometry: shapely.Geometry | None, crs: CRS | None = GK108) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(geometry), crs=crs, index=[f"z{i}" for i in range(len(geometry))])


HEIGHTS = raster(np.array([[1, 2], [3, 4]], dtype=np.float32))  # 1 2 above, 3 4 below; cells of 10 m


def test_cells_weigh_by_the_part_a_zone_covers():
    result = zonal.statistics(HEIGHTS, zones(shapely.box(0, 0, 15, 10)), what=("mean", "sum", "count"))
    assert result.loc["z0"].to_dict() == pytest.approx({"mean": (3 + 4 * 0.5) / 1.5, "sum": 5.0, "count": 1.5})


def test_the_mean_is_the_default():
    result = zonal.statistics(HEIGHTS, zones(shapely.box(0, 0, 20, 20)))
    assert result.columns.tolist() == ["mean"]
    assert result.loc["z0", "mean"] == 2.5


def test_extremes_and_quantiles_go_by_exactextract_names():
    result = zonal.statistics(HEIGHTS, zones(shapely.box(0, 0, 20, 20)), what=("min", "max", "quantile(q=0.5)"))
    assert result.loc["z0"].tolist() == pytest.approx([1, 4, 2.5])
    assert result.columns.tolist() == ["min", "max", "quantile(q=0.5)"]


def test_missing_cells_are_left_out_whether_nan_or_marked():
    zone = zones(shapely.box(0, 0, 20, 20))
    for gappy in (raster([[1.0, np.nan], [3.0, 4.0]]), raster([[1, -9999], [3, 4]], nodata=-9999)):
        result = zonal.statistics(gappy, zone, what=("mean", "count"))
        assert result.loc["z0"].tolist() == pytest.approx([8 / 3, 3])


def test_a_zone_without_any_value_is_unknown_not_zero():
    result = zonal.statistics(
        HEIGHTS, zones(shapely.box(900, 900, 910, 910), None, shapely.Polygon()), what=("sum", "mean", "count")
    )
    assert result[["sum", "mean"]].isna().all(axis=None)
    assert result["count"].tolist() == [0, 0, 0]


def test_no_zones_give_an_empty_table():
    assert zonal.statistics(HEIGHTS, zones(), what=("mean", "max")).shape == (0, 2)
    assert zonal.shares(HEIGHTS, zones()).shape == (0, 0)


def test_class_shares_sum_to_one_and_a_class_not_there_is_zero():
    cover = raster(np.array([[1, 1, 4], [6, 4, 4]], dtype=np.uint8))
    result = zonal.shares(
        cover, zones(shapely.box(0, 0, 20, 20), shapely.box(20, 0, 30, 20), shapely.box(99, 99, 100, 100))
    )
    assert result.columns.tolist() == [1, 4, 6]
    assert result.loc["z0"].tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert result.loc["z1"].tolist() == pytest.approx([0, 1, 0])
    assert result.loc["z2"].isna().all()


def test_whole_number_classes_take_a_nodata_written_with_a_point():
    cover = Raster(np.array([[0, 2], [2, 2]], "uint8"), Affine(10, 0, 0, 0, -10, 20), CRS.from_epsg(4545), 0.0)
    zones = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 20, 20)], crs=4545)
    assert zonal.shares(cover, zones).to_dict("list") == {2: [1.0]}


def test_class_shares_are_of_the_part_with_a_value():
    cover = raster(np.array([[1, 0], [1, 4]], dtype=np.uint8), nodata=0)
    assert zonal.shares(cover, zones(shapely.box(0, 0, 20, 20))).loc["z0"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_a_mask_of_true_and_false_can_be_counted():
    mask = raster(np.array([[True, False], [True, True]]))
    assert zonal.statistics(mask, zones(shapely.box(0, 0, 20, 20))).loc["z0", "mean"] == 0.75


def test_a_raster_in_another_system_is_refused_with_both_named():
    with pytest.raises(AtlasError, match="crs_mismatch") as refusal:
        zonal.statistics(HEIGHTS, zones(shapely.box(0, 0, 1, 1), crs=CRS.from_epsg(4524)))
    sentence = text(refusal.value.key, "zh", **refusal.value.facts)
    assert "EPSG:4545" in sentence
    assert "EPSG:4524" in sentence


def test_zones_without_a_system_and_zones_that_are_no_polygons_are_refused():
    with pytest.raises(AtlasError, match=r"crs\.missing"):
        zonal.shares(HEIGHTS, zones(shapely.box(0, 0, 1, 1), crs=None))
    with pytest.raises(AtlasError, match="not_polygons") as refusal:
        zonal.shares(HEIGHTS, zones(shapely.box(0, 0, 1, 1), shapely.Point(1, 1)))
    assert refusal.value.facts["zone"] == "z1"


def test_the_same_system_in_other_words_is_accepted():
    written = CRS.from_wkt(GK108.to_wkt("WKT1_GDAL"))
    result = zonal.statistics(HEIGHTS, zones(shapely.box(0, 0, 20, 20), crs=written))
    assert result.loc["z0", "mean"] == 2.5


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_the_cells_counted_add_up_to_the_polygons_area(seed):
    rng = np.random.default_rng(seed)
    centre = rng.uniform(60, 140, 2)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 12))
    spokes = rng.uniform(5, 50, 12)
    polygon = shapely.Polygon(np.c_[centre[0] + spokes * np.cos(angle), centre[1] + spokes * np.sin(angle)])
    assume(polygon.is_valid)  # spokes all on one side may cross
    grid = raster(rng.normal(500, 100, (20, 20)))
    result = zonal.statistics(grid, zones(polygon), what=("count", "mean", "min", "max")).loc["z0"]
    assert result["count"] * 100 == pytest.approx(polygon.area, rel=1e-6)
    assert result["min"] <= result["mean"] <= result["max"]


@settings(deadline=None, max_examples=20)
@given(st.floats(1, 199), st.floats(1, 199))
def test_zones_that_tile_the_raster_sum_to_its_whole(x, y):
    grid = raster(np.arange(400.0).reshape(20, 20))
    tiles = zones(
        shapely.box(0, 0, x, y), shapely.box(x, 0, 200, y), shapely.box(0, y, x, 200), shapely.box(x, y, 200, 200)
    )
    assert zonal.statistics(grid, tiles, what=("sum",))["sum"].sum() == pytest.approx(grid.values.sum(), rel=1e-6)


@pytest.mark.skipif(not LANDCOVER.exists(), reason="the real land cover is not beside the repository")
def test_real_land_cover_shares_agree_with_bare_exactextract():
    rasterio = pytest.importorskip("rasterio")
    from exactextract import exact_extract

    path = LANDCOVER / "saomiguel_clc2018_v2020_20u1.tif"
    municipalities = gpd.read_file(LANDCOVER / "saomiguel_concelhos.gpkg").set_index("name")
    with rasterio.open(path) as source:
        cover = Raster(source.read(1), source.transform, CRS.from_user_input(source.crs), source.nodata)
        bare = exact_extract(source, municipalities.reset_index(), ["unique", "frac"], include_cols="name")
    result = zonal.shares(cover, municipalities)
    assert result.sum(axis=1).to_numpy() == pytest.approx(np.ones(6), abs=1e-9)
    for row in bare:
        found = row["properties"]
        expected = dict(zip(found["unique"].tolist(), found["frac"].tolist(), strict=True))
        assert result.loc[found["name"], list(expected)].to_dict() == pytest.approx(expected, abs=1e-9)


def test_the_cells_of_a_zone_are_those_with_a_value_and_the_part_it_covers():
    grid = raster([[1, 0, 2], [3, 0, 9]], nodata=0)
    half, away, none = zonal.cells(grid, zones(shapely.box(5, 5, 25, 20), shapely.box(90, 90, 99, 99), None))
    assert dict(zip(*(axis.tolist() for axis in half), strict=True)) == {0: 0.5, 2: 0.5, 3: 0.25, 5: 0.25}
    assert [len(axis) for axis in (*away, *none)] == [0, 0, 0, 0]


def test_the_share_that_is_known_is_of_the_whole_zone_also_beyond_the_raster():
    zone = zones(shapely.box(0, 0, 40, 10), shapely.box(0, 0, 20, 20))
    counts = zonal.statistics(HEIGHTS, zone, what=("count",))["count"].to_numpy()
    assert zonal.known_shares(counts, HEIGHTS, zone).tolist() == [0.5, 1.0]
    assert zonal.known_shares(np.array([3.9999999, 3.999]), HEIGHTS, zone).tolist() == pytest.approx([1.0, 0.99975])
