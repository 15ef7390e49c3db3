"""Pasted sites: every way of writing the same square gives the same place, and what cannot be read is named."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from siting_ground import make_ground, square

from geo.doubt import Answers
from intake.site.boundary_text import is_boundary_text, parse_boundary
from intake.site.coordinates import of_text
from intake.site.reading import read_pasted
from words import LANGUAGES, text
from words.errors import AtlasError

DISTRICT = make_ground().district
SQUARE = square()
CORNERS = list(SQUARE.exterior.coords)[:-1]
LONLAT = [Transformer.from_crs(4545, 4490, always_xy=True).transform(*corner) for corner in CORNERS]
HEADER = (
    "[属性描述]\n格式版本号=1.01版本\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n带号=36\n[地块坐标]\n"
)


def lines(places, pattern: str) -> str:
    return "\n".join(pattern.format(a, b) for a, b in places)


def dms(value: float) -> str:
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return f"{degrees}°{minutes}′{(value - degrees - minutes / 60) * 3600:.6f}″"


def boundary(places, *, prefix: float = 36_000_000, close: bool = True) -> str:
    places = [*places, places[0]] if close else places
    points = "\n".join(f"J{at},1,{north:.3f},{east + prefix:.3f}" for at, (east, north) in enumerate(places, 1))
    return f"{HEADER}{len(places)},1.0,1,地块一,面,,住宅,,@\n{points}\n"


WAYS = {
    "decimal degrees": lines(LONLAT, "{:.10f}, {:.10f}"),
    "latitude first": "\n".join(f"{lat:.10f} {lon:.10f}" for lon, lat in LONLAT),
    "full-width comma": lines(LONLAT, "{:.10f}\uff0c{:.10f}"),
    "labels": "\n".join(f"J{at}: {a:.10f}, {b:.10f}" for at, (a, b) in enumerate(LONLAT, 1)),
    "numbers": "\n".join(f"{at}\t{a:.3f}\t{b:.3f}" for at, (a, b) in enumerate(CORNERS, 1)),
    "heights": "\n".join(f"{a:.3f},{b:.3f},450.2" for a, b in CORNERS),
    "degrees minutes seconds": "\n".join(f"{dms(lon)} {dms(lat)}" for lon, lat in LONLAT),
    "north first with words": "\n".join(f"北纬{dms(lat)} 东经{dms(lon)}" for lon, lat in LONLAT),
    "letters after": "\n".join(f"{lat:.10f}N {lon:.10f}E" for lon, lat in LONLAT),
    "eastings": lines(CORNERS, "{:.3f} {:.3f}"),
    "northings first": "\n".join(f"{north:.3f},{east:.3f}" for east, north in CORNERS),
    "zone prefix": "\n".join(f"{east + 36_000_000:.3f},{north:.3f}" for east, north in CORNERS),
    "zone prefix, northing first": "\n".join(f"{north:.3f},{east + 36_000_000:.3f}" for east, north in CORNERS),
    "one line": "; ".join(f"{a:.3f},{b:.3f}" for a, b in CORNERS),
    "closed": lines([*CORNERS, CORNERS[0]], "{:.3f},{:.3f}"),
    "WKT": SQUARE.wkt,
    "GeoJSON": shapely.to_geojson(shapely.Polygon(LONLAT)),
    "boundary text": boundary(CORNERS),
    "boundary text without prefix": boundary(CORNERS, prefix=0),
    "boundary text not closed": boundary(CORNERS, close=False),
    "bare boundary points": "\n".join(f"J{at},1,{north:.3f},{east:.3f}" for at, (east, north) in enumerate(CORNERS, 1)),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_gives_the_same_square(way):
    found = read_pasted(WAYS[way], DISTRICT)
    assert len(found.parcels) == 1
    assert shapely.symmetric_difference(found.geometry, SQUARE).area < 0.5
    for language in LANGUAGES:
        assert all(text(note.key, language, **note.facts) for note in found.notes)
    assert found.notes


def test_order_and_system_are_said():
    keys = [note.key for note in read_pasted(WAYS["northings first"], DISTRICT).notes]
    assert keys == ["siting.read.swapped", "siting.read.guessed"]
    assert [note.key for note in read_pasted(WAYS["letters after"], DISTRICT).notes] == ["siting.read.lonlat"]


def test_boundary_text_keeps_parcels_rings_and_holes():
    inner = list(square(side=40).exterior.coords)
    second = list(square(1000).exterior.coords)
    ring = lambda number, places: "\n".join(f"J{k},{number},{n},{e}" for k, (e, n) in enumerate(places, 1))  # noqa: E731
    told = f"{HEADER}10,0.84,1,甲,面,,,,@\n{ring(1, SQUARE.exterior.coords)}\n{ring(2, inner)}\n"
    told += f"5,1,2,乙,面,,,,@\n{ring(1, second)}\n"
    found = read_pasted(told, DISTRICT)
    assert [name for name, _ in found.parcels] == ["甲", "乙"]
    assert found.parcels[0][1].area == pytest.approx(10_000 - 1_600, abs=0.01)
    assert found.geometry.area == pytest.approx(18_400, abs=0.01)
    assert found.notes[0].facts == {"crs": found.notes[0].facts["crs"], "parcels": 2, "points": 15}


def test_second_ring_beside_the_first_is_land():
    told = (
        HEADER
        + "8,2,1,甲,面,,,,@\n"
        + "\n".join(
            f"J{k},{ring},{north},{east}"
            for ring, shape in ((1, SQUARE), (2, square(500)))
            for k, (east, north) in enumerate(list(shape.exterior.coords)[:-1], 1)
        )
    )
    assert read_pasted(told, DISTRICT).geometry.area == pytest.approx(20_000, abs=0.01)


def test_blank_lines_part_parcels_and_words_name_them():
    first, second = (lines(list(shape.exterior.coords), "{:.3f},{:.3f}") for shape in (SQUARE, square(500)))
    two = f"甲地块\n{first}\n\n乙地块\n{second}"
    assert [name for name, _ in read_pasted(two, DISTRICT).parcels] == ["甲地块", "乙地块"]


def test_one_place_is_a_point_and_two_a_line():
    assert read_pasted("485000, 3250000", DISTRICT).geometry.geom_type == "Point"
    assert read_pasted("485000, 3250000\n485100, 3250000", DISTRICT).geometry.geom_type == "LineString"


def test_old_datum_widens_the_tolerance():
    told = boundary(CORNERS).replace("2000国家大地坐标系", "80西安坐标系")
    found = read_pasted(told, DISTRICT)
    assert found.accuracy_m == 60
    assert found.notes[-1].key == "siting.read.uncertain_datum"


REFUSED = {
    "nothing to read": ("siting.errors.no_coordinates", "你好"),
    "one number": ("siting.errors.line_unread", "485000, 3250000\n485100\n485100, 3250100"),
    "sixty minutes": ("siting.errors.dms_range", "107°61′12″, 29°20′10″"),
    "wrong zone": ("siting.errors.boundary_zone", boundary(CORNERS).replace("带号=36", "带号=90")),
    "another zone": ("intake.undecided", boundary(CORNERS, prefix=0).replace("带号=36", "带号=35")),
    "unknown datum": ("siting.errors.boundary_datum", boundary(CORNERS).replace("2000国家大地", "独立")),
    "two corners": ("siting.errors.ring_short", f"{HEADER}2,1,1,甲,面,,,,@\nJ1,1,3250000,485000\nJ2,1,3250100,485000"),
    "points missing": ("siting.errors.boundary_count", boundary(CORNERS).replace("\n5,1.0", "\n9,1.0")),
    "no points": ("siting.errors.boundary_no_points", HEADER),
    "wrong line": ("siting.errors.boundary_header", boundary(CORNERS) + "此处有误\n"),
    "local grid": ("intake.site.local_grid", "12345.6, 23456.7\n12445.6, 23456.7\n12445.6, 23556.7"),
    "broken WKT": ("siting.errors.line_unread", "POLYGON((1 2, 3"),
    "broken GeoJSON": ("geo.errors.pasted.json_broken", '{"type": "Poly'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(case):
    key, written = REFUSED[case]
    with pytest.raises(AtlasError) as refused:
        read_pasted(written, DISTRICT)
    assert refused.value.key == key
    for language in LANGUAGES:
        assert text(key, language, **refused.value.facts)


def test_place_outside_is_read_and_left_to_the_site():
    found = read_pasted("116.39, 39.91\n116.40, 39.91\n116.40, 39.92", DISTRICT)
    assert found.geometry.bounds[0] > 1_000_000


def test_told_system_overrules():
    found = read_pasted(WAYS["eastings"], DISTRICT, answers={"site.crs": "EPSG:4545"})
    assert found.notes[0].key == "siting.read.told"
    assert np.allclose(found.geometry.bounds, SQUARE.bounds)


def test_boundary_text_is_known_by_its_look():
    assert is_boundary_text(WAYS["bare boundary points"])
    assert not is_boundary_text(WAYS["labels"])
    assert parse_boundary(WAYS["boundary text"]).crs.to_epsg() == 4524
    assert parse_boundary(WAYS["boundary text without prefix"]).crs.to_epsg() == 4545


def test_thousands_of_lines_are_read_quickly():
    ring = [(485_000 + 50 * np.cos(a), 3_250_000 + 50 * np.sin(a)) for a in np.linspace(0, 6.28, 5000)]
    assert len(of_text(lines(ring, "{:.3f},{:.3f}"), Answers()).parcels[0].shape.exterior.coords) == 5001
