"""The plan month by month: the short month is named and the year adds up."""

from __future__ import annotations

import pytest

from app.reclaimed.panels.months import months_part
from tests.app.reclaimed import made
from tests.reclaimed_ground import reclaimed_district
from words import LANGUAGES, text


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed plan")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_month_that_falls_short_is_named_and_the_year_adds_up(screen, mark, language):
    """2,000 m³ are wanted every month; in August 1,500 are there."""
    months_part(made.scene(mark, language, network=made.solved()))
    lost = {"zh": "0.05 万m³/a", "en": "0.05 10⁴ m³/a"}[language]
    line = text("reclaimed.paper.months.short", language, months="8", lost=lost)
    assert [words for _, words in screen.notices] == [line, text("reclaimed.page.months_note", language)]
    rows = screen.tables["reclaimed_months"].rows
    assert len(rows) == 13
    assert rows[0] == ("1", "0.20", "0.30", "0.20", "0.00")
    assert rows[7] == ("8", "0.20", "0.15", "0.15", "0.05")
    assert rows[12] == (text("reclaimed.paper.months.year", language), "2.40", "3.45", "2.35", "0.05")


def test_a_plan_that_serves_nobody_has_no_months(screen, mark):
    solved = made.solved()
    solved.done.months = made.MONTHS.iloc[:0]
    months_part(made.scene(mark, network=solved))
    assert "reclaimed_months" not in screen.tables
