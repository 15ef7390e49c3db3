"""Effluent against use, limit by limit, as table 2.3 of the standards says."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.methods.reclaimed.quality import suitability, worst_effluent
from words.errors import AtlasError

WHOLE = {
    "cod": 20, "bod5": 4, "ss": 5, "tn": 9, "nh3n": 0.8, "tp": 0.2, "las": 0.2, "tds": 500, "chloride": 80,
    "turbidity": 2, "colour": 10, "ph": 7.2, "coliform": 0, "iron": 0.1, "manganese": 0.05, "hardness": 200,
    "silica": 10, "dissolved_oxygen": 4, "chlorine": 1.2, "disinfection": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("class_", "use", "verdict"),
    [
        ("class_1a", "road", "polish"),
        ("class_1a", "greening", "polish"),
        ("class_1b", "road", "upgrade"),
        ("quasi_iv", "road", "polish"),
        ("class_1a", "toilet", "upgrade"),
        ("class_1b", "car_wash", "upgrade"),
        ("quasi_iv", "toilet", "polish"),
        ("class_1a", "scenic_river", "upgrade"),
        ("class_1a", "scenic_lake", "upgrade"),
        ("quasi_iv", "scenic_river", "unknown"),
        ("class_1a", "green_25499", "polish"),
        ("class_1b", "green_25499", "polish"),
        ("class_1a", "cooling", "upgrade"),
        ("class_1b", "cooling", "upgrade"),
        ("quasi_iv", "cooling", "unknown"),
    ],
)
def test_class_limits_give_the_table(class_, use, verdict):
    assert suitability(class_, use).verdict == verdict


@pytest.mark.parametrize("class_", ["class_1a", "class_1b", "quasi_iv"])
@pytest.mark.parametrize("use", ["farm_fibre", "farm_dry", "farm_paddy", "farm_vegetables"])
def test_farmland_has_no_known_obstacle_but_salts_are_unknown(class_, use):
    found = suitability(class_, use)
    assert (found.known, found.verdict) == ("ok", "unknown")
    assert {"tds", "chloride"} <= set(found.unknown)


def test_warm_water_spares_the_toilet_an_upgrade():
    assert "nh3n" in suitability({"class": "class_1a", "water_degree_c": 12.0}, "toilet").failing
    warm = suitability({"class": "class_1a", "water_degree_c": 12.1}, "toilet")
    assert (warm.verdict, warm.partial) == ("polish", True)
    assert {"iron", "manganese", "turbidity", "colour", "tds"} <= set(warm.unknown)


def test_every_item_known_and_met_is_direct_use():
    assert suitability(WHOLE, "toilet").verdict == "ok"
    assert suitability({**WHOLE, "disinfection": False}, "toilet").verdict == "polish"
    assert suitability({**WHOLE, "turbidity": 6}, "toilet").verdict == "polish"
    assert suitability({**WHOLE, "tds": 1001}, "toilet").verdict == "upgrade"
    assert suitability({k: v for k, v in WHOLE.items() if k != "iron"}, "toilet").verdict == "unknown"


def test_reported_values_outrank_the_class():
    found = suitability({"effluent_class": "class_1b", "bod5_mg_per_l": 9.0, "las_mg_per_l": 0.4, "nh3n": 6}, "road")
    assert found.verdict == "polish"
    assert {item.id: item.basis for item in found.items}["bod5"] == "reported"


def test_a_dilution_factor_says_nothing_of_colour():
    colour = next(item for item in suitability("class_1a", "road").items if item.id == "colour")
    assert (colour.result, colour.value) == ("unknown", None)


def test_an_effluent_nobody_knows_is_unknown():
    assert suitability({}, "road").verdict == "unknown"


def test_unknown_words_are_named():
    with pytest.raises(AtlasError, match="unknown_use"):
        suitability("class_1a", "swimming")
    with pytest.raises(AtlasError, match="unknown_class"):
        suitability("class_9", "road")


def test_the_worst_month_of_the_last_year_speaks_for_a_plant():
    rows = pd.DataFrame(
        {"plant": "P", "year": [2022, 2023, 2023], "month": [1, 1, 7], "bod5_mg_per_l": [30, 8, 5],
         "water_degree_c": [10, 11, 25], "turbidity_ntu": [None, None, None]}
    )  # fmt: skip
    found = worst_effluent({"effluent_class": "class_1a", "disinfection": True}, rows)
    assert found == {"class": "class_1a", "disinfection": True, "bod5_mg_per_l": 8.0, "water_degree_c": 11.0}
    assert worst_effluent({"effluent_class": "class_1a", "planned_class": "quasi_iv"}, rows, planned=True) == {
        "class": "quasi_iv"
    }
