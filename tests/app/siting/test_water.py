"""The water of a site by hand: what is near, at what price, and what is unknown."""

from __future__ import annotations

import pytest

from app.siting.water import water_part
from reports.origins import lacking_word
from reports.siting.paper import SUPPLIED_BY
from tests.app.siting.sides import (
    FIRST,
    SECOND,
    UNITS,
    cells,
    scene,
)
from words import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_water_of_a_site_by_hand(screen, small, language):
    scene_ = scene(small, language, case=FIRST)
    water_part(scene_)
    volume, price, _ = UNITS[language]
    parts = text("siting.page.water.parts", language, rain=f"0.50 {volume}", reclaimed=f"1.25 {volume}")

    def card(key: str, value: str, *below: str) -> tuple[str, str, list[str]]:
        return text(f"siting.page.water.{key}", language), value, list(below)

    assert screen.cards == [
        card("demand", f"12.34 {volume}"), card("share", "35.0 %", parts),
        card("rain", f"0.84 {volume}", text("siting.page.water.estimated", language)),
        card("gb50400", "120 m³"), card("control_rate", text("units.missing", language)),
    ]  # fmt: skip
    rows = cells(screen.html.split("atlas-scroll")[1])
    mains, plant, reclaimed = (text(f"siting.paper.water.{kind}", language) for kind in ("mains", "plant", "reclaimed"))
    assert rows[mains] == ["最近的main", "250 m", "325 m", "12.0 m".replace(".0", ""), f"4.57 {price}"]
    assert rows[plant] == [lacking_word(scene_.case.district, SUPPLIED_BY["plant"], language=language)]
    assert rows[reclaimed] == ["最近的purple", "1,000 m", "1,300 m", "-3.5 m", text("units.missing", language)]


def test_what_is_unknown_of_the_water_is_not_nought(screen, small):
    water_part(scene(small, case=SECOND))
    missing = "数据不足"
    assert [value for _, value, _ in screen.cards] == [missing, missing, missing, missing, "0 m³"]
    assert text("siting.page.water.estimated") not in screen.text
