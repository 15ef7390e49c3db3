"""Figures that people, other years or shapes contradict are told with both figures; sound ones are left alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small_district import A, B, small_district

from layers.catalogue import CATALOGUE
from layers.problem_words import problem_text
from layers.reading.plausible import check_plausible


def told(**changed: pd.DataFrame):
    """The problems of the small district with some of its layers changed."""
    district = small_district()
    frames = district.frames | district.tables | changed
    rasters = district.rasters
    files = {id_: f"{id_}.csv" for id_ in (*frames, *rasters)}
    return check_plausible(frames, rasters, catalogue=CATALOGUE, files=files)


def use(**years: float) -> pd.DataFrame:
    """Use of one township and sector by year, m³."""
    rows = [
        {"township": A, "year": int(year[1:]), "source": "surface", "sector": "industry", "volume_m3": volume}
        for year, volume in years.items()
    ]
    return pd.DataFrame(rows)


def people(**by_code: float) -> pd.DataFrame:
    """Residents of townships in 2023."""
    rows = [
        {
            "township": code[1:],
            "year": 2023,
            "resident_people": count,
            "urban_people": np.nan,
            "registered_people": np.nan,
            "households": count / 3,
        }
        for code, count in by_code.items()
    ]
    return pd.DataFrame(rows)


def test_a_sound_district_is_left_alone():
    assert told() == ()


@pytest.mark.parametrize(("value", "units"), [(4_000_000_000.0, "万"), (40.0, "万"), (400_000_000.0, "千")])
def test_a_year_in_another_unit_is_named_with_what_is_usual(value, units):
    (problem,) = [one for one in told(water_use=use(y2020=400_000, y2021=400_000, y2022=400_000, y2023=value))
                  if one.key == "year_jump"]  # fmt: skip
    assert (problem.row, problem.field) == (4, "volume_m3")
    assert (problem.facts["found_low"], problem.facts["found_high"]) == (value, 400_000.0)
    assert problem.facts["units"] == units
    assert "万" in problem_text(problem)


def test_years_that_differ_as_years_do_are_left_alone():
    frame = use(y2020=400_000, y2021=100_000, y2022=900_000, y2023=8_000_000)
    assert [one for one in told(water_use=frame) if one.key == "year_jump"] == []


def test_two_years_alone_say_nothing_of_each_other():
    frame = use(y2020=400_000, y2021=4_000_000_000)
    assert [one for one in told(water_use=frame) if one.key == "year_jump"] == []


def test_use_no_people_can_have_is_told_for_the_year_and_township():
    known = people(**{f"c{A}": 1_000.0, f"c{B}": np.nan})
    frame = use(y2023=20_000_001.0)
    (problem,) = told(water_use=frame, population=known)
    assert (problem.key, problem.row, problem.facts["found_high"]) == ("use_per_person", 1, 20_000_000.0)
    assert told(water_use=use(y2023=19_999_999.0), population=known) == ()


def test_people_in_ten_thousands_are_told_by_density():
    (problem,) = [one for one in told(population=people(**{f"c{A}": 3.2})) if one.key == "people_density"]
    assert problem.value == "3.2"
    assert [one for one in told(population=people(**{f"c{A}": 32_000})) if one.key == "people_density"] == []


@pytest.mark.parametrize(
    ("people_", "households", "wrong"), [(3_000, 1_000, False), (0.3, 1_000, True), (3_000, 0.1, True)]
)
def test_people_and_households_go_together(people_, households, wrong):
    frame = people(**{f"c{A}": people_}).assign(households=households)
    found = [one for one in told(population=frame) if one.key == "people_households"]
    assert bool(found) is wrong


@pytest.mark.parametrize(("stated", "units"), [(1e8, None), (1e12, "万"), (1e8 * 666.67, "亩 / m²"), (1e2, "km² / m²")])
def test_a_stated_area_is_held_beside_the_drawn_one(stated, units):
    townships = small_district().frames["townships"].copy()
    townships["area_official_m2"] = np.nan
    townships.loc[0, "area_official_m2"] = stated
    found = [one for one in told(townships=townships) if one.key == "area_contradicted"]
    assert [one.facts["units"] for one in found] == ([] if units is None else [units])


def test_classes_the_legend_does_not_know_are_named_with_their_share():
    values = small_district().rasters["landcover"].values
    known = sorted(np.unique(values).tolist())
    legend = pd.DataFrame({"value": known[1:], "name": "x", "surface": "green"})
    (problem,) = [one for one in told(landcover_legend=legend) if one.key == "raster_classes"]
    assert problem.facts["classes"] == f"{known[0]:g}"
    assert problem.facts["share"] == pytest.approx(float((values == known[0]).mean()))
