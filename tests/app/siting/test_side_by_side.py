"""Candidate sites side by side, the water of a site and better places, each with two unlike cases by hand."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from shapely import Point, box

from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.water.advice import Supply, Water
from app import changes
from app.siting import better, compare, session
from app.siting import store as siting_store
from app.siting.map import focus_on, overlay
from app.siting.session import Given
from app.siting.water import water_part
from tests.small_district import A, B, small_district
from words import LANGUAGES, text
from words.errors import AtlasError

UNITS = {"zh": ("万m³/a", "元/m³", "hm²"), "en": ("10⁴ m³/a", "yuan/m³", "ha")}
HERE, THERE = box(484_000, 3_254_000, 484_500, 3_254_400), box(494_000, 3_254_000, 494_100, 3_254_100)


def supply(layer: str, distance: float, lift: float | None, price: float | None) -> Supply:
    return Supply(layer, f"最近的{layer}", distance, 1.3 * distance, lift, price, Point(0, 0))


WET = Water(
    supply("main", 250.0, 12.0, 4.567), None, supply("purple", 1_000.0, -3.5, None), 8_400.0,
    {"gb50400": 120.0, "control_rate": None}, {}, True, {}, 5_000.0, 12_500.0, 0.35,
)  # fmt: skip
DRY = Water(None, None, None, None, {"gb50400": None, "control_rate": 0.0}, {}, False, {}, None, None, None)


def result(number: int, id_: str, verdict: str) -> SimpleNamespace:
    return SimpleNamespace(check=SimpleNamespace(number=number, id=id_), verdict=verdict)


def case(
    name: str, water: Water, *, demand: float | None, worst: str, verdicts: tuple[str, str, str]
) -> SimpleNamespace:
    """An answer: three checks, a site of 20 hm² in A or of 1 hm² in both."""
    ids = ("drinking_source_1", "quota", "building_slope")
    results = [result(n, id_, verdict) for n, (id_, verdict) in enumerate(zip(ids, verdicts, strict=True), start=1)]
    first = name == "甲地"
    site = SimpleNamespace(townships=(A,) if first else (A, B), area_m2=200_000.0 if first else 10_000.0,
                           geometry=HERE if first else THERE)  # fmt: skip
    missing = [one for one in results if one.verdict == "unknown"]
    ground = SimpleNamespace(rules=lambda kind: ())
    return SimpleNamespace(
        name=lambda language: name, water=water, district=small_district(), evidence=lambda: (),
        inquiry=SimpleNamespace(demand=SimpleNamespace(m3_per_year=demand), ground=ground),
        verdicts=SimpleNamespace(results=results, worst=worst, not_made=missing, site=site),
    )  # fmt: skip


FIRST = case("甲地", WET, demand=123_400.0, worst="restricted", verdicts=("restricted", "clear", "clear"))
SECOND = case("乙地", DRY, demand=None, worst="prohibited", verdicts=("prohibited", "clear", "unknown"))


@pytest.fixture
def mark(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "siting sides")


def cells(html: str) -> dict[str, list[str]]:
    """The rows of a table of HTML by their first cell."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    plain = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return {row[0]: row[1:] for row in plain}


def scene(mark: str, language: str = "zh", **told: object) -> SimpleNamespace:
    usual = {"given": None, "said": "{}", "changed": (), "on": None, "case": None, "asked": None, "shape": None}
    return SimpleNamespace(mark=mark, language=language, **(usual | told))


@pytest.fixture
def judged(monkeypatch):
    """Sites are judged by hand: the first, the second, and one that cannot be."""
    known = {HERE.wkb_hex: FIRST, THERE.wkb_hex: SECOND}

    def of(mark: str, asked: str, given: Given) -> SimpleNamespace:
        if given.wkb not in known:
            raise AtlasError("siting.page.errors.too_big")
        return known[given.wkb]

    monkeypatch.setattr(siting_store, "asked_of", lambda given, said, changed, on: given.wkb)
    monkeypatch.setattr(siting_store, "case", of)


