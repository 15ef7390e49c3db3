"""What EPANET found, by hand: faults in the head of the page and below it, advice, stations and valves."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analysis.hydraulics.check import Outside, ReducingValve, Station
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels import check as shown
from tests.app.reclaimed import made
from tests.reclaimed_ground import reclaimed_district
from words import LANGUAGES, text

SLOW = Outside("pipe", "T1", "peak", "velocity_low", 0.12, 0.3, "m_per_s")
LOW = Outside("node", "G1", "average", "head_low", -3.5, 10.0, "m")


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed plan")


@pytest.fixture
def paper(monkeypatch):
    """A function that makes the paper of the plan."""

    def make(check: object = None, *, reason: str | None = None) -> None:
        told = SimpleNamespace(check=check)
        monkeypatch.setattr(reclaimed_store, "paper", lambda mark, solved, language: told)
        monkeypatch.setattr(shown, "refusal_of", lambda built, language: reason)

    return make


def found(*outside: Outside, **told: object) -> SimpleNamespace:
    usual = {"stations": (), "valves": (), "advice": (), "difference_m": 0.016}
    return SimpleNamespace(ok=not outside, outside=outside, **(usual | told))


def said(key: str, language: str, **facts: object) -> str:
    return text(f"reclaimed.paper.{key}", language, **facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_lies_outside_its_limits_is_listed_with_both_numbers_and_its_reason(screen, mark, paper, language):
    station, valve = Station("T1", "W1", 30.0, 0.00525, 2.2, 1), ReducingValve("T2", "J1", 91.0, 12.5)
    paper(found(LOW, advice=(SLOW,), stations=(station,), valves=(valve,)))
    shown.check_part(made.scene(mark, language, network=made.solved()))
    line = " · ".join([
        said("check_outside", language, difference="0.02", count=1), said("check_valves", language, count=1),
        said("check_advice", language, count=1),
    ])  # fmt: skip
    assert screen.notices == [("missing", line)]
    average, peak = (said(f"cases.{case}", language) for case in ("average", "peak"))
    low, slow = said("whats.head_low", language), said("whats.velocity_low", language)
    assert screen.tables["reclaimed_outside"].rows == [
        ("甲园", average, low, "−3.5 m", "10 m", said("faults.head_low", language))
    ]
    assert screen.tables["reclaimed_advice"].rows == [
        ("T1", peak, slow, "0.12 m/s", "0.30 m/s", said("faults.velocity_low", language))
    ]
    assert screen.tables["reclaimed_stations"].rows == [("甲厂", "T1", "30", "5.25", "2.2", "1")]
    assert screen.tables["reclaimed_valves"].rows == [("J1", "T2", "91", "12.5")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_within_its_limits_is_said_to_be_so(screen, mark, paper, language):
    paper(found())
    scene = made.scene(mark, language, network=made.solved())
    shown.check_head(scene)
    assert screen.notices == []
    shown.check_part(scene)
    nothing = ("paper.check_nothing", "page.no_advice", "page.no_stations", "page.no_valves")
    assert screen.notices == [
        ("done", said("check_ok", language, difference="0.02", count=0)),
        *(("empty", text(f"reclaimed.{key}", language)) for key in nothing),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_the_page_names_what_fails_and_how_many_more(screen, mark, paper, language):
    paper(found(LOW, LOW, LOW, LOW))
    shown.check_head(made.scene(mark, language, network=made.solved()))
    ((kind, line),) = screen.notices
    fault = said("fault", language, where="甲园", case=said("cases.average", language),
                 what=said("whats.head_low", language), value="-3.5 m", limit="10 m",
                 reason=said("faults.head_low", language))  # fmt: skip
    assert (kind, line.count(fault)) == ("wrong", 3)
    assert line.endswith(text("reclaimed.page.more_faults", language, count=4))


@pytest.mark.parametrize("reason", [None, "EPANET 不行"])
def test_without_a_check_the_reason_is_told(screen, mark, paper, reason):
    paper(reason=reason)
    scene = made.scene(mark, network=made.solved())
    for part in (shown.check_head, shown.check_part):
        part(scene)
    assert screen.notices == [("missing", reason or said("check_missing", "zh"))] * 2


def test_without_a_network_the_head_says_nothing(screen, mark):
    shown.check_head(made.scene(mark))
    assert screen.notices == []
