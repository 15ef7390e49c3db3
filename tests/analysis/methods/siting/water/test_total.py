"""How much of the control total is used: which year, which waters, whose total, and what is lacking."""

from __future__ import annotations

import pandas as pd
import pytest
from siting_ground import ASSUMED, DAY, A, B, ask, make_ground, site_at, tables

from analysis.methods.siting.check import Inquiry, Judgement
from analysis.methods.siting.water.total import total_of
from analysis.proposal import Proposal

INTAKE = Proposal(source="surface", demand_m3_per_year=500_000)
USE = [
    (A, 2022, "surface", 9e6), (A, 2023, "surface", 3e6), (A, 2023, "reclaimed", 1e6), (B, 2023, "groundwater", 2e6),
    (B, 2023, "rain", 5e5),
]  # fmt: skip


def ground_with(*controls: tuple, status: str = "official", use: list[tuple] = USE):
    """A ground with these uses and control values (year, subject, value, unit)."""
    told = pd.DataFrame(use, columns=["township", "year", "source", "volume_m3"]).assign(sector="industry")
    rows = pd.DataFrame(controls, columns=["year", "subject", "value", "unit"]).assign(indicator="total_use")
    return make_ground(made_tables={**tables(), "water_use": told, "control_values": rows}, status=status)


DISTRICT = (2023, "district", 1000.0, "万m³")


def test_all_waters_of_the_latest_year_and_the_demand_stand_against_the_total():
    # 3 + 1 + 2 + 0.5 million m³ in 2023 and half a million asked for, of ten million
    found = total_of(ask(ground_with(DISTRICT), INTAKE))
    assert (found.existing_m3, found.demand_m3, found.control_m3) == (6.5e6, 5e5, 1e7)
    assert found.ratio == pytest.approx(0.70)
    assert found.facts["subject"] == "district"
    assert found.room_m3(0.95) == pytest.approx(3_000_000)
    assert found.room_m3(0.5) == pytest.approx(-1_500_000)  # already past it


@pytest.mark.parametrize(
    ("told", "demand"),
    [
        ({"source": "surface"}, 500_000), ({"source": "public_network"}, 500_000),
        ({"source": "reclaimed"}, 0.0), ({"source": "rain"}, 0.0), ({"source": "mine_water"}, 0.0),
        ({"source": "surface", "reclaimed_m3_per_year": 120_000.0, "rain_m3_per_year": 30_000.0}, 350_000),
        ({"source": "surface", "reclaimed_m3_per_year": 600_000.0}, 0.0),
    ],
)  # fmt: skip
def test_where_unconventional_water_is_not_counted_it_is_left_out_of_use_and_demand(told, demand):
    ground = ground_with(DISTRICT)
    assumed = {**ASSUMED, "siting_count_unconventional": 0.0}
    proposal = Proposal(demand_m3_per_year=500_000, **told)
    found = total_of(Inquiry(site_at(ground), proposal, ground, assumed, DAY))
    assert (found.existing_m3, found.demand_m3) == (5e6, pytest.approx(demand))  # 3 of the river, 2 of the ground
    counted = total_of(ask(ground, proposal))
    assert (counted.existing_m3, counted.demand_m3) == (6.5e6, 500_000)


@pytest.mark.parametrize(
    ("controls", "year", "control_m3"),
    [
        ([(2023, 900.0), (2024, 800.0), (2022, 1000.0)], 2023, 9e6),
        ([(2024, 800.0), (2022, 1000.0), (2030, 700.0)], 2024, 8e6),
        ([(2020, 1000.0), (2022, 950.0)], 2022, 9.5e6),
    ],
)
def test_the_value_of_the_year_speaks_else_the_next_after_it_else_the_last_before(controls, year, control_m3):
    rows = [(when, "district", value, "万m³") for when, value in controls]
    found = total_of(ask(ground_with(*rows), INTAKE))
    assert (found.facts["control_year"], found.control_m3) == (year, control_m3)
    assert found.facts["use_year"] == 2023


@pytest.mark.parametrize(
    ("unit", "value", "m3"),
    [("万m³", 5.0, 5e4), (" 亿m³ ", 0.2, 2e7), ("m³", 3e6, 3e6), ("万m3", 2.0, 2e4), ("亿m3", 1.0, 1e8)],
)
def test_a_total_is_read_in_its_unit(unit, value, m3):
    found = total_of(ask(ground_with((2023, "district", value, unit)), INTAKE))
    assert found.control_m3 == pytest.approx(m3)


def test_the_strictest_of_district_and_official_townships_counts():
    own = (2023, A, 420.0, "万m³")  # A uses 4 million: with the demand 4.5 of 4.2
    strict = total_of(ask(ground_with(DISTRICT, own), INTAKE))
    assert (strict.facts["subject"], strict.ratio) == (A, pytest.approx(4.5 / 4.2))
    easy = total_of(ask(ground_with(DISTRICT, (2023, A, 900.0, "万m³")), INTAKE))
    assert (easy.facts["subject"], easy.ratio) == ("district", pytest.approx(0.7))
    # a total of B says nothing of a site in A, and one that is not official says nothing at all
    other = total_of(ask(ground_with(DISTRICT, (2023, B, 100.0, "万m³")), INTAKE))
    assert other.facts["subject"] == "district"
    unofficial = total_of(ask(ground_with(DISTRICT, own, status="supplied"), INTAKE))
    assert unofficial.facts["subject"] == "district"


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan")])
def test_a_total_that_is_no_volume_is_none(value):
    found = total_of(ask(ground_with((2023, "district", value, "万m³")), INTAKE))
    assert isinstance(found, Judgement)
    assert (found.verdict, found.needs) == ("unknown", ("control_values",))


@pytest.mark.parametrize(
    ("proposal", "needs"),
    [
        (Proposal(source=None, demand_m3_per_year=1.0), ("proposal.source",)),
        (Proposal(sector="road", source="surface"), ("proposal.demand_m3_per_year",)),
    ],
)
def test_what_the_project_does_not_tell_is_lacking(proposal, needs):
    assert total_of(ask(ground_with(DISTRICT), proposal)).needs == needs


def test_empty_tables_are_lacking_like_absent_ones():
    empty = make_ground(made_tables={**tables(), "water_use": tables()["water_use"].iloc[:0]})
    assert total_of(ask(empty, INTAKE)).needs == ("water_use",)
    neither = make_ground(without=("water_use", "control_values"))
    assert total_of(ask(neither, INTAKE)).needs == ("water_use", "control_values")
