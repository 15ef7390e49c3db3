"""Numbers said once: no two methods declare the same number under two names, and old names still reach it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from analysis.asking import Asked, known_assumptions, known_methods, question
from analysis.assumptions.former import FORMERLY, renamed
from tests.small_district import small_district
from words import text

PREFIXES = ("rain_", "reclaimed_", "siting_", "hydraulic_")
APART = {
    "usable_share": "of rain that runs off a roof, and of wastewater a plant can treat for reuse",
    "upkeep_share": "of tanks, and of pipes",
    "pipe_yuan_per_m": "one size for a first comparison of sites",
    "life_years": "of tanks",
}


def test_no_number_is_declared_under_two_names():
    bare = Counter(
        next((id_.removeprefix(p) for p in PREFIXES if id_.startswith(p)), id_) for id_ in known_assumptions()
    )
    assert not {name for name, times in bare.items() if times > 1 and name not in APART}


def test_methods_that_share_a_number_share_its_declaration():
    for method in known_methods().values():
        for one in method.ASSUMPTIONS:
            assert known_assumptions()[one.id] is one, one.id


def test_no_two_assumptions_have_one_name():
    for language in ("zh", "en"):
        names = Counter(text(f"assumptions.{id_}", language).lower() for id_ in known_assumptions())
        assert not {name for name, times in names.items() if times > 1}


@pytest.mark.parametrize("former", [former for formers in FORMERLY.values() for former in formers])
def test_a_former_name_is_no_longer_declared_and_asks_the_same(former: str):
    now = next(now for now, formers in FORMERLY.items() if former in formers)
    assert former not in known_assumptions()
    value, method = (
        known_assumptions()[now].high,
        next(name for name, one in known_methods().items() if now in {each.id for each in one.ASSUMPTIONS}),
    )
    day, district = date(2024, 12, 31), small_district()
    asked = [question(method, district, Asked(on=day, assumptions={id_: value})).id for id_ in (former, now)]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("told", "tap"),
    [
        ({"rain_tap_yuan_per_m3": 5.0}, 4.0),
        ({"siting_tap_yuan_per_m3": 4.2}, 3.2),
        ({"rain_tap_yuan_per_m3": 5.0, "reclaimed_sewage_yuan_per_m3": 1.5}, 3.5),
        ({"rain_tap_yuan_per_m3": 5.0, "reclaimed_tap_yuan_per_m3": 3.0}, 3.0),
    ],
)
def test_an_old_tap_price_held_the_sewage_fee(told: dict, tap: float):
    assert renamed(told, sewage_yuan_per_m3=1.0)["tap_yuan_per_m3"] == pytest.approx(tap)
