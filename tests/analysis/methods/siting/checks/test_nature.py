"""Nature reserves, scenic areas and heritage: by zone and by what is built; no zone told bounds from below."""

from __future__ import annotations

import pytest
from siting_ground import far_zones, frame, make_ground, square, verdict_of, zone

from analysis.methods.siting.answer.record import reason
from analysis.proposal import Proposal

HERE = square(side=900)


def judged(check: str, kind: str, class_: str | None, sector: str):
    ground = make_ground(zones=[zone(kind, HERE, zone=class_)])
    return verdict_of(check, ground, Proposal(sector=sector))


@pytest.mark.parametrize(
    ("class_", "sector", "verdict", "why"),
    [
        ("core", "public", "prohibited", "reserve_core"), ("buffer", "road", "prohibited", "reserve_core"),
        ("general", "public", "restricted", "reserve_general"),
        ("general", "industry", "prohibited", "reserve_production"),
        ("general", "housing", "prohibited", "reserve_production"),
        ("general", "farming", "prohibited", "reserve_production"),
        (None, "tourism", "restricted", "reserve_untold"), (None, "mining", "prohibited", "reserve_production"),
    ],
)  # fmt: skip
def test_a_reserve_bars_its_core_and_production_anywhere(class_, sector, verdict, why):
    found = judged("nature_reserve", "nature_reserve", class_, sector)
    assert (found.verdict, found.judgement.reason) == (verdict, why)
    assert [rule.id for rule in found.basis] == [
        "nature_reserve_26", "nature_reserve_27", "nature_reserve_32", "two_offices_2019",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "class_", "sector", "verdict", "why"),
    [
        ("scenic", "core", "tourism", "prohibited", "scenic_core"),
        ("scenic", "general", "tourism", "restricted", "scenic"),
        ("scenic", "general", "mining", "prohibited", "scenic_act"),
        ("scenic", None, "public", "restricted", "scenic_untold"),
        ("scenic", "general", "farming", "prohibited", "scenic_act"),
        ("world_heritage", "core", "public", "restricted", "heritage"),
        ("world_heritage", "buffer", "public", "restricted", "heritage"),
        ("world_heritage", "core", "mining", "prohibited", "heritage_act"),
        ("world_heritage", "buffer", "mining", "restricted", "heritage"),
        ("world_heritage", None, "mining", "restricted", "heritage_untold"),
    ],
)  # fmt: skip
def test_scenic_areas_and_heritage_by_zone_and_act(kind, class_, sector, verdict, why):
    found = judged("scenic", kind, class_, sector)
    assert (found.verdict, found.judgement.reason) == (verdict, why)


def test_a_zone_that_is_not_told_says_what_it_may_be():
    found = judged("nature_reserve", "nature_reserve", None, "public")
    assert "至少为限制" in reason(found)
    assert "at least restricted" in reason(found, "en")


@pytest.mark.parametrize(("check", "kind"), [("nature_reserve", "nature_reserve"), ("scenic", "scenic")])
def test_a_data_set_without_the_kind_does_not_know(check, kind):
    others = frame("protection_zones", [row for row in far_zones() if row["kind"] != kind])
    found = verdict_of(check, make_ground(layers={"protection_zones": others}), Proposal(sector="public"))
    assert (found.verdict, found.judgement.needs) == ("unknown", (f"protection_zones.{kind}",))
