"""One project by hand: its surfaces, the tank each code asks for, which one governs, and the readings of its curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from wulong import PRINTED_MM

from analysis.assumption import resolve
from analysis.formulas.rain.record import Record
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.demand import Uses
from analysis.methods.rainwater.projects import (
    RainProject,
    answer,
    code_tanks,
    control_rain_mm,
    first_reaching,
    governing,
    knee,
    local_record,
    projects_of,
    rounded_up_m3,
    simulate,
)

ASSUMED = resolve(ASSUMPTIONS, {})


def record(years: int = 2, depth_mm: float = 40.0) -> Record:
    """Rain on the first of every month."""
    days = np.arange("2021-01-01", f"{2021 + years}-01-01", dtype="datetime64[D]")
    first = days.astype("datetime64[M]").astype("datetime64[D]") == days
    return Record(days, np.where(first, depth_mm, 0.0))


def project(**changed: object) -> RainProject:
    facts = {
        "id": "P", "name": "P", "township": "A", "kind": "estate", "status": "built", "roof_m2": 1_000.0,
        "paved_m2": 500.0, "permeable_m2": 400.0, "green_m2": 100.0, "tank_m3": 10.0, "uses": Uses(people=50.0),
    }  # fmt: skip
    return RainProject(**{**facts, **changed})


def test_the_coefficient_is_the_mean_over_the_surfaces():
    one = project()
    assert one.area_m2 == 2_000.0
    # (1,000·0.85 + 500·0.85 + 400·0.25 + 100·0.15)/2,000
    assert one.coefficient(ASSUMED) == pytest.approx(0.695)
    assert project(roof_m2=0.0, paved_m2=0.0).coefficient(ASSUMED) == pytest.approx(0.23)


def test_first_flush_is_the_project_s_own_else_by_roof_and_ground():
    assert project().flush_mm(ASSUMED) == pytest.approx(3.25)  # half roof at 2.5, half ground at 4
    assert project(roof_m2=3_000.0).flush_mm(ASSUMED) == pytest.approx(2.875)
    assert project(first_flush_mm=6.0).flush_mm(ASSUMED) == 6.0
    assert project(first_flush_mm=0.0).flush_mm(ASSUMED) == 0.0


def row(**told: object) -> dict[str, object]:
    columns = ("roof_area_m2", "paved_area_m2", "permeable_area_m2", "green_area_m2", "tank_m3", "watered_area_m2",
               "swept_area_m2", "people", "cars_per_day", "first_flush_mm", "investment_yuan", "status")  # fmt: skip
    usual = {"id": "P", "name": "P", "township": "A", "water": "rain", "kind": "estate"}
    return {**dict.fromkeys(columns), **usual, **told}


def test_projects_with_a_catchment_are_read_from_the_layer():
    frame = pd.DataFrame([
        row(id="P1", roof_area_m2=100.0, people=8, tank_m3=5.0, watered_area_m2=20.0, swept_area_m2=30.0,
            cars_per_day=2, investment_yuan=9e4, status="built"),
        row(id="P2", kind="cistern", paved_area_m2=60.0, people=4),
        row(id="P3", people=4),
        row(id="P4", water="reclaimed", roof_area_m2=100.0),
    ])  # fmt: skip
    first, second = projects_of(frame)
    assert first.uses == Uses(watered_m2=20.0, swept_m2=30.0, people=8.0, cars_per_day=2.0)
    assert (first.id, first.tank_m3, first.investment_yuan, first.status) == ("P1", 5.0, 9e4, "built")
    assert second.uses == Uses(cistern_people=4.0)
    assert (second.id, second.area_m2, second.status, second.first_flush_mm) == ("P2", 60.0, None, None)


def test_a_place_of_more_rain_sees_more_of_it_every_day():
    whole = record()  # 480 mm a year
    assert local_record(whole, 960.0).rain_mm.max() == pytest.approx(80.0)
    assert local_record(whole, 240.0).mean_mm == pytest.approx(240.0)
    for unknown in (None, float("nan")):
        assert local_record(whole, unknown) is None


def test_tanks_the_codes_ask_for_by_hand():
    found = code_tanks(project(), record(), ASSUMED, printed=PRINTED_MM)
    # day of 40 mm on roof, paving and permeable ground: 1,375·40/1,000 less 1,000·2.5 + 900·4 mm
    assert found["gb50400"] == pytest.approx(55.0 - 6.1)
    assert found["control_rate"] == pytest.approx(20.9 * 0.695 * 2_000 / 1_000)
    assert found["gb50596"] is None
    # a twentieth of the lesser of 480·0.695·0.9·2 m³ and 50 people's 438.3
    assert found["bs8515"] == pytest.approx(0.05 * 438.3)
    more = code_tanks(project(uses=Uses(people=500.0)), record(depth_mm=20.0), ASSUMED)
    assert more["gb50400"] == pytest.approx(27.5 - 6.1)
    assert more["control_rate"] is None
    assert more["bs8515"] == pytest.approx(0.05 * 240 * 0.695 * 0.9 * 2)


def test_an_allowed_outflow_makes_the_tank_smaller():
    found = code_tanks(project(), record(), {**ASSUMED, "rain_allowed_psi": 0.2})
    assert found["gb50400"] == pytest.approx((1_375 / 1_900 - 0.2) * 40 * 1.9 - 6.1)


def test_a_cistern_serves_its_people_or_what_it_collects():
    made = {"kind": "cistern", "paved_m2": 0.0, "permeable_m2": 0.0, "green_m2": 0.0}
    few = code_tanks(project(**made, uses=Uses(cistern_people=4.0)), record(), ASSUMED)
    assert few["gb50596"] == pytest.approx(0.5 * 73.05 / 0.92)
    many = code_tanks(project(**made, uses=Uses(cistern_people=400.0)), record(), ASSUMED)
    assert many["gb50596"] == pytest.approx(0.5 * 408 / 0.92)  # 1,000 m²·0.85·480 mm
    assert (few["gb50400"], few["control_rate"]) == (None, None)


def test_the_larger_of_two_codes_governs_and_equal_ones_go_to_the_first():
    codes = {"gb50596": None, "bs8515": 99.0}
    assert governing(project(), {**codes, "gb50400": 10.0, "control_rate": 9.0})[0] == "gb50400"
    assert governing(project(), {**codes, "gb50400": 9.0, "control_rate": 10.0})[0] == "control_rate"
    assert governing(project(), {**codes, "gb50400": 9.0, "control_rate": 9.0})[0] == "gb50400"
    assert governing(project(), {**codes, "gb50400": None, "control_rate": 3.0}) == (
        "control_rate", "rainwater.governs.control_rate"
    )  # fmt: skip


def test_without_a_design_rain_it_is_unknown_which_code_governs():
    codes = {"gb50400": 9.0, "control_rate": None, "gb50596": None, "bs8515": 99.0}
    assert governing(project(), codes) == (None, "rainwater.governs.unknown")
    assert governing(project(), {**codes, "gb50400": None}) == (None, "rainwater.governs.none")
    assert governing(project(kind="cistern"), codes) == ("gb50596", "rainwater.governs.cistern")


def test_a_record_of_thirty_years_gives_its_own_design_rain():
    """Equal days: a share of 75 % of the rain is held by the depth itself, as all days are alike."""
    assert control_rain_mm(record(30), ASSUMED, printed=PRINTED_MM) == (40.0, True)
    assert control_rain_mm(record(29), ASSUMED, printed=PRINTED_MM) == (20.9, False)
    assert control_rain_mm(record(29), {**ASSUMED, "control_rate": 0.7}, printed=PRINTED_MM) == (17.4, False)
    assert control_rain_mm(record(29), {**ASSUMED, "control_rate": 0.9}, printed=PRINTED_MM) == (None, False)


def test_the_first_tank_that_reaches_a_share_is_read():
    sizes, share = np.array([0.0, 1, 2, 3]), np.array([0.0, 0.5, 0.8, 0.9])
    assert [first_reaching(sizes, share, target) for target in (0.5, 0.51, 0.9, 0.91)] == [1.0, 2.0, 3.0, None]


def test_the_knee_is_where_a_millimetre_more_gains_less_than_a_hundredth():
    """Over 2,000 m² a millimetre is 2 m³: from 2 to 4 m³ it gains 0.02, from 4 to 6 m³ 0.009."""
    sizes, share = np.arange(0.0, 9.0, 2.0), np.array([0.0, 0.5, 0.52, 0.529, 0.53])
    assert knee(sizes, share, per_mm_m3=2.0) == 4.0
    assert knee(sizes, share, per_mm_m3=0.8) == 2.0  # 0.4 of 0.02
    assert knee(sizes, share, per_mm_m3=4.0) is None  # 0.52 to 0.53 is a hundredth, and nobody looks beyond
    assert knee(sizes, np.array([0.0, 0.2, 0.4, 0.6, 0.8]), per_mm_m3=2.0) is None  # it rises to the end
    assert knee(sizes, np.array([np.nan] * 5), per_mm_m3=2.0) is None


def test_sizes_one_can_order_change_at_ten_fifty_and_two_hundred():
    asked = (0.0, 0.1, 9.51, 9.99, 10.01, 49.01, 50.01, 199.1, 200.5)
    assert [rounded_up_m3(size) for size in asked] == [0, 0.5, 10, 10, 11, 50, 55, 200, 210]


def test_a_year_of_a_project_by_hand():
    """Each 40 mm leave 27.8 − 3.25 mm on 2,000 m², 49.1 m³: a tank of 10 m³ keeps 10, used up at 1.2 m³ a day."""
    said = answer(project(), record(), ASSUMED, printed=PRINTED_MM)
    assert (said.years, said.inflow_m3) == (2, pytest.approx(12 * 49.1))
    assert said.yield_m3 == pytest.approx(120.0)
    assert said.overflow_m3 == pytest.approx(12 * 39.1)
    assert said.demand_m3["toilet"] == pytest.approx(438.3)
    assert said.volumetric_reliability == pytest.approx(240 / (1.2 * 730))
    assert said.time_reliability == pytest.approx(24 * 8 / 730)  # 10/1.2 is 8.3 days
    assert said.longest_shortage_days == 23  # 31 days less 8
    assert said.governs == "gb50400"
    full = simulate(project(), record(), ASSUMED, capacity_m3=np.array([10.0, 20.0])).yield_m3
    assert full.tolist() == pytest.approx([240.0, 480.0])


def test_the_sizes_of_the_sweep_step_by_half_a_cubic_metre_at_least():
    sizes, share = answer(project(), record(), ASSUMED).curve
    assert np.diff(sizes) == pytest.approx(np.full(len(sizes) - 1, 0.5))
    assert sizes[-1] >= 60 * 438.3 / 365
    assert share[0] == 0.0


def test_nothing_asked_has_no_reliability_and_no_knee():
    said = answer(project(uses=Uses()), record(), ASSUMED)
    assert (said.volumetric_reliability, said.time_reliability, said.knee_m3) == (None, None, None)
    assert (said.cost_yuan_per_m3, said.payback_years) == (None, None)


def test_the_knee_of_an_answer_is_reckoned_by_a_millimetre_over_its_catchment():
    """Rain every ten days and none in the last two months: ten or eleven days of 1.2 m³ fill 12 to 13.2 m³.

    Each m³ more then serves the drought alone, 1 of 438 m³: 2 m³, a millimetre, gain 0.005, 20 m³ would gain 0.05.
    """
    days = np.arange("2021-01-01", "2022-01-01", dtype="datetime64[D]")
    number = np.arange(365)
    said = answer(project(), Record(days, np.where((number % 10 == 0) & (number < 300), 40.0, 0.0)), ASSUMED)
    assert said.knee_m3 is not None
    assert 12.0 <= said.knee_m3 <= 13.5
