"""Duties counted by hand: two townships, two departments, facilities built and lacking, surfaces unknown."""

from __future__ import annotations

from datetime import date

from analysis.methods.rainwater.obligations import Duty, Obligation, strictest
from analysis.methods.rainwater.tally import tally, whole


def owed(
    township: str, lead: str, duty: Duty, *, facility_m3: float = 0.0, required_m3: float | None = 100.0
) -> Obligation:
    return Obligation("roads", "x", "x", township, lead, "street", date(2022, 1, 1), duty, {}, facility_m3, required_m3)


ROWS = [
    owed("A", "housing", "required", facility_m3=30.0),
    owed("A", "housing", "required", facility_m3=500.0),
    owed("A", "housing", "required", required_m3=None),
    owed("A", "water", "required", required_m3=900.0),
    owed("A", "housing", "suited", facility_m3=5.0),
    owed("A", "housing", "none", facility_m3=5.0),
    owed("B", "housing", "unknown"),
]


def test_what_is_lacking_is_what_is_required_less_what_is_there_and_never_negative():
    assert [one.missing_m3 for one in ROWS] == [70.0, 0.0, None, 900.0, 95.0, 0.0, 0.0]


def test_a_row_for_each_township_and_lead_the_largest_lack_first():
    rows = tally(ROWS)
    assert [(row.township, row.lead) for row in rows] == [("A", "water"), ("A", "housing"), ("B", "housing")]
    housing = rows[1]
    assert (housing.required, housing.suited, housing.none, housing.undated) == (3, 1, 1, 0)
    assert (housing.built, housing.missing_m3, housing.unknown) == (2, 70.0, 1)
    assert (rows[2].undated, rows[2].required, rows[2].missing_m3) == (1, 0, 0.0)


def test_the_whole_adds_every_count():
    total = whole(tally(ROWS))
    assert (total.required, total.suited, total.none, total.undated) == (4, 1, 1, 1)
    assert (total.built, total.missing_m3, total.unknown) == (2, 970.0, 1)


def test_the_strictest_text_counts():
    assert strictest({"a": "none", "b": "suited"}) == "suited"
    assert strictest({"a": "suited", "b": "required", "c": "unknown"}) == "required"
    assert strictest({"a": "unknown", "b": "suited"}) == "unknown"
    assert strictest({}) == "unknown"  # no text is known here
