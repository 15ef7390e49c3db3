"""Who owes what by hand: every kind of place, two dates, two design rains, and cells that are empty."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString
from wulong import heard

from analysis.assumption import resolve
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.obligations import Obligation, duties, obligations, rain_rules
from analysis.methods.rainwater.tally import tally, whole
from tests.rain_district import A, B, layer_of, rain_district

ASSUMED = resolve(ASSUMPTIONS, {})
LATER, EARLIER = pd.Timestamp("2021-06-01"), pd.Timestamp("2010-06-01")
X, Y = 485_000.0, 3_254_000.0


def owed(layer: str, *rows: dict[str, object], design_mm: float | None = 20.0) -> list[Obligation]:
    """The places of one layer alone, at a design rain."""
    frame = layer_of(layer, [{"township": A, "approved": LATER, **row} for row in rows])
    for field in ("urban", "public", "green_ecological"):
        if field in frame.columns:
            frame[field] = frame[field].astype("boolean")  # as a district's layers hold them
    return of_frame(layer, frame, design_mm)


def of_frame(layer: str, frame: gpd.GeoDataFrame, design_mm: float | None = 20.0) -> list[Obligation]:
    everything = ("urban_areas", "roads", "green_spaces", "residential_estates", "construction_projects")
    district = rain_district(without=tuple(set(everything) - {layer}), **{layer: frame})
    return obligations(district, ASSUMED, design_mm=design_mm)


def test_a_street_holds_the_rain_of_its_length_and_width():
    line = LineString([(X, Y), (X + 200, Y)])
    roads = [{"id": "R1", "urban": True, "width_m": 10.0, "geometry": line, "rain_storage_m3": 4.0},
             {"id": "R2", "urban": True, "width_m": None, "geometry": line},
             {"id": "R3", "urban": False, "width_m": 10.0, "geometry": line},
             {"id": "R4", "urban": None, "width_m": 10.0, "geometry": line}]  # fmt: skip
    first, second = owed("roads", *roads)  # neither a country road nor one that nobody calls urban
    assert (first.id, first.kind, first.lead, first.duty) == ("R1", "street", "transport", "required")
    assert first.required_m3 == pytest.approx(34.0)  # 200·10 m² · 0.85 · 20 mm
    assert first.missing_m3 == pytest.approx(30.0)
    assert (second.id, second.required_m3, second.missing_m3) == ("R2", None, None)
    assert owed("roads", *roads, design_mm=30.0)[0].missing_m3 == pytest.approx(47.0)
    assert owed("roads", *roads, design_mm=None)[0].required_m3 is None


def test_public_green_holds_the_rain_of_its_area():
    square = LineString([(X, Y), (X + 100, Y)]).buffer(50, cap_style="flat")  # 100 m by 100 m
    found = owed("green_spaces", *[{"id": f"G{n}", "public": public, "geometry": square}
                                   for n, public in enumerate((True, False, None))])  # fmt: skip
    assert [(one.id, one.kind, one.lead) for one in found] == [("G0", "public_green", "urban_management")]
    assert found[0].required_m3 == pytest.approx(10_000 * 0.15 * 20 / 1000)


def test_an_estate_holds_the_rain_of_its_surfaces():
    areas = {"roof_area_m2": 1_000.0, "paved_area_m2": 500.0, "permeable_area_m2": 200.0, "green_area_m2": 2_000.0}
    whole, bare, part = owed(
        "residential_estates", {"id": "E1", **areas}, {"id": "E2"}, {"id": "E3", "roof_area_m2": 1_000.0}
    )
    # (1,000·0.85 + 500·0.85 + 200·0.25 + 2,000·0.15)·20/1,000
    assert whole.required_m3 == pytest.approx(32.5)
    assert bare.required_m3 is None
    assert part.required_m3 == pytest.approx(17.0)
    assert [one.partly for one in (whole, bare, part)] == [False, True, True]


def test_kinds_of_estates_and_the_dates_that_count_for_them():
    rows = [{"id": "E1"}, {"id": "E2", "green_ecological": True}, {"id": "E3", "green_ecological": None},
            {"id": "E4", "renovation": "planned", "renovation_approved": EARLIER, "green_ecological": True},
            {"id": "E5", "renovation": "under_way"}, {"id": "E6", "renovation": "done"}]  # fmt: skip
    found = owed("residential_estates", *rows)
    assert [one.kind for one in found] == ["estate", "green_estate", "estate", "old_estate", "old_estate", "estate"]
    assert [one.approved for one in found] == [
        date(2021, 6, 1), date(2021, 6, 1), date(2021, 6, 1), date(2010, 6, 1), None, date(2021, 6, 1)
    ]  # fmt: skip
    assert {one.lead for one in found} == {"housing"}


def test_areas_and_projects_the_texts_speak_of():
    areas = owed("urban_areas", {"id": "U1", "kind": "new_district", "lead": "water"}, {"id": "U2", "kind": "renewal"},
                 {"id": "U3", "kind": "built_up"})  # fmt: skip
    assert [(one.id, one.kind, one.lead) for one in areas] == [
        ("U1", "new_district", "water"), ("U2", "renewal", "housing")
    ]  # fmt: skip
    sites = owed("construction_projects", {"id": "S1", "sector": "municipal"}, {"id": "S2", "sector": "road"},
                 {"id": "S3", "sector": "industry"})  # fmt: skip
    assert [(one.id, one.kind) for one in sites] == [("S1", "municipal"), ("S2", "municipal")]


def test_approval_decides_and_none_leaves_it_open():
    rows = [{"id": f"E{n}", "approved": day} for n, day in enumerate((LATER, EARLIER, None))]
    new, old, open_ = owed("residential_estates", *rows)
    assert (new.duty, old.duty, open_.duty) == ("required", "none", "unknown")
    assert (old.missing_m3, open_.missing_m3, new.missing_m3) == (0.0, 0.0, None)
    assert [one.approved for one in (new, open_)] == [date(2021, 6, 1), None]


def test_a_place_without_a_name_is_not_called_nan():
    (one,) = owed("residential_estates", {"id": "E1", "name": None, "township": B})
    assert (one.name, one.township, one.facility_m3) == ("", B, None)


def test_a_facility_nobody_told_of_leaves_open_what_is_lacking():
    size = {"township": B, "roof_area_m2": 1_000.0, "paved_area_m2": 0.0, "permeable_area_m2": 0.0,
            "green_area_m2": 0.0, "approved": pd.Timestamp("2021-06-01")}  # fmt: skip
    told, untold = owed("residential_estates", {"id": "E1", "rain_storage_m3": 5.0, **size}, {"id": "E2", **size})
    assert told.missing_m3 == pytest.approx(told.required_m3 - 5.0)
    assert (untold.facility_m3, untold.missing_m3, untold.required_m3) == (None, None, told.required_m3)
    counted = whole(tally([told, untold]))
    assert (counted.built, counted.untold, counted.unknown) == (1, 1, 1)
    assert counted.missing_m3 == pytest.approx(told.missing_m3)


@pytest.mark.parametrize("surface", ["roof", "paved", "permeable", "green"])
def test_ground_that_is_not_told_makes_what_is_asked_a_lower_bound(surface):
    size = {f"{one}_area_m2": 100.0 for one in ("roof", "paved", "permeable", "green") if one != surface}
    (one,) = owed("residential_estates", {"id": "E1", "township": B, **size})
    assert one.partly


@pytest.mark.parametrize(("day", "duty"), [(date(2019, 9, 16), "required"), (date(2019, 9, 15), "none")])
def test_the_day_a_text_comes_into_force_counts(day, duty):
    assert duties("renewal", day, heard("rain_duty"))["notice_body"] == duty


def test_texts_are_those_of_the_place():
    assert {rule.id for rule in rain_rules(rain_district())} >= {"notice_body", "notice_annex"}
    assert all(rule.kind == "rain_duty" for rule in rain_rules(rain_district()))
