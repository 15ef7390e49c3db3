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


def _items(effluent: dict[str, object] | str, use: str) -> dict[str, tuple[str, float | None, float | None, str]]:
    return {one.id: (one.result, one.value, one.limit, one.basis) for one in suitability(effluent, use).items}


def test_a_limit_is_met_at_its_own_value_and_not_beyond():
    least, most = ({**WHOLE, "chlorine": 1.0, "bod5": 10}, {**WHOLE, "chlorine": 0.99, "bod5": 10.1})
    assert _items(least, "toilet")["bod5"] == ("ok", 10.0, 10, "reported")
    assert _items(least, "toilet")["chlorine"] == ("ok", 1.0, 1.0, "reported")
    assert _items(most, "toilet")["bod5"] == ("exceed", 10.1, 10, "reported")
    assert _items(most, "toilet")["chlorine"] == ("exceed", 0.99, 1.0, "reported")


def test_ph_has_two_ends_and_a_class_answers_for_it():
    results = {ph: _items({**WHOLE, "ph": ph}, "road")["ph"][0] for ph in (5.9, 6.0, 9.0, 9.1)}
    assert results == {5.9: "exceed", 6.0: "ok", 9.0: "ok", 9.1: "exceed"}
    assert _items("class_1a", "road")["ph"] == ("ok", None, 9.0, "class")
    assert _items({}, "road")["ph"] == ("unknown", None, 9.0, "none")


def test_ammonia_of_a_class_by_the_temperature_of_its_water():
    told = {degrees: _items({"class": "class_1a", "water_degree_c": degrees}, "toilet")["nh3n"]
            for degrees in (None, 12, 12.5)}  # fmt: skip
    assert told == {
        None: ("exceed", 8.0, 5, "class"), 12: ("exceed", 8.0, 5, "class"), 12.5: ("ok", 5, 5, "class")
    }  # fmt: skip
    assert _items({"class": "class_1a", "water_degree_c": 5, "nh3n": 4}, "toilet")["nh3n"][1:] == (4.0, 5, "reported")


def test_coliforms_answer_where_no_e_coli_is_counted():
    assert _items({**WHOLE, "coliform": 3}, "road")["ecoli"] == ("exceed", 3.0, 0, "reported")
    assert _items({**WHOLE, "coliform": 3, "ecoli": 0}, "road")["ecoli"] == ("ok", 0.0, 0, "reported")
    assert _items("class_1b", "road")["ecoli"] == ("exceed", 10_000, 0, "class")


def test_what_no_filter_mends_asks_for_upgrading():
    assert suitability({**WHOLE, "turbidity": 99, "coliform": 9, "disinfection": False}, "road").verdict == "polish"
    both = suitability({**WHOLE, "turbidity": 99, "bod5": 11}, "road")
    assert (both.verdict, both.failing, both.partial) == ("upgrade", ("turbidity", "bod5"), False)
    part = suitability({"bod5": 11}, "road")
    assert (part.verdict, part.known, part.partial) == ("upgrade", "upgrade", True)
    assert "tds" in part.unknown


def test_the_worst_of_a_year_is_the_most_the_coldest_and_the_ph_farthest_from_neutral():
    rows = pd.DataFrame({"plant": "P", "year": 2023, "month": range(1, 4), "ph": [7.0, 5.5, 8.9],
                         "water_degree_c": [8.0, 20.0, 25.0], "tn_mg_per_l": [9.0, 14.0, 11.0]})  # fmt: skip
    found = worst_effluent({}, rows)
    assert found == {"ph": 5.5, "water_degree_c": 8.0, "tn_mg_per_l": 14.0}
    assert worst_effluent({}, rows.assign(ph=[7.0, 6.2, 9.5]))["ph"] == 9.5
    assert _items(found, "road")["ph"][0] == "exceed"


def test_a_plant_that_says_nothing_has_nothing():
    nothing = {"effluent_class": None, "planned_class": "class_1a", "disinfection": None}
    assert worst_effluent(nothing, None) == {}
    assert worst_effluent({**nothing, "disinfection": False}, None, planned=True) == {
        "class": "class_1a", "disinfection": False
    }  # fmt: skip
