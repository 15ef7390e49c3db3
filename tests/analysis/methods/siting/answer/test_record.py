"""What is written of a check: directions, sentences, units inside, and whom the second line names."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from shapely import Point
from siting_checks import BY_ID
from siting_ground import ask, make_ground, square, zone

from analysis.methods.siting.answer.engine import examine, put
from analysis.methods.siting.answer.record import (
    as_record,
    check_record,
    direction,
    flip_record,
    need_name,
    owner_name,
    reason,
    two_lines,
)
from analysis.methods.siting.check import Flip, Judgement
from analysis.proposal import Proposal
from layers.departments import Department


@pytest.mark.parametrize(
    ("bearing", "key"),
    [(0, "n"), (22.4, "n"), (22.6, "ne"), (45, "ne"), (90, "e"), (135, "se"), (180, "s"), (225, "sw"), (270, "w"),
     (315, "nw"), (337.4, "nw"), (337.6, "n"), (360, "n")],
)  # fmt: skip
def test_the_nearest_of_eight_directions(bearing, key):
    assert direction(bearing) == key


@pytest.mark.parametrize(
    ("flip", "zh", "en"),
    [
        (
            Flip("move", "clear", 300.0, "m", {"east_m": 0.0, "north_m": 300.0, "bearing": 0.0}),
            "向北移动 300 m",
            "north",
        ),
        (
            Flip("move", "study", 80.0, "m", {"east_m": -80.0, "north_m": 0.0, "bearing": 270.0}),
            "向西移动 80 m",
            "west",
        ),
        (Flip("demand", "clear", 25_000.0, "m3_per_year"), "2.50 万m³", "m³"),
        (Flip("source", "clear", to="public_network"), "公共供水管网", "network"),
    ],
)
def test_a_change_is_said_with_its_size_and_what_comes_of_it(flip, zh, en):
    told = flip_record(flip, "zh")
    assert told["text"].startswith(zh) or zh in told["text"]
    assert en in flip_record(flip, "en")["text"]
    assert (told["kind"], told["target"], told["value"]) == (flip.kind, flip.target, flip.value)
    assert ("未发现制约" in told["text"]) is (flip.target == "clear")
    assert json.loads(json.dumps(told)) == told


def test_a_record_holds_the_numbers_in_inside_units():
    ground = make_ground(zones=[zone("ecological_red_line", square(60, side=100))])
    record = check_record(put(BY_ID["red_line"], ask(ground, Proposal())), "zh")
    assert (record["value"], record["share"], record["unit"], record["threshold"]) == (0.4, 0.4, "share", 0.0)
    assert (record["number"], record["verdict"], record["border"], record["distance_m"]) == (7, "prohibited", True, 0.0)
    area = check_record(put(BY_ID["soil_plan"], ask(ground, Proposal(earthworks_m3=0.0), square(side=300))), "zh")
    assert (area["value"], area["unit"], area["threshold"]) == (pytest.approx(90_000), "m2", 50_000.0)


@pytest.mark.parametrize(
    ("border", "hard", "mark"), [(False, False, ""), (True, False, "边界待核"), (True, True, "边界待核")]
)
def test_a_line_near_by_is_marked(border, hard, mark):
    check = replace(BY_ID["red_line"], judge=lambda inquiry: Judgement("study", "near", border=border), hard=hard)
    said = reason(put(check, ask(make_ground(), Proposal()), with_flips=False))
    assert ("边界待核" in said) is border
    assert mark in said
    assert said.endswith("]") is border
    assert "()" not in said


def test_the_two_lines_count_what_was_made_and_who_owes_the_rest():
    checks = [BY_ID[id_] for id_ in ("red_line", "saving_plan", "quota", "flood")]
    told = examine(ask(make_ground(without=("quotas",)), Proposal(sector="public", saving_plan=None)), checks=checks)
    first, second = two_lines(told)
    assert "已做 2 项" in first
    assert "2" in second
    assert "水行政主管部门" in second
    record = as_record(told)
    assert [row["check"] for row in record["not_made"]] == ["quota", "saving_plan"] or [
        row["check"] for row in record["not_made"]
    ] == ["saving_plan", "quota"]
    assert record["site"]["area_m2"] == 10_000.0
    assert record["worst"] == "clear"


def test_a_department_is_called_as_the_district_calls_it():
    known = {"water": Department("甲水利局", "Water A")}
    assert owner_name("water", departments=known) == "甲水利局"
    assert owner_name("water", "en", departments=known) == "Water A"
    assert owner_name("water", departments={}) == "水行政主管部门"
    assert (owner_name(None, departments=known), owner_name("applicant", departments=known) != "") == ("", True)


def test_what_is_missing_is_named_as_layer_kind_or_fact():
    assert "定额" in need_name("quotas")
    assert "岩溶" in need_name("protection_zones.karst")
    assert need_name("protection_zones.karst") != need_name("protection_zones")
    assert need_name("proposal.product") != need_name("proposal.source")
    assert need_name("rules", "en") != need_name("rules")


def test_evidence_is_written_as_geojson():
    told = check_record(put(replace(BY_ID["red_line"], judge=lambda inquiry: Judgement(
        "study", "near", facts={"name": "甲", "at": Point(1, 2), "list": (1, 2.0)})), ask(make_ground(), Proposal()),
        with_flips=False), "zh")  # fmt: skip
    assert json.loads(told["facts"]["at"])["coordinates"] == [1.0, 2.0]
    assert told["facts"]["list"] == [1, 2.0]
