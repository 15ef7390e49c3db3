"""What is kept between runs: known by what decides it, told apart by language, and named for people."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest

from analysis.asking import Asked
from app import store
from app.last_good import Held
from app.rainwater import store as rain_store
from layers.layer import Source
from tests.rain_district import rain_district
from tests.small_district import A, B, C, D, small_district
from words import LANGUAGES, text
from words.errors import AtlasError


@pytest.fixture
def mark(opened):
    """The small district, two of whose layers come from elsewhere and later."""
    district = small_district()
    sources = {"rivers": Source("测绘院", date(2025, 6, 1), "公开", "open"),
               "villages": Source("民政局", date(2023, 1, 1), "公开", "open")}  # fmt: skip
    entries = {**district.entries,
               **{name: replace(district.entries[name], source=one) for name, one in sources.items()}}  # fmt: skip
    return opened(replace(district, entries=entries), "store")


def test_townships_of_today_are_named_in_the_order_of_their_codes(mark):
    assert list(store.names(mark)) == [A, B, C, D]
    assert [store.names(mark)[code] for code in (A, B, C)] == ["甲镇", "乙镇", "丙乡"]


@pytest.mark.parametrize(("language", "name"), [("zh", "小县"), ("en", "Small County")])
def test_the_district_is_called_in_the_language(mark, language, name):
    assert store.district_name(mark, language) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_names_the_version_and_the_newest_source(mark, language):
    facts = {"version": small_district().version, "day": "2025-06-01"}
    assert store.version_line(mark, language) == text("app.version", language, **facts)


def test_issuers_are_named_once_and_only_those_asked_for(mark):
    assert store.issuers(mark, ("rivers", "villages", "rivers", "nowhere"), "zh") == "民政局、测绘院"
    assert store.issuers(mark, ("rivers",), "en") == "测绘院"


def test_names_are_joined_as_the_language_writes_them_without_empty_ones():
    assert store.joint(("甲", "", "乙"), "zh") == "甲、乙"
    assert store.joint(("a", "b"), "en") == "a, b"


def test_the_edition_of_the_settings_stands_before_the_usual_one(monkeypatch):
    store.app_settings.cache_clear()
    assert [store.edition_line(language) for language in LANGUAGES] == [text("app.edition", one) for one in LANGUAGES]
    monkeypatch.setenv("ATLAS_EDITION_LINE", "渝S(2024)01号")
    store.app_settings.cache_clear()
    assert store.edition_line("en") == "渝S(2024)01号"
    monkeypatch.undo()
    store.app_settings.cache_clear()


def test_a_folder_is_known_anew_when_a_file_comes_goes_or_is_written(tmp_path):
    seen = [store.fingerprint(tmp_path)]
    (tmp_path / "rules").mkdir()
    file, rule = tmp_path / "a.toml", tmp_path / "rules" / "r.toml"
    acts = (file.touch, lambda: rule.write_text("1"), lambda: os.utime(rule, (1, 1)), file.unlink)
    for act in acts:
        act()
        seen.append(store.fingerprint(tmp_path))
    assert len(set(seen)) == 5
    assert store.fingerprint(tmp_path) == seen[-1]
    assert store.fingerprint(tmp_path / "nowhere") != seen[-1]


def test_an_indicator_speaks_by_the_district_s_finding_else_by_a_township_s(mark):
    assert store.about(mark, "water_use_m3").subject == "990001"
    assert store.about(mark, "rain_runoff_m3").subject == A
    assert store.indicators(mark).index("water_use_m3") < store.indicators(mark).index("rain_usable_m3")


def test_what_all_methods_say_of_the_district_is_known_by_hand(mark):
    known = store.findings(mark)
    used = [known["water_use_m3", code].value for code in (A, B, C, D, "990001")]
    assert used == [600_000.0, 2_000_000.0, 300_000.0, 100_000.0, 3_000_000.0]
    assert known["area_m2", "990001"].value == pytest.approx(4e8)
    assert known["population", "990001"].value == 34_000.0


def test_an_answer_is_kept_by_what_was_asked_and_asked_anew_when_it_changes(opened):
    mark = opened(rain_district(), "kept answers")
    on = date(2026, 1, 2)
    first, again, other, chosen = (
        store.answered(mark, "rainwater", Asked(on=on, **told))
        for told in ({}, {}, {"assumptions": {"psi_roof": 0.8}}, {"choices": {"rule": "ybs"}})
    )
    assert first is again
    assert len({first.id, other.id, chosen.id}) == 3
    assert rain_store.rules((("rule", "ybs"), ("colour", "red"))) == {"rule": "ybs", "first_flush_rule": "per_spell"}


def test_maps_of_rain_differ_by_language_place_and_answer(opened, monkeypatch):
    mark = opened(rain_district(), "rain maps")
    drawn = []
    monkeypatch.setattr(rain_store, "district_map", lambda prepared, values, **told: drawn.append((values, told)) or "")
    asked = [((), (), "zh", None), ((), (), "en", None), ((), (), "zh", A), ((("psi_roof", 0.8),), (), "zh", None),
             ((), (("rule", "ybs"),), "zh", None)]  # fmt: skip
    for one in (*asked, *asked):
        rain_store.rain_map(mark, *one)
    assert len(drawn) == 5
    values, told = drawn[2]
    assert (told["home"], told["language"], told["unit"], told["as_of"]) == (A, "zh", "m3_per_year", "2024-12-31")
    outlook = rain_store.place_answer(mark, (), ()).detail
    assert values[B] == outlook.potentials[B].usable_m3["daily"]["central"]
    assert len({one["result"] for _, one in drawn}) == 4  # the same answer in one language and about one place
    assert told["result"] == text("app.result_line", id=rain_store.place_answer(mark, (), ()).id)


def test_a_project_that_is_not_there_is_refused(opened):
    with pytest.raises(AtlasError, match="unknown_project"):
        rain_store.project_answer(opened(rain_district(), "rain maps"), (), (), project="P9")


def test_asks_of_one_moment_look_at_the_folder_once_and_later_ones_again(monkeypatch):
    mark = "a state of the folder"
    looks, held = [], Held(mark=mark)
    monkeypatch.setattr(store, "fingerprint", lambda folder: looks.append(folder) or mark)
    monkeypatch.setattr(store, "_held", lambda folder: held)
    monkeypatch.setattr(store, "LOOK_S", 60.0)
    assert (store.current(), store.current()) == (mark, mark)
    assert len(looks) == 1
    monkeypatch.setattr(store, "LOOK_S", 0.0)
    assert store.current() == mark
    assert len(looks) == 2
