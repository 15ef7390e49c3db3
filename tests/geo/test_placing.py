"""Where numbers lie: recognised, settled, refused."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS

from geo import zones
from geo.crs import name, transformer
from geo.placing import recognise, refuse, settle
from words import text
from words.errors import AtlasError

OUTLINE = shapely.segmentize(
    shapely.Polygon([(107.222, 29.41), (107.6, 29.15), (107.84, 29.038), (108.081, 29.594), (107.85, 29.67)]), 0.01
)
REFERENCE = OUTLINE.bounds
GK108, GK108_PREFIXED, GK105_WIDE, GK111_WIDE = (CRS.from_epsg(code) for code in (4545, 4524, 4507, 4508))
UTM48, UTM49 = CRS.from_epsg(32648), CRS.from_epsg(32649)
LONLAT = zones.LONLAT


def stored(system: CRS) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[OUTLINE], crs=LONLAT).to_crs(system)


def bounds(system: CRS) -> tuple[float, float, float, float]:
    return tuple(stored(system).total_bounds)


@pytest.mark.parametrize("system", [LONLAT, GK108, GK108_PREFIXED, CRS.from_epsg(4523), CRS.from_epsg(3857)])
def test_an_undeclared_system_is_suggested_from_its_numbers(system):
    reading = recognise(bounds(system), None, reference=REFERENCE)
    assert (reading.crs, reading.certainty, reading.swapped) == (system, "likely", False)


@pytest.mark.parametrize(("wide", "utm"), [(GK105_WIDE, UTM48), (GK111_WIDE, UTM49)])
def test_six_degree_zone_and_utm_are_not_told_apart_by_a_box_but_by_the_outline(wide, utm):
    for system, other in ((wide, utm), (utm, wide)):
        reading = recognise(bounds(system), None, reference=REFERENCE)
        assert reading.certainty == "ambiguous"
        assert {reading.crs, *reading.others} == {system, other}
        settled = settle(reading, stored(system).geometry.array.to_numpy(), outline=OUTLINE)
        assert (settled.crs, settled.certainty) == (system, "likely")


def test_a_small_layer_between_two_systems_stays_ambiguous():
    pond = gpd.GeoDataFrame(geometry=[shapely.Point(107.7, 29.4).buffer(0.001)], crs=LONLAT).to_crs(UTM48)
    reading = recognise(tuple(pond.total_bounds), None, reference=REFERENCE)
    assert settle(reading, pond.geometry.array.to_numpy(), outline=OUTLINE).certainty == "ambiguous"


def test_a_declared_system_that_fits_is_certain():
    for system in (LONLAT, GK108, GK108_PREFIXED):
        reading = recognise(bounds(system), system, reference=REFERENCE)
        assert (reading.crs, reading.certainty) == (system, "certain")


@pytest.mark.parametrize(
    ("really", "declared"), [(GK108_PREFIXED, GK108), (GK108, GK108_PREFIXED), (GK108, UTM49), (GK108, LONLAT)]
)
def test_a_declaration_that_the_numbers_contradict_is_named_with_the_better_one(really, declared):
    reading = recognise(bounds(really), declared, reference=REFERENCE)
    assert (reading.crs, reading.certainty) == (really, "contradicted")
    assert name(declared) in text(reading.key, "zh", **reading.facts)


def test_a_sheet_has_no_rivals_and_a_layer_has():
    rivals = {
        sheet: recognise(bounds(UTM49), UTM49, reference=REFERENCE, sheet=sheet).others for sheet in (True, False)
    }
    assert rivals[True] == ()
    assert GK111_WIDE in rivals[False]


def test_a_declaration_one_kilometre_off_is_found_when_the_outline_is_asked():
    reading = recognise(bounds(GK111_WIDE), UTM49, reference=REFERENCE)
    settled = settle(reading, stored(GK111_WIDE).geometry.array.to_numpy(), outline=OUTLINE)
    assert (settled.crs, settled.certainty) == (GK111_WIDE, "contradicted")
    assert "EPSG:32649" in text(settled.key, "en", **settled.facts)


def test_a_true_declaration_survives_the_outline():
    reading = recognise(bounds(UTM49), UTM49, reference=REFERENCE)
    settled = settle(reading, stored(UTM49).geometry.array.to_numpy(), outline=OUTLINE)
    assert (settled.crs, settled.certainty) == (UTM49, "certain")


def test_swapped_degrees_and_swapped_metres_are_seen():
    west, south, east, north = REFERENCE
    swapped = (south, west, north, east)
    assert recognise(swapped, LONLAT, reference=REFERENCE).key == "geo.notes.crs.swapped"
    west, south, east, north = bounds(GK108)
    reading = recognise((south, west, north, east), None, reference=REFERENCE)
    assert (reading.crs, reading.swapped, reading.certainty) == (GK108, True, "likely")


@pytest.mark.parametrize(
    "elsewhere", [(116.2, 39.8, 116.5, 40.0), (0.0, 0.0, 640.0, 480.0), (np.nan,) * 4, (1e300, 1e300, 1e301, 1e301)]
)
def test_numbers_from_elsewhere_are_not_forced_into_a_system(elsewhere):
    reading = recognise(elsewhere, None, reference=REFERENCE)
    assert (reading.crs, reading.certainty) == (None, "unknown")
    assert text(reading.key, "zh", **reading.facts)


def test_a_single_point_in_the_district_is_recognised():
    x, y = transformer(LONLAT, GK108).transform(107.7, 29.3)
    assert recognise((x, y, x, y), None, reference=REFERENCE).crs == GK108


def test_a_layer_wider_than_the_district_fits():
    reading = recognise((106.9, 28.2, 108.6, 30.3), LONLAT, reference=REFERENCE)
    assert reading.certainty == "certain"


def test_what_is_settled_is_not_refused():
    refuse(recognise(bounds(GK108), GK108, reference=REFERENCE), ask="problems.crs_missing")
    refuse(recognise(bounds(GK108), None, reference=REFERENCE), ask="problems.crs_missing")


def test_a_contradicted_declaration_is_refused_in_the_words_of_the_reading():
    with pytest.raises(AtlasError, match="contradicted") as caught:
        refuse(recognise(bounds(GK108), UTM49, reference=REFERENCE), ask="problems.crs_missing", file="a.shp")
    assert (caught.value.facts["file"], caught.value.facts["crs"]) == ("a.shp", name(GK108))


def test_a_person_is_asked_to_choose_among_all_that_fit():
    with pytest.raises(AtlasError, match="crs_missing") as caught:
        refuse(recognise(bounds(UTM49), None, reference=REFERENCE), ask="problems.crs_missing", file="a.shp")
    facts = caught.value.facts
    assert {facts["crs"], facts["others"]} == {name(UTM49), name(GK111_WIDE)}
    assert facts["candidates"] == f"{facts['crs']} / {facts['others']}"


def test_nothing_that_fits_is_said_as_such():
    with pytest.raises(AtlasError) as caught:
        refuse(recognise((0.0, 0.0, 640.0, 480.0), None, reference=REFERENCE), ask="problems.crs_missing")
    assert caught.value.facts == {"crs": "–", "others": "", "candidates": "–"}
