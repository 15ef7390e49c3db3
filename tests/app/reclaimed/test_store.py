"""What decides a network and what does not; targets, corridors and the cost curve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd

from app.reclaimed import store as reclaimed_store
from app.reclaimed.wish import Wish
from tests.app.reclaimed import made
from tests.small_district import small_district


def test_prices_change_no_network_but_everything_else_does(mark):
    changed = (("reclaimed_subsidy_yuan_per_m3", 1.0), ("pipe_life_years", 20.0))
    assert reclaimed_store.without_prices(changed) == (("pipe_life_years", 20.0),)
    wishes = [
        Wish("rate", 0.2, 2e6),
        Wish("rate", 0.21, 2e6),
        Wish("budget", 0.2, 2e6),
        Wish("rate", 0.2, 2e6, ("W1",)),
    ]
    keys = [reclaimed_store.key_of(mark, (), one) for one in wishes]
    keys.append(reclaimed_store.key_of(mark, (("pipe_life_years", 20.0),), wishes[0]))
    keys.append(reclaimed_store.key_of("other data", (), wishes[0]))
    keys.append(reclaimed_store.curve_key(mark, (), wishes[0]))
    assert len(set(keys)) == len(keys)
    priced = reclaimed_store.key_of(mark, (("reclaimed_subsidy_yuan_per_m3", 1.0),), wishes[0])
    assert priced == keys[0]


def test_the_next_target_due_is_shown_with_its_year_else_the_last(mark, opened, monkeypatch):
    monkeypatch.setattr(reclaimed_store, "date", SimpleNamespace(today=lambda: date(2026, 6, 1)))
    assert reclaimed_store.target(mark) == ("2025", 0.35)
    district = small_district()
    names = ["year", "subject", "indicator", "value", "unit"]
    past, next_, later = (
        (2025, "district", "reclaimed_share", 0.35, "share"),
        (2030, "district", "reclaimed_share", 50.0, "percent"),
        (2035, "district", "reclaimed_share", 0.6, "share"),
    )
    others = [(2027, "district", "leakage", 0.09, "share"), (2028, "urban_management", "reclaimed_share", 0.6, "share")]
    unread = (2029, "district", "reclaimed_share", 7.0, None)  # no unit: no share
    now = (2026, "district", "reclaimed_share", 0.4, "share")
    for told, shown in (
        ([past, next_, later, *others, unread], ("2030", 0.5)),
        ([later, now, past], ("2026", 0.4)),
        ([past, *others], ("2025", 0.35)),
        (others, None),
    ):
        opened(replace(district, tables={**district.tables, "control_values": pd.DataFrame(told, columns=names)}), mark)
        assert reclaimed_store.target(mark) == shown


def test_corridors_are_those_of_the_pipes_built():
    assert reclaimed_store.corridors_of(made.solved()) == {"C1"}
    assert reclaimed_store.corridors_of(made.solved(diameters={"a": 100.0, "b": 150.0})) == {"C1", "C2"}
    assert reclaimed_store.corridors_of(None) == set()


def test_the_cost_curve_asks_for_six_shares_of_the_plan_s_cost(monkeypatch):
    asked = []

    def work(mark, changed, told, *, progress, cancelled):
        asked.append(told["budget_yuan"])
        bad = told["budget_yuan"] < 30_000
        objective = None if bad else 1.0
        plan = made.plan(
            status="infeasible" if bad else "optimal",
            objective=objective,
            cost_yuan=told["budget_yuan"] - 1.0,
            volume_m3=9.0,
        )
        return SimpleNamespace(detail=SimpleNamespace(plan=plan))

    monkeypatch.setattr(reclaimed_store, "plan_work", work)
    told = []
    points = reclaimed_store.curve_work("m", (), Wish("rate", 0.2, 2e6), 100_000.0, progress=told.append,
                                        cancelled=lambda: False)  # fmt: skip
    assert asked == [25_000.0, 50_000.0, 75_000.0, 100_000.0, 150_000.0, 200_000.0]
    assert [(one.budget_yuan, one.cost_yuan) for one in points[:3]] == [(0.0, 0.0), (50_000.0, 49_999.0),
                                                                      (75_000.0, 74_999.0)]  # fmt: skip
    assert len(points) == 6
    assert told[2] == {"phase": "curve", "done": 2, "count": 6}
    stopped = reclaimed_store.curve_work(
        "m", (), Wish("rate", 0.2, 2e6), 1e5, progress=told.append, cancelled=lambda: True
    )
    assert len(stopped) == 1


def test_the_paper_of_one_language_is_not_that_of_another(mark, monkeypatch):
    monkeypatch.setattr(reclaimed_store, "paper_of", lambda district, answer, *, language: f"paper {language}")
    solved = reclaimed_store.Solved(None, Wish("rate", 0.2, 2e6))
    said = [reclaimed_store.paper(mark, solved, language) for language in ("zh", "en", "zh")]
    assert said == ["paper zh", "paper en", "paper zh"]
