"""Sites in the dress of strangers: each read to the area that was drawn, refused, or told what does not agree."""

from __future__ import annotations

import json

import pytest
import shapely
from pyproj import Transformer
from shapely import box
from siting_ground import make_ground

from intake.site.degrees import unpacked, unpacked_minutes
from intake.site.reading import SiteFile, read_pasted, read_site
from words.errors import AtlasError

DISTRICT = make_ground().district
X, Y = 485_000.0, 3_250_000.0
PLOT = box(X, Y, X + 200, Y + 150)
HOLE = box(X + 50, Y + 50, X + 100, Y + 100)
OTHER = box(X + 400, Y, X + 500, Y + 100)
TO_LONLAT = Transformer.from_crs(4545, 4490, always_xy=True).transform


def lonlat(shape: shapely.Polygon) -> shapely.Polygon:
    return shapely.transform(shape, TO_LONLAT, interleaved=False)


CORNERS = [*lonlat(PLOT).exterior.coords][:-1]


def in_minutes(degrees: float) -> tuple[int, float]:
    return int(degrees), degrees % 1 * 60


def in_seconds(degrees: float) -> tuple[int, int, float]:
    whole, minutes = in_minutes(degrees)
    return whole, int(minutes), minutes % 1 * 60


def written(way: str) -> str:
    """The corners, one a line, each number by the way it is written."""
    ways = {
        "dots": lambda one: "{}.{:02}.{:08.5f}".format(*in_seconds(one)),
        "degrees and minutes": lambda one: "{} {:.7f}".format(*in_minutes(one)),
        "dddmm.mmm": lambda one: "{}{:010.7f}".format(*in_minutes(one)),
        "ddd.mmss": lambda one: "{}.{:02}{}".format(
            *in_seconds(one)[:2], f"{in_seconds(one)[2]:08.5f}".replace(".", "")
        ),
    }
    return "\n".join(", ".join(map(ways[way], corner)) for corner in CORNERS)


def of_file(tmp_path, name: str, content: str) -> SiteFile:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return read_site(tmp_path / name, DISTRICT)


@pytest.mark.parametrize("way", ["dots", "degrees and minutes", "dddmm.mmm", "ddd.mmss"])
def test_degrees_written_in_any_usual_way_are_the_same_place(way):
    found = read_pasted(written(way), DISTRICT).geometry
    assert found.area == pytest.approx(30_000, abs=1)
    assert found.symmetric_difference(PLOT).area < 10


def test_packed_degrees_by_hand():
    assert unpacked(1073045.0) == pytest.approx(107 + 30 / 60 + 45 / 3600)
    assert unpacked(107.3045, scale=1e4) == pytest.approx(107 + 30 / 60 + 45 / 3600)
    assert unpacked_minutes(10730.75) == pytest.approx(107.5125)
    assert [unpacked(1076045.0), unpacked(107.3065, scale=1e4), unpacked_minutes(10761.0)] == [None, None, None]


def test_shapes_in_wkt_stand_one_a_line_with_their_names(tmp_path):
    plot, other = lonlat(PLOT.difference(HOLE)), lonlat(OTHER)
    found = read_pasted(f"name\twkt\n甲\t{plot.wkt}\n乙\t{other.wkt}", DISTRICT)
    assert [(name, round(shape.area)) for name, shape in found.parcels] == [("甲", 27_500), ("乙", 10_000)]
    assert read_pasted(f"{plot.wkt}\n{other.wkt}", DISTRICT).geometry.area == pytest.approx(37_500, abs=0.01)
    assert of_file(tmp_path, "a.csv", f'name,wkt\n丙,"{plot.wkt}"\n').own_name == "丙"
    with pytest.raises(AtlasError) as caught:
        read_pasted(f"甲,{plot.wkt}\n乙,107.1,29.4", DISTRICT)
    assert (caught.value.key, caught.value.facts["row"]) == ("siting.errors.line_unread", 2)


def test_a_border_within_its_hole_is_put_right_and_said(tmp_path):
    rings = [[*map(list, lonlat(one).exterior.coords)] for one in (HOLE, PLOT)]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": rings}}
    found = of_file(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert found.geometry.area == pytest.approx(27_500, abs=0.01)
    assert "intake.site.rings_sorted" in [note.key for note in found.notes]


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("面积(亩)", 45, None),
        ("面积(亩)", 450, "intake.site.area.ten"),
        ("面积公顷", 30_000, "intake.site.area.ha_m2"),
        ("area_ha", 3, None),
        ("用地面积", "450亩", "intake.site.area.ten"),
        ("用地面积", "45 亩", None),
        ("用地面积", "约45亩", None),
    ],
)
def test_an_area_stated_in_a_property_is_held_against_the_one_drawn(field, value, key, tmp_path):
    feature = {"type": "Feature", "properties": {field: value}, "geometry": shapely.geometry.mapping(lonlat(PLOT))}
    found = of_file(tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert [note.key for note in found.notes if ".area." in note.key] == ([key] if key else [])


def test_an_area_in_the_extended_data_of_a_kml_is_held_against_the_one_drawn(tmp_path):
    places = " ".join(f"{x},{y}" for x, y in lonlat(PLOT).exterior.coords)
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{places}</coordinates></LinearRing></outerBoundaryIs>"
    for data in ('<Data name="面积(亩)"><value>450</value></Data>',
                 '<SchemaData><SimpleData name="面积(亩)">450</SimpleData></SchemaData>'):  # fmt: skip
        body = f"<ExtendedData>{data}</ExtendedData><Polygon>{ring}</Polygon>"
        found = of_file(tmp_path, "a.kml", f"<kml><Placemark><name>甲</name>{body}</Placemark></kml>")
        assert (found.own_name, found.geometry.area) == ("甲", pytest.approx(30_000, abs=0.01))
        assert "intake.site.area.ten" in [note.key for note in found.notes]


@pytest.mark.parametrize("corner", ["nan,29.4", "107.8,inf", "107.8", "a,b"])
def test_a_corner_of_a_kml_that_is_no_place_is_refused(corner, tmp_path):
    ring = f"<outerBoundaryIs><LinearRing><coordinates>107.8,29.4 107.9,29.4 {corner}</coordinates></LinearRing>"
    body = f"<kml><Placemark><Polygon>{ring}</outerBoundaryIs></Polygon></Placemark></kml>"
    with pytest.raises(AtlasError) as caught:
        of_file(tmp_path, "a.kml", body)
    assert (caught.value.key, caught.value.facts["reason"]) == ("geo.errors.kml_broken", corner)


def test_a_rule_under_a_heading_is_no_name():
    rows = "\n".join(f"| J{at} | {y:.3f} | {x:.3f} |" for at, (x, y) in enumerate(PLOT.exterior.coords, 1))
    found = read_pasted(f"| 点号 | X | Y |\n|---|---|---|\n{rows}", DISTRICT)
    assert (found.own_name, found.geometry.area) == ("", pytest.approx(30_000, abs=0.01))


def test_a_circle_told_in_words_is_refused_and_no_point_with_a_height():
    with pytest.raises(AtlasError) as caught:
        read_pasted("中心点:107.845508,29.367387 半径100米", DISTRICT)
    assert (caught.value.key, caught.value.facts["row"]) == ("siting.errors.line_unread", 1)
