"""Projects on the map are classed by reliability, the unknown ones apart, and named by what the data hold."""

from __future__ import annotations

import json

import pytest
from small_district import B, small_district

from maps.screen.district import district_map
from maps.screen.prepared import prepare
from maps.screen.reliability import CLASSES, class_of, reliability_points


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "low"), (0.4999, "low"), (0.5, "fair"), (0.7, "good"), (0.9, "high"), (1.0, "high"), (None, "unknown")],
)
def test_a_share_on_a_break_belongs_to_the_class_above(share, expected):
    assert class_of(share) == expected


def test_classes_differ_in_shape_as_well_as_colour():
    assert len({shape for _, shape, _ in CLASSES}) == len({colour for *_, colour in CLASSES}) == len(CLASSES)


def test_points_lie_where_the_projects_do():
    frame = small_district().frames["projects"]
    points = reliability_points(frame, {"P1": 0.95, "P3": None}, language="zh")
    assert [item["key"] for item in points["items"]] == ["P1", "P3"]
    place = frame[frame["id"] == "P1"].to_crs(4490).geometry.iloc[0]
    assert points["items"][0]["at"] == pytest.approx((place.x, place.y), abs=1e-5)
    assert points["items"][0]["shown"] == "95.0%"
    assert [entry["label"] for entry in points["classes"]][-1] == "数据不足"


def test_no_legend_line_for_unknown_when_all_are_known():
    points = reliability_points(small_district().frames["projects"], {"P1": 0.2}, language="en")
    assert len(points["classes"]) == len(CLASSES) - 1


def test_hostile_names_stay_inert_in_the_page():
    district = small_district()
    points = reliability_points(district.frames["projects"], {"P4": 0.2}, language="zh")
    html = district_map(prepare(district), {B: 1.0}, indicator="rain_usable_m3", unit="m3", points=points, home=B)
    data = html.split('id="atlas-data">')[1].split("</script>")[0]
    assert "<img" not in data
    head = json.loads(data)
    assert head["home"] == B
    assert len(head["points"]["items"]) == 1
