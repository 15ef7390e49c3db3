"""What holds for every site: distance never worsens, demand never helps, writing never matters, flips really flip."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import LineString, Point, Polygon, box
from shapely.affinity import rotate, translate
from siting_checks import BY_ID
from siting_ground import (
    ASSUMED,
    DAY,
    METRIC,
    X,
    Y,
    ask,
    frame,
    make_ground,
    rained,
    said,
    site_at,
    square,
    verdict_of,
    zone,
)

from analysis.methods.siting.answer.engine import examine, put
from analysis.methods.siting.answer.flips import carried_out
from analysis.methods.siting.check import RANK, Inquiry
from analysis.methods.siting.ground.site import make_site
from analysis.methods.siting.subject import site_subject
from analysis.proposal import Proposal

FACTORY = Proposal(sector="industry", discharge="river", source="surface", demand_m3_per_year=100_000)
CHEMICAL = Proposal(sector="chemical", discharge="sewer", demand_m3_per_year=100_000)
SHAPE = Polygon([(X, Y), (X + 900, Y + 100), (X + 700, Y + 800), (X + 300, Y + 400), (X - 200, Y + 700)])
KINDS = {
    "drinking_source_1": "drinking_source_1", "red_line": "ecological_red_line", "farmland": "permanent_farmland",
    "geo_hazard": "geo_hazard_prone", "karst": "karst_strong", "flood": "flood", "river_management": "river_management",
}  # fmt: skip
GROUND = make_ground(
    zones=[zone(kind, SHAPE) for kind in KINDS.values()],
    layers={"rivers": frame("rivers", [{"id": "R1", "name": "江", "width_m": 0.0,
                                       "geometry": LineString([(X - 3000, Y - 900), (X + 3000, Y - 700)])}])},
)  # fmt: skip
QUIET = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = make_ground()


@given(st.sampled_from(sorted(KINDS)), st.floats(0, 2 * math.pi), st.floats(0, 1500), st.floats(0, 800))
@QUIET
def test_moving_away_never_worsens_a_check(check, angle, start, further):
    # away from the middle of the zone's box the distance to a convex hull only grows; the zone here is its hull
    ground = HULLED
    middle = SHAPE.convex_hull.centroid

    def rank(away: float) -> int:
        place = square(side=80)
        east, north = middle.x + away * math.cos(angle) - X, middle.y + away * math.sin(angle) - Y
        return RANK[verdict_of(check, ground, CHEMICAL, translate(place, east, north)).verdict]

    assert rank(start + further) <= rank(start)


HULLED = make_ground(zones=[zone(kind, SHAPE.convex_hull.buffer(1)) for kind in KINDS.values()])


@given(st.floats(0, 3000), st.floats(0, 500))
@QUIET
def test_leaving_the_shoreline_never_worsens_the_chemical_check(start, further):
    ranks = [
        RANK[verdict_of("chemical", GROUND, CHEMICAL, square(0, -600 + away)).verdict]
        for away in (start, start + further)
    ]
    assert ranks[1] <= ranks[0]


@given(st.floats(0, 5e6), st.floats(0, 5e6))
@QUIET
def test_larger_demand_never_improves_total_quota_and_source(demand, more):
    for check, proposal in (
        ("total", FACTORY),
        ("quota", dataclasses.replace(FACTORY, product="白酒", output=1000.0, output_unit="t")),
        ("monitored", FACTORY),
    ):
        small, large = (
            verdict_of(check, NUMBERS, dataclasses.replace(proposal, demand_m3_per_year=volume)).verdict
            for volume in (demand, demand + more)
        )
        assert RANK[large] >= RANK[small], check


@given(st.integers(0, 4), st.booleans(), st.sampled_from([4490, 4524, 4507, 32649]))
@QUIET
def test_vertex_order_start_and_system_do_not_matter(start, turned, epsg):
    ring = [(X - 40, Y - 30), (X + 70, Y - 20), (X + 90, Y + 60), (X + 10, Y + 20), (X - 60, Y + 80)]
    plain = make_site(Polygon(ring), GROUND.district, assumed=ASSUMED)
    other = ring[start:] + ring[:start]
    other = other[::-1] if turned else other
    away = Transformer.from_crs(METRIC, CRS.from_epsg(epsg), always_xy=True)
    written = Polygon([away.transform(*corner) for corner in other])
    read = make_site(written, GROUND.district, assumed=ASSUMED, crs=CRS.from_epsg(epsg))
    assert site_subject(read.geometry, CHEMICAL) == site_subject(plain.geometry, CHEMICAL)
    first, second = (examine(Inquiry(site, CHEMICAL, GROUND, ASSUMED, DAY), with_flips=False) for site in (plain, read))
    assert [result.verdict for result in first.results] == [result.verdict for result in second.results]


@given(st.floats(-1500, 1500), st.floats(-1500, 1500), st.floats(20, 600), st.floats(0, 90))
@settings(deadline=None, max_examples=60)
def test_plain_shapely_finds_the_same(east, north, side, angle):
    shape = rotate(square(east, north, side=side), angle)
    site = site_at(GROUND, shape)
    for check, kind in KINDS.items():
        result = put(BY_ID[check], Inquiry(site, CHEMICAL, GROUND, ASSUMED, DAY), with_flips=False)
        shared = site.geometry.intersection(SHAPE).area
        if shared > 0.02:
            assert result.judgement.share == pytest.approx(shared / site.geometry.area, abs=1e-9), kind
            assert result.verdict in ("prohibited", "study"), check
            line = site.geometry.distance(SHAPE.exterior)
            if abs(line - 20) > 1e-6:
                assert result.judgement.border == (line < 20), check
        elif check != "river_management":
            away = site.geometry.distance(SHAPE)
            if abs(away - 20) > 1e-6 and shared == 0:
                assert result.judgement.distance_m == pytest.approx(away, abs=1e-6), kind
                assert result.verdict == ("study" if away < 20 else "clear"), check


@given(st.floats(-1500, 1500), st.floats(-1500, 1500), st.floats(30, 400), st.floats(0, 90))
@settings(deadline=None, max_examples=15)
def test_move_frees_the_site_and_is_the_shortest(east, north, side, angle):
    inquiry = ask(GROUND, CHEMICAL, rotate(square(east, north, side=side), angle))
    result = put(BY_ID["red_line"], inquiry)
    if result.verdict == "clear":
        assert not result.flips
        return
    flip = next(flip for flip in result.flips if flip.kind == "move")
    site, _ = carried_out(flip, inquiry)
    assert put(BY_ID["red_line"], Inquiry(site, CHEMICAL, GROUND, ASSUMED, DAY)).verdict == "clear"
    # no move a metre shorter frees it, in any of 72 directions
    for turn in np.linspace(0, 2 * math.pi, 72, endpoint=False):
        step = (flip.value - 1.0) * math.cos(turn), (flip.value - 1.0) * math.sin(turn)
        tried = translate(inquiry.site.geometry, *step)
        assert tried.distance(SHAPE) <= 20.2


def test_every_flip_does_what_it_promises():
    rows = [
        (GROUND, dataclasses.replace(CHEMICAL, saving_plan=False, simultaneous=False), square(200, 300)),
        (GROUND, dataclasses.replace(FACTORY, earthworks_m3=90_000), square(0, 100, side=400)),
        (
            make_ground(rise=0.5, made_tables=rained()),
            Proposal(sector="municipal", roof_area_m2=5000, rain_storage_m3=0.0),
            square(),
        ),
        (NUMBERS, dataclasses.replace(FACTORY, demand_m3_per_year=1.9e6), square()),
    ]
    seen = set()
    for ground, proposal, shape in rows:
        verdicts = said(ground, proposal, shape)
        inquiry = Inquiry(verdicts.site, proposal, ground, ASSUMED, DAY)
        for result in verdicts.results:
            for flip in result.flips:
                if flip.kind == "extend":  # a pipe to lay changes neither site nor proposal
                    continue
                site, changed = carried_out(flip, inquiry)
                after = put(result.check, Inquiry(site, changed, ground, ASSUMED, DAY), with_flips=False)
                assert RANK[after.verdict] <= RANK[flip.target] < RANK[result.verdict], (result.check.id, flip)
                seen.add(flip.kind)
    assert {"move", "demand", "source", "document", "tank", "size"} <= seen


def test_demand_flip_is_the_largest_that_helps():
    proposal = dataclasses.replace(FACTORY, demand_m3_per_year=1_600_000)
    flips = [flip for flip in put(BY_ID["total"], ask(NUMBERS, proposal)).flips if flip.kind == "demand"]
    assert [flip.target for flip in flips] == ["study", "clear"]
    assert [flip.value for flip in flips] == [pytest.approx(1_500_000, abs=0.01), pytest.approx(1_000_000, abs=0.01)]


def test_substitution_helps_where_unconventional_water_is_not_counted():
    assumed = {**ASSUMED, "siting_count_unconventional": 0.0}
    inquiry = Inquiry(
        site_at(NUMBERS), dataclasses.replace(FACTORY, demand_m3_per_year=1_600_000), NUMBERS, assumed, DAY
    )
    flip = next(flip for flip in put(BY_ID["total"], inquiry).flips if flip.kind == "substitute")
    assert flip.value == pytest.approx(100_000, abs=1)


def test_flat_place_is_the_nearest_by_whole_cells():
    # the plane is steep everywhere: no move helps, and none is promised
    assert not verdict_of("building_slope", make_ground(rise=0.5), CHEMICAL, with_flips=True).flips


def test_moves_stay_in_the_district():
    west = box(480_000, Y - 800, 480_900, Y + 800)
    ground = make_ground(zones=[zone("ecological_red_line", west)])
    inquiry = ask(ground, CHEMICAL, square(480_100 - X, 0))
    flip = put(BY_ID["red_line"], inquiry).flips[0]
    site, _ = carried_out(flip, inquiry)
    assert site.geometry.bounds[0] >= 480_000
    assert flip.value == pytest.approx(870.1, abs=0.2)  # 480,050 to 480,920, the tolerance beyond the zone


def test_point_and_line_get_their_ground():
    assert site_at(NUMBERS, Point(X, Y)).area_m2 == pytest.approx(1000, rel=0.01)
    assert site_at(NUMBERS, Point(X, Y), footprint_m2=5000).area_m2 == pytest.approx(5000, rel=0.01)
    assert site_at(NUMBERS, LineString([(X, Y), (X + 300, Y)])).area_m2 == pytest.approx(3000, rel=0.01)


def test_evidence_and_shares_never_leave_the_site():
    result = verdict_of("karst", GROUND, CHEMICAL, square(100, 200))
    assert shapely.covers(site_at(GROUND, square(100, 200)).geometry.buffer(0.01), result.judgement.evidence)
    assert 0 <= result.judgement.share <= 1
