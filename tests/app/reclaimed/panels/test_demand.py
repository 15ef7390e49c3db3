"""What a network rests on: suitability, volumes and limits of two plants, demand and supply month by month, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.parts.lacking import lacking
from app.reclaimed.panels.demand import demand_part, plants_part
from tests.app.reclaimed import made
from tests.app.screen import marks_of
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import small_district
from words import LANGUAGES, text

SUFFIX = {"zh": ("(万m³/a)", "(m³/d)"), "en": (" (10⁴ m³/a)", " (m³/d)")}


@pytest.fixture
def mark(opened):
    """The district with two plants, one of which is to be enlarged to a better class."""
    district = reclaimed_district(w2_class=None)
    plants = district.frames["wastewater_plants"].copy()
    plants.loc[0, ["capacity_m3_per_day", "planned_capacity_m3_per_day", "planned_class"]] = [
        2_500.0,
        4_000.0,
        "class_1a",
    ]
    return opened(replace(district, frames={**district.frames, "wastewater_plants": plants}), "reclaimed demand")


def verdict(language: str, verdict: str, *items: str) -> str:
    said = text(f"reclaimed.verdicts.{verdict}", language)
    if not items:
        return said
    names = text("app.joint", language).join(text(f"reclaimed.items.{item}", language) for item in items)
    return text("reclaimed.page.verdict_items", language, verdict=said, items=names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_plant_is_told_for_each_use_with_what_fails_or_is_unknown(screen, mark, language):
    plants_part(made.scene(mark, language))
    shown = screen.tables["reclaimed_suitability"]
    assert shown.columns == ["plant", "process", "greening", "road"]  # the use of most water first
    unknown = verdict(language, "unknown", "tp")
    assert shown.rows == [
        ("甲厂", verdict(language, "upgrade", "tn"), verdict(language, "ok"), unknown),
        ("W2", verdict(language, "ok"), verdict(language, "polish", "tn"), unknown),
    ]
    assert shown.heads[1] == text("layers.reclaimed_users.choices.use.process", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_volumes_class_and_capacity_stand_today_and_planned(screen, mark, language):
    plants_part(made.scene(mark, language))
    first = text("layers.wastewater_plants.choices.effluent_class.class_1a", language)
    shown = screen.tables["reclaimed_plant_facts"]
    assert shown.rows == [
        ("甲厂", "73.00", "0.00", "7.30", "58.40", "2,500", "4,000", first, first),
        ("W2", "109.50", "20.00", "0.00", "78.55", "", "", "—", "—"),
    ]
    names = ("treated_m3", "owed_m3", "reused_m3", "supply_m3", "capacity", "planned_capacity")
    units = [SUFFIX[language][0]] * 4 + [SUFFIX[language][1]] * 2
    assert shown.heads[1:7] == [
        text(f"reclaimed.page.columns.{name}", language) + unit for name, unit in zip(names, units, strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_compared_is_told_with_value_and_basis(screen, mark, language):
    plants_part(made.scene(mark, language))

    def row(item: str, value: str, limit: str, result: str, basis: str) -> tuple[str, ...]:
        said = (f"items.{item}", f"page.results.{result}", f"page.basis.{basis}")
        name, result_, basis_ = (text(f"reclaimed.{key}", language) for key in said)
        return name, value, limit, result_, basis_

    assert screen.tables["reclaimed_items"].rows == [
        row("cod", "42.5", "50", "ok", "reported"), row("tn", "15", "10", "exceed", "class"),
    ]  # fmt: skip
    assert ("line", text("reclaimed.page.standard", language, standard="GB process")) in screen.notices
    screen.session.update(reclaimed_item_plant="W2", reclaimed_item_use="road")
    plants_part(made.scene(mark, language))
    assert screen.tables["reclaimed_items"].rows == [row("tp", "—", "1", "unknown", "none")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_plants_there_is_a_sentence(screen, mark, language):
    plants_part(made.scene(mark, language, known=made.ground(plants=made.PLANTS.iloc[:0])))
    assert screen.notices == [("empty", text("reclaimed.page.no_plants", language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_demand_is_added_up_by_use_the_largest_first(screen, mark, language):
    demand_part(made.scene(mark, language))
    process, greening, road = (
        text(f"layers.reclaimed_users.choices.use.{use}", language) for use in ("process", "greening", "road")
    )
    shown = screen.tables["reclaimed_demand"]
    assert shown.rows == [
        (process, "2", "12.00", "400.0"),
        (greening, "1", "1.12", "61.5"),
        (road, "1", "0.50", "25.0"),
    ]
    per_year, per_day = SUFFIX[language]
    assert (shown.heads[2][-len(per_year) :], shown.heads[3][-len(per_day) :]) == (per_year, per_day)
    volume = {"zh": "13.62 万m³/a", "en": "13.62 10⁴ m³/a"}[language]
    assert screen.notices == [("line", text("reclaimed.page.demand_note", language, total=volume))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_show_each_use_and_the_supply_in_ten_thousands(screen, mark, language):
    demand_part(made.scene(mark, language))
    (chart,) = screen.charts
    (bars,), (line,) = marks_of(chart, "bar"), marks_of(chart, "line")
    process, greening = (text(f"layers.reclaimed_users.choices.use.{use}", language) for use in ("process", "greening"))
    first, last = (text(f"rainwater.page.months.m{n}", language) for n in (1, 12))
    volumes = {(row["name"], row["words"]): row["volume"] for row in bars["values"]}
    assert [volumes[month, use] for month in (first, last) for use in (greening, process)] == [0.1, 0.2, 1.2, 2.4]
    supply = {row["name"]: (row["volume"], row["kind"]) for row in line["values"]}
    kind = text("reclaimed.page.chart.supply", language)
    assert (supply[first], supply[last]) == ((2.0, kind), (24.0, kind))
    assert bars["encoding"]["color"]["scale"]["domain"] == [process, greening]
    assert bars["encoding"]["x"]["sort"][11] == last
    assert bars["encoding"]["y"]["title"] == text("reclaimed.page.chart.volume", language)


def test_without_demand_who_owes_it_is_told(screen, mark, opened):
    nobody = made.ground(places=made.PLACES.iloc[:0], supply_months=np.zeros(12))
    demand_part(made.scene(opened(small_district(), "reclaimed demand"), known=nobody))
    ((kind, said),) = screen.notices
    assert kind == "missing"
    assert text("layers.green_spaces.name") in said
    assert text("layers.water_users.name") not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_daily_rain_demand_is_said_to_be_too_large(screen, opened, language):
    district = reclaimed_district()
    tables = {name: table for name, table in district.tables.items() if name != "daily_rain"}
    demand_part(made.scene(opened(replace(district, tables=tables), "reclaimed dry"), language))
    assert screen.notices[0] == (
        "missing",
        text("reclaimed.page.every_day", language, lacking=lacking(["daily_rain"], language)),
    )
