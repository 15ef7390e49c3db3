"""Sites that are refused and why; the two lines, the record and the findings."""

from __future__ import annotations

import json

import numpy as np
import pytest
from pyproj import CRS, Transformer
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box
from siting_ground import ASSUMED, DAY, METRIC, RULES, A, B, X, Y, ask, frame, make_ground, said, site_at, square, zone

from analysis.methods import siting
from analysis.methods.siting.answer.record import as_record, need_name, owner_name, two_lines, water_record
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.checks.registry import CHECKS
from analysis.methods.siting.ground.site import make_site
from analysis.methods.siting.water.advice import water_for
from analysis.proposal import Proposal, from_row
from words import LANGUAGES, has, text
from words.errors import AtlasError

GROUND = make_ground()
LIQUOR = Proposal(product="白酒", output=100.0, output_unit="t", demand_m3_per_year=700, earthworks_m3=0,
                  saving_plan=True, simultaneous=True, sector="mining", discharge="none")  # fmt: skip
REFUSED = {
    "empty": ("empty", Polygon()),
    "nothing": ("empty", None),
    "crossing itself": ("self_crossing", Polygon([(X, Y), (X + 100, Y + 100), (X + 100, Y), (X, Y + 100)])),
    "hole outside": (
        "self_crossing", Polygon(square().exterior.coords, [square(1000, side=10).exterior.coords]),
    ),
    "parts over one another": ("self_crossing", MultiPolygon([square(), square(10)])),
    "tiny": ("tiny", square(side=3)),
    "not finite": ("not_finite", Point(np.inf, Y)),
    "elsewhere": ("outside", square(50_000)),
    "partly elsewhere": ("partly_outside", square(-5000, side=400)),
    "mixed": ("mixed", GeometryCollection([Point(X, Y), square()])),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_site_that_cannot_be_judged_is_refused_with_the_reason(case):
    key, shape = REFUSED[case]
    with pytest.raises(AtlasError) as refused:
        make_site(shape, GROUND.district, assumed=ASSUMED)
    assert refused.value.key == f"siting.errors.{key}"
    for language in LANGUAGES:
        assert text(refused.value.key, language, **refused.value.facts)


def test_site_over_a_border_is_shared_among_townships():
    site = site_at(GROUND, box(490_000 - 300, Y, 490_000 + 100, Y + 100))
    assert dict(site.townships) == {A: pytest.approx(0.75), B: pytest.approx(0.25)}


def test_sliver_beyond_the_district_is_within_the_tolerance():
    assert site_at(GROUND, box(480_000 - 5, Y, 480_200, Y + 100)).area_m2 == pytest.approx(20_500)


def test_degrees_are_turned_into_the_metric_system():
    site = make_site(Point(107.85, 29.36), GROUND.district, assumed=ASSUMED, crs=CRS.from_epsg(4490))
    east, north = Transformer.from_crs(4490, METRIC, always_xy=True).transform(107.85, 29.36)
    assert site.geometry.centroid.distance(Point(east, north)) < 0.01


def test_hole_is_kept():
    ring = Polygon(square().exterior.coords, [square(side=40).exterior.coords])
    assert site_at(GROUND, ring).area_m2 == pytest.approx(8_400)


def test_clean_project_on_known_ground_is_clear():
    verdicts = said(GROUND, LIQUOR, square(side=60))
    assert [result.check.id for result in verdicts.results if result.verdict != "clear"] == ["network"]
    inside = make_ground(layers={"supply_zones": frame("supply_zones", [
        {"name": "城区", "spare_m3_per_day": 100.0, "geometry": square(side=900)}])})  # fmt: skip
    clean = said(inside, LIQUOR, square(side=60))
    assert clean.worst == "clear"
    assert two_lines(clean) == ("已做 32 项检查,最严结论:未发现制约。", "全部检查均已完成。")


def test_missing_data_never_turn_the_worst_green_alone():
    bare = make_ground(without=("protection_zones", "water_use"))
    verdicts = said(bare, LIQUOR, square(side=60))
    assert verdicts.worst in ("clear", "study", "restricted")
    assert {"drinking_source_1", "red_line", "total"} <= {result.check.id for result in verdicts.not_made}
    first, second = two_lines(verdicts)
    assert f"已做 {32 - len(verdicts.not_made)} 项" in first
    assert "生态环境主管部门" in second
    assert "自然资源主管部门" in second


def test_nothing_made_is_unknown():
    from siting_checks import BY_ID

    from analysis.methods.siting.answer.engine import examine

    bare = make_ground(without=("protection_zones",))
    only = examine(ask(bare, LIQUOR), checks=[BY_ID["red_line"]])
    assert (only.worst, len(only.not_made)) == ("unknown", 1)


def test_illustrative_evidence_is_said_in_the_first_line():
    assert two_lines(said(make_ground(status="illustrative"), LIQUOR))[0].startswith("示意:")
    assert two_lines(said(make_ground(status="illustrative"), LIQUOR), "en")[0].startswith("Illustrative: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_record_is_plain_and_complete(language):
    ground = make_ground(zones=[zone("ecological_red_line", square(40)), zone("flood", square(side=900))])
    proposal = Proposal(sector="housing", discharge="ground", people=100, saving_plan=False, earthworks_m3=9000)
    record = as_record(said(ground, proposal), language=language)
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["worst"] == "prohibited"
    assert len(record["checks"]) == 32
    red = next(check for check in record["checks"] if check["id"] == "red_line")
    assert red["verdict"] == "prohibited"
    assert red["flips_if"][0]["kind"] == "move"
    assert {"rule", "value", "unit", "threshold", "basis", "layer", "as_of", "status", "share", "distance_m"} <= set(
        red
    )
    assert all(row["owner"] and row["needs"] for row in record["not_made"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_its_words(language):
    for check in CHECKS:
        keys = [f"siting.checks.{check.id}.name", f"siting.checks.{check.id}.rule"]
        keys += [f"assumptions.{threshold}" for threshold in check.thresholds]
        assert all(has(key, language) for key in keys), check.id
        assert set(check.basis) <= {rule.id for rule in RULES}, check.id
        assert owner_name(check.owner, language, departments={})
    verdicts = said(make_ground(without=("protection_zones", "rivers")), Proposal(source=None, sector="farming"))
    for result in verdicts.not_made:
        assert all(need_name(need, language) for need in result.judgement.needs)


def test_all_layers_of_checks_are_declared_needs():
    assert {layer for check in CHECKS for layer in check.layers} <= set(siting.NEEDS)
    assert {threshold for check in CHECKS for threshold in check.thresholds} <= set(ASSUMED)


def test_row_of_the_layer_becomes_a_proposal():
    frame_ = frame("construction_projects", [{"sector": "chemical", "nature": "extend", "severe_polluter": True,
                                              "demand_m3_per_year": 5.0, "geometry": square()}])  # fmt: skip
    proposal = from_row(frame_.to_dict("records")[0])
    assert (proposal.sector, proposal.nature, proposal.demand_m3_per_year) == ("chemical", "extend", 5.0)
    assert (proposal.source, proposal.saving_plan, proposal.pollutes_severely) == (None, None, True)


def test_water_for_the_site_by_hand():
    line = LineString([(X - 1050, Y - 50), (X - 1050, Y + 50)])
    mains = frame("water_mains", [{"id": "M1", "waterworks": "W0", "geometry": line}])
    ground = make_ground(layers={"water_mains": mains})
    proposal = Proposal(demand_m3_per_year=10_000, roof_area_m2=2000, paved_area_m2=2000, green_area_m2=1000)
    water = water_for(Inquiry(site_at(ground), proposal, ground, ASSUMED, DAY))
    assert water.mains.distance_m == pytest.approx(1000)
    assert water.mains.route_m == pytest.approx(1300)
    assert water.mains.lift_m == pytest.approx(50 + 2.5, abs=5)  # a plane of 5 %, cells of 90 m
    # 1300 m x 700 yuan x 1.3 x 0.0726489 / 10,000 m3; 9.81 / 3600 / 0.7 kWh a metre; 3.2 tap and 1.0 sewage
    energy = water.mains.lift_m * 9.81 / 3600 / 0.70 * 0.65
    assert water.mains.yuan_per_m3 == pytest.approx(1300 * 700 * 1.3 * 0.0726489 / 10_000 + energy + 4.2, abs=1e-3)
    assert water.uses == {"industry": 5000, "greening": 280, "roads": pytest.approx(21)}
    assert water.rain_m3 is None
    assert water.unconventional_share is None  # nobody knows the rain
    json.dumps(water_record(water))
    assert ask(ground, proposal).demand.m3_per_year == 10_000
