"""The ways to give a site and how it was read."""

from __future__ import annotations

import pytest

from app.siting import give, session
from tests.app.siting.picked import S1, UNITS, scene_of
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_site_lies_and_how_large_it_is(mark, screen, language):
    give.how_read(scene_of(screen, site=S1, lang=language))
    _, area, mu = UNITS[language]
    said = text("siting.page.where", language, townships="西镇", area=f"4.00 {area}", mu=f"60 {mu}")
    assert screen.notices == [("line", said)]


def test_a_shape_drawn_on_the_map_becomes_the_site(mark, screen):
    ring = [[107.85, 29.36], [107.851, 29.36], [107.851, 29.361], [107.85, 29.361], [107.85, 29.36]]
    give.drawn({"geojson": {"type": "Polygon", "coordinates": [ring]}}, mark=mark, language="zh")
    given = session.given()
    assert given.called == text("siting.page.give.drawn_name")
    assert given.shape.area == pytest.approx(97.0 * 110.9, rel=0.01)  # a thousandth of a degree both ways
    give.drawn({"geojson": {"type": "Polygon"}}, mark=mark, language="zh")
    assert session.refused() is not None
    assert session.given() == given
