"""How much of the two allowances is used: which year, which waters, whose total, and what is lacking."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from shapely import Point
from siting_ground import ASSUMED, DAY, A, B, ask, frame, make_ground, site_at, tables, verdict_of

from analysis.methods.siting.check import Inquiry, Judgement
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.water.total import Total, totals_of, volume_m3
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
    rows = pd.concat([rows, NO_BOUND], ignore_index=True)
    return make_ground(made_tables={**tables(), "water_use": told, "control_values": rows}, status=status)


NO_BOUND = pd.DataFrame(
    [{"year": 2023, "subject": "district", "value": 1e9, "unit": "wan_m3", "indicator": "permitted_total"}]
)


def total_of(inquiry: Inquiry) -> Total | Judgement:
    """The strictest total of use, or why there is none."""
    found = totals_of(inquiry)
    if isinstance(found, Judgement):
        return found
    of_use = [one for one in found.known if one.of == "use"]
    return max(of_use, key=lambda one: one.ratio) if of_use else found.open[0]


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
    assert (found.verdict, found.needs) == ("unknown", ("control_values.total_use",))


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
    assert total_of(ask(empty, INTAKE)).needs[0] == "water_use"
    neither = make_ground(without=("water_use", "control_values"))
    assert total_of(ask(neither, INTAKE)).needs == ("water_use", "control_values")


@pytest.mark.parametrize(
    ("unit", "m3"),
    [("wan_m3", 100_480_000.0), ("万立方米", 100_480_000.0), ("m3", 10_048.0), ("亿m³", 1.0048e12),
     ("桶", None), ("万吨标准煤", None), ("share", None), (None, None)],
)  # fmt: skip
def test_a_unit_that_is_not_understood_is_refused_and_never_read_as_cubic_metres(unit, m3):
    assert volume_m3(10_048.0, unit) == (None if m3 is None else pytest.approx(m3))
    judged = verdict_of("total", ground_with((2023, "district", 10_048.0, unit)), INTAKE).judgement
    if m3 is None:
        assert (judged.verdict, judged.reason, judged.needs) == ("unknown", "unit_unknown", ("control_values.unit",))
    else:
        assert judged.facts["use_ratio"] == pytest.approx(7e6 / m3)


def test_a_year_that_a_township_does_not_tell_whole_is_passed_over():
    use = [*USE, (A, 2024, "surface", 9e6), (B, 2022, "surface", 1e6)]  # of 2024 nothing is known of B
    assert total_of(ask(ground_with(DISTRICT, use=use), INTAKE)).facts["use_year"] == 2023
    untold = [(A, 2023, "surface", float("nan")), (B, 2023, "surface", 1e6), (A, 2022, "surface", 9e6)]
    found = total_of(ask(ground_with(DISTRICT, use=untold), INTAKE))
    assert (found.reason, found.needs) == ("no_whole_year", ("water_use",))


def test_rows_of_a_township_that_was_merged_count_for_its_successor():
    ground = ground_with(
        DISTRICT, (2023, A, 420.0, "万m³"), use=[("OLD", 2023, "surface", 4e6), (B, 2023, "rain", 1e6)]
    )
    townships = ground.district.frames["townships"]
    old = townships.iloc[:1].assign(code="OLD", successor=A, valid_to=pd.Timestamp("2020-04-22"))
    merged = pd.concat([townships.assign(successor=None), old], ignore_index=True)
    district = replace(ground.district, frames={**ground.district.frames, "townships": merged})
    found = total_of(ask(Ground(district), INTAKE))
    assert (found.facts["subject"], found.existing_m3) == (A, 4e6)


def permits(*volumes: float | None, total: float = 200.0, power: float | None = None):
    """A ground with intakes of these permitted volumes and a control total of permits in 万m³."""
    rows = [{"id": f"I{at}", "permitted_m3_per_year": volume, "geometry": Point(480_500, 3_240_500 + at)}
            for at, volume in enumerate(volumes)]  # fmt: skip
    if power is not None:
        rows.append({"id": "P", "kind": "river", "use": "power", "permitted_m3_per_year": power,
                     "geometry": Point(480_600, 3_240_500)})  # fmt: skip
    made = tables()
    control = made["control_values"]
    control.loc[control["indicator"] == "permitted_total", "value"] = total
    return make_ground(
        layers={"water_intakes": frame("water_intakes", rows)}, made_tables={**made, "control_values": control}
    )


@pytest.mark.parametrize(
    ("volumes", "power", "demand", "verdict", "ratio"),
    [
        ([1e6, 5e5], None, 500_000, "prohibited", 1.0), ([1e6, 5e5], None, 499_999, "restricted", 0.9999995),
        ([1e6, 3e5], 9e9, 500_000, "study", 0.9), ([1e6], None, 500_000, "clear", 0.85),
    ],
)  # fmt: skip
def test_permits_and_the_demand_stand_against_their_own_total(volumes, power, demand, verdict, ratio):
    # use is 8 of 10 million m³, so that with half a million it stays at 0.85
    told = replace(INTAKE, demand_m3_per_year=demand)
    judged = verdict_of("total", permits(*volumes, power=power), told).judgement
    assert (judged.verdict, judged.value) == (verdict, pytest.approx(ratio))
    assert judged.facts["use_ratio"] == pytest.approx(0.8 + demand / 1e7)
    assert judged.facts["permits_ratio"] == pytest.approx((sum(volumes) + demand) / 2e6)
    assert verdict_of("total", permits(*volumes), replace(told, source="public_network")).verdict == "clear"


def test_permits_that_are_not_told_leave_an_intake_open_and_a_customer_not():
    for ground, need in ((permits(1e6, None), "water_intakes.permitted_m3_per_year"),
                         (ground_without_permits(), "control_values.permitted_total")):  # fmt: skip
        told = replace(INTAKE, demand_m3_per_year=1_000.0)
        judged = verdict_of("total", ground, told).judgement
        assert (judged.verdict, judged.needs) == ("unknown", (need,))
        assert verdict_of("total", ground, replace(told, source="public_network")).verdict == "clear"
        full = verdict_of("total", ground, replace(told, demand_m3_per_year=3e6)).judgement
        assert (full.verdict, full.reason) == ("prohibited", "total_full")  # the other bar stands


def ground_without_permits():
    made = tables()
    return make_ground(made_tables={**made, "control_values": made["control_values"].iloc[:1]})


@pytest.mark.parametrize(("counts", "existing"), [(True, 6.5e6), (False, 5e6), (None, 6.5e6)])
def test_whether_unconventional_water_counts_is_for_the_control_document_to_say(counts, existing):
    ground = ground_with(DISTRICT)
    control = ground.district.tables["control_values"].assign(counts_unconventional=counts)
    district = replace(ground.district, tables={**ground.district.tables, "control_values": control})
    assert total_of(ask(Ground(district), INTAKE)).existing_m3 == existing
