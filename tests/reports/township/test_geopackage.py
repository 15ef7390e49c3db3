"""A township's GeoPackage: readable columns, stored degrees, styles QGIS finds, sources."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely

from geo.files import geopackage, vector
from reports.township.geopackage import township_gpkg
from tests.paper_district import HOSTILE, paper_district
from words.errors import AtlasError


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return township_gpkg(paper_district(), "W", tmp_path_factory.mktemp("out") / "白马镇.gpkg")


def _rows(path: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_it_holds_the_layers_of_the_township_under_their_names(package: Path):
    assert {"乡镇街道", "河流", "村(社区)", "城镇片区"} <= set(geopackage.layers(package))


def test_columns_are_readable_and_numbers_in_their_unit(package: Path):
    frame = vector.read(package, layer="村(社区)").frame
    village = frame.set_index("编号").loc["V7"]
    assert village["耕地面积(亩)"] == pytest.approx(150)
    assert village["类型"] == "行政村"
    assert HOSTILE in frame["名称"].tolist()


def test_places_are_stored_in_cgcs2000_degrees(package: Path):
    read = vector.read(package, layer="村(社区)")
    assert read.declared_crs is not None
    assert read.declared_crs.to_epsg() == 4490
    assert read.frame.geometry.x.between(107.7, 108.0).all()


def test_dates_read_as_dates(package: Path):
    assert vector.read(package, layer="城镇片区").frame["批准日期"].tolist() == ["2021-03-01"] * 3


def test_every_layer_has_its_default_style_for_its_own_columns(package: Path):
    styles = dict(_rows(package, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert {"乡镇街道", "河流", "村(社区)", "城镇片区"} <= set(styles)
    for layer, qml in styles.items():
        renderer = ElementTree.fromstring(qml).find("renderer-v2")
        assert renderer is not None
        assert renderer.get("attr") in vector.read(package, layer=layer).frame.columns


def test_the_notes_name_source_status_and_version(package: Path):
    found = {row[0]: row[1:] for row in _rows(package, "SELECT 图层, 数量, 来源, 性质, 数据版本 FROM 说明")}
    assert found["村(社区)"] == (18, "重庆市武隆区水利局", "示意数据", "0123456789ab")
    assert found["水库"][0] is None


def test_single_and_multiparts_become_one_kind(tmp_path: Path):
    district = paper_district()
    areas = district.frames["urban_areas"]
    pair = shapely.multipolygons([areas.geometry.iloc[0], areas.geometry.iloc[1].buffer(-100)])
    areas.loc[areas.index[0], "geometry"] = pair
    package = township_gpkg(district, "W", tmp_path / "w.gpkg")
    assert set(vector.read(package, layer="城镇片区").frame.geom_type) == {"MultiPolygon"}


def test_a_refusal_leaves_no_file(tmp_path: Path):
    with pytest.raises(AtlasError, match=r"errors\.unknown_township"):
        township_gpkg(paper_district(), "X", tmp_path / "x.gpkg")
    assert not list(tmp_path.iterdir())
