"""Real files with real traps, where they lie beside the repository."""

import dataclasses

import places
import pytest
from small_district import METRIC, small_district

from geo.crs import to_crs
from geo.files.vector import read, write_shapefile
from layers.catalogue import CATALOGUE
from layers.reading.register import Register
from layers.reading.whole import read_layer
from words.errors import AtlasError

REAL = places.REAL / "boundary"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside the repository")
SETTINGS = dataclasses.replace(small_district().settings, code="500156")


def test_counties_in_gbk_without_cpg_are_read_by_name(tmp_path):
    counties = read(REAL / "counties_cgcs2000_gk108_gbk_nocpg.shp").frame
    assert "武隆区" in counties["行政区名"].tolist()
    path = tmp_path / "townships.shp"
    named = counties.rename(columns={"行政区码": "code", "行政区名": "name"})
    write_shapefile(named, path, encoding="GB18030")
    path.with_suffix(".cpg").unlink()
    reading = read_layer(CATALOGUE["townships"], path, settings=SETTINGS)
    assert len(reading.frame) == 7
    assert reading.encoding == "gb18030"
    wulong = reading.frame.set_index("code").loc["500156"]
    assert wulong["name"] == "武隆区"
    assert wulong.geometry.area == pytest.approx(2.9e9, rel=0.01)


def test_a_boundary_from_a_map_service_is_named_and_held(tmp_path):
    counties = read(REAL / "counties_wgs84.geojson").frame
    wulong = to_crs(counties[counties["CODE"] == 500156], METRIC)[["geometry"]].assign(code="500156", name="武隆区")
    register = Register.of(wulong, county="500156")
    shifted = read(REAL / "wulong_gcj02.geojson").frame[["geometry"]].assign(id="K1")
    path = tmp_path / "parks.shp"
    write_shapefile(shifted, path)
    with pytest.raises(AtlasError, match="gcj02"):
        read_layer(CATALOGUE["industrial_parks"], path, settings=SETTINGS, townships=register)
