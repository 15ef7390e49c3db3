"""What the product wrote comes back in with the same area and name."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from siting_ground import make_ground
from small_district import small_district

from geo.doubt import UndecidedError
from geo.files.vector import write_geopackage, write_shapefile
from intake.site.reading import read_site
from reports.township.geopackage import township_gpkg

SMALL = small_district()
DISTRICT = make_ground().district
PLOT = shapely.box(485_000, 3_250_000, 485_200.123, 3_250_150.456)


def test_a_township_written_as_geopackage_is_read_with_its_area_and_name(tmp_path):
    code = str(SMALL.townships["code"].iloc[0])
    township = SMALL.township(code)
    township_gpkg(SMALL, code, tmp_path / "a.gpkg")
    answers: dict[str, str] = {}
    try:
        read_site(tmp_path / "a.gpkg", SMALL)
    except UndecidedError as error:
        choices = [choice.value for choice in error.doubts[0].choices]
        answers = {"site.layer": choices[0]}
    found = read_site(tmp_path / "a.gpkg", SMALL, answers=answers)
    assert found.own_name == township.name
    drawn = SMALL.townships.set_index("code").geometry.loc[code]
    assert found.geometry.area == pytest.approx(drawn.area, abs=0.01)


@pytest.mark.parametrize("crs", [4490, 4545])
def test_a_site_written_here_is_read_with_its_area_and_name(crs, tmp_path):
    frame = gpd.GeoDataFrame({"名称": ["甲"]}, geometry=[PLOT], crs=4545).to_crs(crs)
    write_geopackage({"场地": frame}, tmp_path / "a.gpkg")
    write_shapefile(frame, tmp_path / "a.shp")
    for name in ("a.gpkg", "a.shp"):
        found = read_site(tmp_path / name, DISTRICT)
        assert found.own_name == "甲"
        assert found.geometry.area == pytest.approx(PLOT.area, abs=0.01)