@pytest.mark.parametrize("language", LANGUAGES)
def test_candidates_stand_in_columns_with_their_own_figures(screen, mark, judged, language):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(mark, language, given=Given(THERE.wkb_hex)))
    rows = cells(screen.html)
    volume, price, area = UNITS[language]
    missing = text("units.missing", language)

    def said(key: str) -> list[str]:
        return rows[text(f"siting.page.compare.{key}", language)]

    assert rows[""] == ["1. 甲地", "2. 乙地"]
    assert said("worst") == [text(f"siting.verdicts.{one}", language) for one in ("restricted", "prohibited")]
    assert said("not_made") == ["0", "1"]
    assert said("township") == ["甲镇", "甲镇, 乙镇"]
    assert said("area") == [f"20.00 {area}", f"1.00 {area}"]
    assert said("demand") == [f"12.34 {volume}", missing]
    assert said("mains") == ["250 m", missing]
    assert said("price") == [f"4.57 {price}", missing]
    assert said("share") == ["35.0%", missing]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_checks_that_say_something_are_listed_each_under_its_own_site(screen, mark, judged, language):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(mark, language, given=Given(THERE.wkb_hex)))
    rows = cells(screen.html)
    zone, slope, quota = (
        text(f"siting.checks.{id_}.name", language) for id_ in ("drinking_source_1", "building_slope", "quota")
    )
    verdicts = {
        one: text(f"siting.verdicts.{one}", language) for one in ("restricted", "prohibited", "clear", "unknown")
    }
    assert rows[f"1 {zone}"] == [verdicts["restricted"], verdicts["prohibited"]]
    assert rows[f"3 {slope}"] == [verdicts["clear"], verdicts["unknown"]]
    assert f"2 {quota}" not in rows


def test_a_site_that_cannot_be_judged_says_why_in_its_column(screen, mark, judged):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(mark, given=Given(Point(1, 2).wkb_hex, called="坏地")))
    rows = cells(screen.html)
    assert rows[""] == ["1. 甲地", "2. 坏地"]
    assert rows["最严结论"][1] == text("siting.page.errors.too_big")
    assert (rows["面积"][1], rows["数据不足(项)"][1]) == ("–", "–")


def test_the_same_site_and_project_stands_once_and_a_single_one_is_too_few(screen, mark, judged):
    session.set_aside(Given(HERE.wkb_hex), "{}")
    compare.compare(scene(mark, given=Given(HERE.wkb_hex)))
    assert cells(screen.html)[""] == ["1. 甲地"]
    assert ("empty", text("siting.page.compare.few")) in screen.notices
    screen.wipe()
    compare.compare(scene(mark, given=Given(HERE.wkb_hex), said='{"sector": "public"}'))
    assert cells(screen.html)[""] == ["1. 甲地", "2. 甲地"]


def test_the_parcels_of_a_file_are_candidates_each(screen, mark, judged):
    file = Given(HERE.wkb_hex, parcels=(("一", HERE.wkb_hex), ("二", THERE.wkb_hex)))
    compare.compare(scene(mark, given=file))
    assert cells(screen.html)[""] == ["1. 甲地", "2. 乙地"]


def test_each_button_opens_its_own_candidate_and_the_last_empties_the_list(screen, mark, judged):
    session.set_aside(Given(HERE.wkb_hex), '{"sector": "public"}')
    session.set_aside(Given(THERE.wkb_hex), '{"sector": "housing"}')
    compare.compare(scene(mark))
    screen.press("siting_open_1")
    assert (session.given().wkb, session.told()) == (THERE.wkb_hex, {"sector": "housing"})
    screen.press("siting_open_0")
    assert (session.given().wkb, session.told()) == (HERE.wkb_hex, {"sector": "public"})
    screen.press("siting_drop")
    assert session.others() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_water_of_a_site_by_hand(screen, mark, language):
    water_part(scene(mark, language, case=FIRST))
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
    assert rows[plant] == [text("siting.paper.missing", language)]
    assert rows[reclaimed] == ["最近的purple", "1,000 m", "1,300 m", "-3.5 m", text("units.missing", language)]


def test_what_is_unknown_of_the_water_is_not_nought(screen, mark):
    water_part(scene(mark, case=SECOND))
    missing = "数据不足"
    assert [value for _, value, _ in screen.cards] == [missing, missing, missing, missing, "0 m³"]
    assert text("siting.page.water.estimated") not in screen.text


