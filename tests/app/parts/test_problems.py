"""The list of data problems, who owes what is lacking, and the banner over a folder that does not open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app import last_good, store
from app.parts.lacking import lacking, owners
from app.parts.problems import SHOWN, problem_table
from app.parts.setback import setback_line
from layers.problem import Problem
from tests.small_district import small_district
from words import LANGUAGES, text
from words.errors import AtlasError

HIGH = Problem("bad_value", "water_use", "water", "error", row=7, field="volume_m3", value="-3", facts={"value": "-3"})
ODD = Problem("bad_value", "villages", "agriculture", "repaired", row=12, feature="V3", facts={"value": "x"})


@pytest.fixture
def mark(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "problems")


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    """The sentence of a problem is its key: the words are tried where they are made."""
    monkeypatch.setattr("app.parts.problems.what", lambda problem, language: f"{problem.key} {language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_says_what_where_how_bad_and_who_mends_it(screen, mark, language):
    problem_table([HIGH, ODD], language=language, key="p")
    first, second = screen.tables["p"].rows
    field = text("layers.water_use.fields.volume_m3", language)
    water, farms = (text(f"departments.{owner}", language) for owner in ("water", "agriculture"))
    name, villages = (text(f"layers.{layer}.name", language) for layer in ("water_use", "villages"))
    error, repaired = (text(f"app.severity.{severity}", language) for severity in ("error", "repaired"))
    assert first == (name, "7", "", field, "-3", f"bad_value {language}", error, water)
    assert second == (villages, "12", "V3", "", "", f"bad_value {language}", repaired, farms)
    assert screen.tables["p"].heads == [
        text(f"app.problem_columns.{head}", language)
        for head in ("layer", "row", "feature", "field", "value", "what", "severity", "owner")
    ]


def test_a_column_nobody_fills_is_left_out(screen, mark):
    problem_table([ODD], language="zh", key="p")
    assert screen.tables["p"].columns == ["layer", "row", "feature", "what", "severity", "owner"]


def test_without_problems_a_sentence_stands_instead_of_the_table(screen, mark):
    problem_table([], language="en", key="p")
    assert (screen.notices, screen.tables) == ([("empty", text("app.no_problems", "en"))], {})


@pytest.mark.parametrize(("count", "more"), [(SHOWN, None), (SHOWN + 1, 1), (SHOWN + 35, 35)])
def test_the_first_two_hundred_are_listed_and_the_rest_counted(screen, mark, count, more):
    problem_table([replace(ODD, row=n) for n in range(1, count + 1)], language="zh", key="p")
    rows = screen.tables["p"].column("row")
    assert (len(rows), rows[0], rows[-1]) == (200, "1", "200")
    assert screen.notices == ([] if more is None else [("line", text("app.more_problems", count=more))])


def test_each_department_is_named_once(mark):
    housing, water = text("departments.housing"), text("departments.water")
    assert owners(("projects", "water_use", "water_users"), "zh") == "、".join(sorted({housing, water}))
    assert owners(("nowhere",), "zh") == ""


def test_what_lacks_a_layer_and_what_lacks_its_values_say_different_things(mark):
    water = text("departments.water", "en")
    layers = text("layers.water_use.name", "en")
    assert lacking(("water_use",), "en") == text("app.lacking", "en", layers=layers, owners=water)
    assert lacking(("water_use",), "en", absent=False) == text("app.lacking_values", "en", layers=layers, owners=water)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layer_that_cannot_be_read_is_not_called_missing(mark, monkeypatch, language):
    broken = Problem("unreadable", "rivers", "water", "error", file="rivers.shp")
    monkeypatch.setattr(store, "broken", lambda: {"rivers": broken})
    monkeypatch.setattr("app.parts.lacking.what", lambda problem, language: "只有半个文件。")
    said = lacking(("rivers", "water_use"), language)
    missing, unread = said.split(text("app.between", language))
    water = text("departments.water", language)
    use, rivers = (text(f"layers.{layer}.name", language) for layer in ("water_use", "rivers"))
    assert missing == text("app.lacking", language, layers=use, owners=water)
    assert unread == text("app.unreadable", language, layer=rivers, reason="只有半个文件", owners=water)
    assert text("app.unreadable", layer="|", reason="|", owners="|").split("|")[1] not in lacking(
        ("rivers",), "zh", absent=False
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_banner_says_since_when_why_and_what_is_shown(screen, mark, monkeypatch, language):
    since = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    held = last_good.Setback(since, AtlasError("records.cases.unknown", id="abc"))
    monkeypatch.setattr(store, "setback", lambda: held)
    setback_line(language)
    facts = {
        "since": since.astimezone().strftime("%Y-%m-%d %H:%M"),
        "reason": text("records.cases.unknown", language, id="abc"),
        "version": small_district().version,
    }
    assert screen.notices == [("wrong", text("app.setback", language, **facts))]


def test_no_banner_stands_over_the_newest_data(screen, mark, monkeypatch):
    monkeypatch.setattr(store, "setback", lambda: None)
    setback_line("zh")
    assert screen.bodies == []
