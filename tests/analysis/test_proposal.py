"""A proposal from row, file and plain values: what follows from what is told, and what is refused by name."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analysis.proposal import FLAGS, NUMBERS, Proposal, from_mapping, from_row, from_toml
from words.errors import AtlasError


@pytest.mark.parametrize(
    ("told", "pollutes"),
    [
        ({"sector": "industry"}, True),
        ({"sector": "housing"}, False),
        ({"sector": "housing", "discharge": "river"}, True),
        ({"sector": "housing", "discharge": "ground"}, True),
        ({"sector": "housing", "discharge": "none"}, False),
        ({"sector": "industry", "pollutants": False, "discharge": "river"}, False),
        ({"sector": "housing", "pollutants": True}, True),
    ],
)
def test_what_is_told_of_pollution_goes_before_sector_and_outfall(told, pollutes):
    assert Proposal(**told).pollutes is pollutes


@pytest.mark.parametrize(
    ("told", "severe"),
    [
        ({"sector": "chemical"}, True),
        ({"sector": "industry"}, False),
        ({"sector": "industry", "product": "瓦楞纸"}, True),
        ({"sector": "industry", "product": "白酒"}, False),
        ({"sector": "chemical", "severe_polluter": False}, False),
        ({"sector": "industry", "severe_polluter": True}, True),
    ],
)
def test_a_severe_polluter_is_one_by_word_sector_or_product(told, severe):
    assert Proposal(**told).pollutes_severely is severe


@pytest.mark.parametrize(
    ("source", "own"),
    [("surface", True), ("groundwater", True), ("mine_water", True), ("public_network", False), ("reclaimed", False),
     ("rain", False), (None, False)],
)  # fmt: skip
def test_an_abstraction_of_its_own_is_surface_ground_or_mine_water(source, own):
    assert Proposal(source=source).is_intake is own


def test_surfaces_are_unknown_until_one_is_told():
    assert Proposal().surfaces_m2 is None
    assert Proposal(green_area_m2=0.0).surfaces_m2 == {"green": 0.0}  # the others stay unknown
    told = Proposal(roof_area_m2=1.0, paved_area_m2=2.0, permeable_area_m2=3.0, green_area_m2=4.0, water_area_m2=5.0)
    assert list(told.surfaces_m2.values()) == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_what_it_promises_itself_is_reclaimed_water_and_rain_together():
    assert Proposal(reclaimed_m3_per_year=300.0, rain_m3_per_year=50.0).unconventional_m3_per_year == 350.0
    assert Proposal(rain_m3_per_year=50.0).unconventional_m3_per_year == 50.0
    assert Proposal().unconventional_m3_per_year == 0.0


@pytest.mark.parametrize("value", [-0.01, float("nan"), float("inf")])
@pytest.mark.parametrize("field", ["demand_m3_per_year", "rain_storage_m3"])
def test_a_number_below_nothing_or_none_at_all_is_refused(field, value):
    with pytest.raises(AtlasError) as refused:
        Proposal(**{field: value})
    assert (refused.value.key, str(refused.value.facts["field"])) == ("siting.errors.proposal_number", field)


def test_nothing_at_all_is_a_number_like_any_other():
    assert {field: getattr(Proposal(**{field: 0.0}), field) for field in NUMBERS} == dict.fromkeys(NUMBERS, 0.0)


@pytest.mark.parametrize(("field", "value"), [("sector", "steel"), ("nature", None), ("source", "lake")])
def test_a_choice_nobody_declared_is_refused_and_the_choices_named(field, value):
    with pytest.raises(AtlasError) as refused:
        Proposal(**{field: value})
    assert refused.value.key == "siting.errors.proposal_choice"
    assert str(refused.value.facts["field"]) == field
    assert {"sector": "livestock", "nature": "rebuild", "source": "mine_water"}[field] in refused.value.facts["choices"]


def test_a_row_tells_what_it_holds_and_nothing_of_its_empty_cells():
    row = {
        "name": "厂", "sector": "industry", "nature": "extend", "demand_m3_per_year": np.float64(5.0),
        "peak_m3_per_day": float("nan"), "saving_plan": np.bool_(False), "pollutants": pd.NA, "source": None,
        "discharge": "river", "approved": pd.Timestamp("2024-03-01"), "id": "P1", "geometry": object(),
    }  # fmt: skip
    found = from_row(row)
    assert (found.name, found.nature, found.demand_m3_per_year) == ("厂", "extend", 5.0)
    assert (found.saving_plan, found.pollutants, found.peak_m3_per_day) == (False, None, None)
    # a source that the row leaves empty is unknown, not the public network
    assert (found.source, found.discharge) == (None, "river")
    assert found.approved == date(2024, 3, 1)
    assert from_row({"sector": "public", "nature": "new"}).discharge is None


def test_a_file_may_say_codes_or_labels_in_either_language_and_a_table_or_none():
    plain = from_toml('sector = "housing"\nnature = "new"\ndemand_m3_per_year = 700\n')
    tabled = from_toml('[project]\nsector = "住宅"\nsource = "Own surface water"\n')
    assert (plain.sector, plain.demand_m3_per_year, plain.source) == ("housing", 700.0, "public_network")
    assert (tabled.sector, tabled.source) == ("housing", "surface")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("sector = ", "proposal_toml"),
        ("project = 3", "proposal_toml"),
        ('colour = "red"', "proposal_field"),
        ('demand_m3_per_year = "700"', "proposal_value"),
        ("demand_m3_per_year = true", "proposal_value"),
        ("saving_plan = 1", "proposal_value"),
        ("name = 3", "proposal_value"),
        ('approved = "2024-03-01"', "proposal_value"),
        ("outfall = [1.0]", "proposal_value"),
        ("outfall = [1.0, true]", "proposal_value"),
        ('sector = "钢铁"', "proposal_choice"),
    ],
)
def test_what_a_file_says_wrongly_is_refused(content, key):
    with pytest.raises(AtlasError) as refused:
        from_toml(content)
    assert refused.value.key == f"siting.errors.{key}"


def test_an_outfall_is_east_then_north():
    assert from_mapping({"outfall": [485_000, 3_250_000.5]}).outfall == (485_000.0, 3_250_000.5)


def test_a_day_with_a_time_is_the_day_alone():
    assert from_mapping({"approved": datetime(2024, 3, 1, 23, 59)}).approved == date(2024, 3, 1)


def test_flags_and_numbers_are_what_the_fields_say_they_are():
    assert {"limited_activity", "saving_plan", "high_use"} <= set(FLAGS)
    assert {"output", "people", "rain_m3_per_year"} <= set(NUMBERS)
    assert not set(FLAGS) & set(NUMBERS)