def place(rank: int, shape, **told: object) -> Alternative:
    verdicts = SimpleNamespace(results=(), worst=told.pop("worst", "clear"))
    usual = {"score": 0.8123, "criteria": {}, "distance_m": 1_250.0, "better": ("slope",), "worse": (),
             "best_rank": 1, "worst_rank": 3, "kept_share": 0.95}  # fmt: skip
    return Alternative(rank=rank, site=SimpleNamespace(geometry=shape), verdicts=verdicts, **(usual | told))


@pytest.fixture
def found(monkeypatch):
    """Two better places; where they lie, nothing is prohibited."""
    monkeypatch.setattr(
        better, "place_verdict", lambda verdicts: "study" if verdicts.worst == "restricted" else "clear"
    )
    monkeypatch.setattr("app.siting.map.place_line", lambda one, language: f"line {one.rank}")
    places = (place(1, HERE), place(2, THERE, worst="restricted", score=0.5, distance_m=90.0, better=(), kept_share=0.5,
                                    best_rank=2, worst_rank=5))  # fmt: skip
    return SimpleNamespace(
        places=places, answer=SimpleNamespace(id="feed"), picture={"address": "p.png", "bounds": [1]}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_better_places_tell_verdict_distance_score_and_how_firm_they_are(screen, mark, found, language):
    better.better_part(scene(mark, language, case=FIRST, given=Given(HERE.wkb_hex)), found)
    first, second = (body for body in screen.bodies if "atlas-place" in body)
    slope, alike = text("siting.criteria.slope", language), text("siting.paper.alike", language)
    gains = text("siting.paper.gains", language, criteria=slope)
    assert f"1.2 km · 0.81 · {gains}" in first or f"1.25 km · 0.81 · {gains}" in first
    assert f"0.09 km · 0.50 · {alike}" in second
    assert text("siting.paper.firm", language, best=1, worst=3, share="95.0%") in first
    assert text("siting.paper.firm", language, best=2, worst=5, share="50.0%") in second
    study, restricted, clear = (text(f"siting.verdicts.{one}", language) for one in ("study", "restricted", "clear"))
    assert f'atlas-chip study">{study}' in second
    assert f'atlas-chip restricted">{restricted}' in second
    assert f'atlas-chip clear">{clear}' in first
    assert text("siting.page.better.wherever", language) not in first
    assert screen.widgets["siting_tif"].said["file_name"] == "suitability-feed.tif"


def test_each_place_is_shown_and_taken_by_its_own_buttons(screen, mark, found):
    screen.query.update(site="construction_projects:S1")
    given = Given(HERE.wkb_hex, name="厂", pick="construction_projects:S1")
    better.better_part(scene(mark, case=FIRST, given=given, said='{"sector": "public"}'), found)
    screen.press("siting_place_2")
    screen.press("siting_place_1")
    assert screen.session["siting_focus"] == ("place", "1", "2")
    screen.press("siting_take_2")
    assert session.given() == Given(THERE.wkb_hex, name="厂")
    assert session.told() == {"sector": "public"}
    assert "site" not in screen.query


def test_where_nothing_is_better_a_sentence_says_so(screen, mark, found):
    found.places = ()
    better.better_part(scene(mark, case=FIRST), found)
    assert screen.notices[0] == ("missing", text("siting.paper.no_better"))
    screen.wipe()
    better.better_part(scene(mark, case=FIRST), None)
    assert "siting_tif" not in screen.widgets


def test_a_judgement_of_one_criterion_over_another_moves_the_weights(screen, mark, found):
    screen.session["siting_pair_slope_river"] = "1"
    better.better_part(scene(mark, case=FIRST), found)
    pairs = [key for key in screen.widgets if key.startswith("siting_pair_")]
    first, second = better.CRITERIA[:2]
    assert len(pairs) == len(better.CRITERIA) * (len(better.CRITERIA) - 1) / 2
    for judged, larger in (("9", True), ("1/9", False)):
        for other in better.CRITERIA[1:]:
            screen.session[f"siting_pair_{first}_{other}"] = judged
        screen.wipe()
        better.better_part(scene(mark, case=FIRST), found)
        screen.press("siting_use_pairs")
        weights = changes.changed("siting")
        assert (weights[f"siting_weight_{first}"] > weights.get(f"siting_weight_{second}", 0.25)) == larger
    names = [text(f"siting.criteria.{name}") for name in better.CRITERIA]
    (said,) = [words for kind, words in screen.notices if kind == "done"]
    assert said.startswith(f"{names[0]} 0.0")
    assert text("siting.page.better.ratio", ratio="0.000").rstrip("。") in said


def test_judgements_that_contradict_each_other_cannot_be_used(screen, mark, found):
    a, b, c = better.CRITERIA[:3]
    screen.session.update({f"siting_pair_{a}_{b}": "9", f"siting_pair_{b}_{c}": "9", f"siting_pair_{a}_{c}": "1/9"})
    better.better_part(scene(mark, case=FIRST), found)
    assert screen.widgets["siting_use_pairs"].said["disabled"]
    assert [kind for kind, words in screen.notices if text("siting.page.better.inconsistent") in words] == ["missing"]


def test_better_places_are_looked_for_only_when_asked_and_where_asked(screen, mark, monkeypatch):
    seen = []

    def look(mark, asked, *, within):
        seen.append((asked, within))
        if within == "district":
            raise AtlasError("siting.page.errors.too_big")
        return "found"

    monkeypatch.setattr(siting_store, "better", look)
    one = scene(mark, case=FIRST, asked="asked")
    assert better.asked(one) is None
    screen.session["siting_better"] = True
    assert better.asked(one) == "found"
    screen.session["siting_within"] = "district"
    assert better.asked(one) is None
    assert session.refused().key == "siting.page.errors.too_big"
    assert seen == [("asked", "township"), ("asked", "district")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_carries_the_site_its_verdict_and_the_better_places(screen, mark, found, language):
    shown = overlay(scene(mark, language, case=FIRST, shape=HERE, given=Given(HERE.wkb_hex, name="甲地")), found)
    west = min(x for x, _ in shown["site"]["coordinates"][0])
    north = max(y for _, y in shown["site"]["coordinates"][0])
    assert (round(west, 2), round(north, 2)) == (107.84, 29.41)
    restricted = text("siting.verdicts.restricted", language)
    assert (shown["title"], shown["line"]) == ("甲地", text("siting.page.worst", language, verdict=restricted))
    first, second = shown["places"]
    facts = {"verdict": "line 2", "score": "0.50", "distance": "0.09 km"}
    assert second["line"] == text("siting.page.better.place_line", language, **facts)
    assert (first["rank"], first["title"]) == (1, text("siting.page.better.place", language, rank=1))
    assert second["geojson"]["coordinates"][0][0][0] > first["geojson"]["coordinates"][0][0][0]
    labels = [row["label"] for row in shown["legend"]]
    assert labels[0] == text("siting.paper.legend_site", language)
    assert labels[-1] == text("siting.page.better.excluded", language)
    assert labels[1] == text("siting.page.better.class", language, low=0.8, high=1.0)
    assert labels[-2] == text("siting.page.better.class", language, low=0.0, high=0.2)
    assert shown["key"].endswith("-p.png")


def test_without_a_site_nothing_lies_over_the_map_and_another_site_has_another_key(screen, mark):
    assert overlay(scene(mark), None) == {"key": ""}
    keys = {overlay(scene(mark, shape=one, given=Given(one.wkb_hex)), None)["key"] for one in (HERE, THERE)}
    assert len(keys) == 2
    plain = overlay(scene(mark, shape=HERE, given=Given(HERE.wkb_hex)), None)
    assert (plain["title"], plain["line"], "evidence" in plain) == (text("siting.paper.legend_site"), "", False)


def test_going_to_the_same_piece_twice_is_two_marks(screen):
    focus_on("evidence", "3")
    first = screen.session["siting_focus"]
    focus_on("evidence", "3")
    assert (first, screen.session["siting_focus"]) == (("evidence", "3", "1"), ("evidence", "3", "2"))
