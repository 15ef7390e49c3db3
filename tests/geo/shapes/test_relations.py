"""What lies in what: hand-made zones two by one, and properties that must hold for any shapes."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo.shapes.relations import assign
from words.errors import AtlasError


def frame(geometry: list[shapely.Geometry | None], index: list[str] | None = None, crs: int = 4545) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=geometry, index=index, crs=crs)


ZONES = frame([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], ["west", "east"])


def table(result) -> dict[tuple[str, str], float]:
    return {(row.feature, row.zone): row.share for row in result.itertuples()}


def test_layers_in_different_systems_are_refused():
    other = frame([shapely.Point(0, 0)], ["p"], crs=4524)
    with pytest.raises(AtlasError, match=r"crs\.mismatch"):
        assign(other, ZONES)


def test_a_point_belongs_to_its_zone_and_on_the_common_border_to_the_first():
    points = frame([shapely.Point(5, 5), shapely.Point(150, 5), shapely.Point(100, 5), shapely.Point(300, 5), None])
    assert assign(points, ZONES).tolist()[:3] == ["west", "east", "west"]
    assert assign(points, ZONES.iloc[::-1]).tolist()[2] == "east"
    assert assign(points, ZONES).isna().tolist() == [False, False, False, True, True]


def test_zones_called_by_whole_numbers_stay_whole():
    found = assign(frame([shapely.Point(5, 5), shapely.Point(900, 5)]), ZONES.reset_index(drop=True))
    assert (found.iloc[0], found.dtype) == (0, "Int64")
    assert found.isna().tolist() == [False, True]


def test_assigning_without_zones_or_points_gives_nothing():
    assert assign(frame([shapely.Point(5, 5)]), ZONES.iloc[:0]).isna().all()
    assert len(assign(frame([]), ZONES)) == 0
