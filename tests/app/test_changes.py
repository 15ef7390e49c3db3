"""What a planner changed: held by what it is on all pages, put back, kept as a case and brought back whole."""

from __future__ import annotations

import pytest

from analysis.methods import rainwater, reclaimed
from app import changes, links, store
from app.parts.assumptions import assumption_panel, slider_row
from app.parts.cases import case_bar
from app.state import Selection, selection
from records.cases import open_case, save_case
from tests.small_district import A, small_district
from words import LANGUAGES, text
from words.errors import AtlasError

OF_RAIN = {one.id: one for one in rainwater.ASSUMPTIONS}
OF_REUSE = {one.id: one for one in reclaimed.ASSUMPTIONS}
TAP, ROOF, SUBSIDY = OF_RAIN["tap_yuan_per_m3"], OF_RAIN["psi_roof"], OF_REUSE["reclaimed_subsidy_yuan_per_m3"]


@pytest.fixture(autouse=True)
def mark(screen, opened):
    """The small district under a mark of its own; the screen is on."""
    return opened(small_district(), "changes")


def test_a_price_changed_on_one_page_is_changed_on_all_and_others_only_where_they_count():
    changes.change("rainwater", TAP, 6.0)
    changes.change("rainwater", ROOF, 0.8)
    assert changes.changed("rainwater") == {"tap_yuan_per_m3": 6.0, "psi_roof": 0.8}
    assert changes.changed("reclaimed") == {"tap_yuan_per_m3": 6.0}
    changes.change("reclaimed", SUBSIDY, 1.0)
    changes.change("reclaimed", TAP, TAP.default)
    assert changes.changed("rainwater") == {"psi_roof": 0.8}
    assert changes.changed("reclaimed") == {"reclaimed_subsidy_yuan_per_m3": 1.0}


def test_a_number_beyond_its_range_is_held_at_the_end():
    changes.change("rainwater", ROOF, ROOF.high + 1)
    assert changes.changed("rainwater") == {"psi_roof": ROOF.high}
    changes.change("rainwater", ROOF, ROOF.low - 1)
    assert changes.changed("rainwater") == {"psi_roof": ROOF.low}


def test_resetting_one_page_leaves_what_only_others_reckon_with():
    changes.change("rainwater", ROOF, 0.8)
    changes.change("reclaimed", SUBSIDY, 1.0)
    changes.choose("rainwater", "rule", "ybs", usual="yas")
    changes.reset("rainwater")
    assert (changes.changed("rainwater"), changes.choices("rainwater")) == ({}, {})
    assert changes.changed("reclaimed") == {"reclaimed_subsidy_yuan_per_m3": 1.0}


def test_the_usual_choice_is_none_and_choices_are_held_by_method():
    changes.choose("rainwater", "rule", "ybs", usual="yas")
    changes.choose("reclaimed", "aim", "budget", usual="rate")
    assert (changes.choices("rainwater"), changes.choices("reclaimed")) == ({"rule": "ybs"}, {"aim": "budget"})
    changes.choose("rainwater", "rule", "yas", usual="yas")
    assert changes.choices("rainwater") == {}


def test_a_case_holds_what_was_changed_and_a_change_after_it_leaves_the_case(screen, tmp_path):
    screen.query.update(township=A, lang="en")
    changes.change("rainwater", ROOF, 0.8)
    changes.choose("rainwater", "rule", "ybs", usual="yas")
    case = changes.keep("rainwater", subject=A, version="v1")
    assert screen.query == {"township": A, "lang": "en", "case": case.id}
    kept = open_case(tmp_path, case.id)
    assert (kept.assumptions, kept.choices, kept.subject, kept.version) == ({"psi_roof": 0.8}, {"rule": "ybs"}, A, "v1")
    changes.change("rainwater", ROOF, 0.85)
    assert screen.query == {"township": A, "lang": "en"}


def test_a_case_brings_its_changes_back_once_and_then_they_may_be_changed(screen, tmp_path):
    case = save_case(tmp_path, "rainwater", {"psi_roof": 9.0, "gone": 1.0}, subject=None, version="v",
                     choices={"rule": "ybs"})  # fmt: skip
    screen.query["case"] = case.id
    changes.restore("rainwater", case.id)
    assert changes.changed("rainwater") == {"psi_roof": ROOF.high}  # what is no longer declared is left out
    assert changes.choices("rainwater") == {"rule": "ybs"}
    screen.session["changed"] = {"psi_roof": 0.8}
    changes.restore("rainwater", case.id)
    assert changes.changed("rainwater") == {"psi_roof": 0.8}


def test_a_case_of_another_method_is_unknown_here(tmp_path):
    case = save_case(tmp_path, "reclaimed", {}, subject=None, version="v")
    for id_ in (case.id, "f" * 12):
        with pytest.raises(AtlasError) as refused:
            changes.case_of("rainwater", id_)
        assert (refused.value.key, refused.value.facts) == ("records.cases.unknown", {"id": id_})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_changed_elsewhere_is_marked_here_with_its_default(screen, language):
    changes.change("rainwater", TAP, 6.0)
    assumption_panel("reclaimed", {"money": (TAP, SUBSIDY)}, language=language)
    tap, subsidy = (screen.widgets[f"assume_{one.id}"] for one in (TAP, SUBSIDY))
    marked = text("app.params.changed", language, default=f"{TAP.default:.2f}")
    assert marked in tap.label
    assert text("app.params.changed", language, default="0.00") not in subsidy.label
    unit = {"zh": "元/m³", "en": "yuan/m³"}[language]
    assert f"({unit})" in tap.label
    assert screen.session["assume_tap_yuan_per_m3"] == 6.0
    assert (tap.said["min_value"], tap.said["max_value"]) == (TAP.low, TAP.high)
    name = text("reclaimed.page.groups.money", language)
    assert screen.folds == [f"{name} · 1"]
    assert text("app.params.title_changed", language, count=1) in screen.text
    facts = {"low": f"{TAP.low:.2f}", "high": f"{TAP.high:.2f}", "citation": TAP.citation,
             "confidence": text(f"assumptions.confidence.{TAP.confidence}", language)}  # fmt: skip
    assert text("app.params.line", language, **facts) in screen.text


def test_choices_made_elsewhere_count_and_allow_putting_back(screen):
    assumption_panel("rainwater", {"money": (TAP,)}, language="zh")
    assert screen.widgets["rainwater_reset"].said["disabled"]
    changes.choose("rainwater", "rule", "ybs", usual="yas")
    assumption_panel("rainwater", {"money": (TAP,)}, language="zh", chosen=1)
    assert not screen.widgets["rainwater_reset"].said["disabled"]
    assert text("app.params.title_changed", count=1) in screen.text
    screen.press("rainwater_reset")
    assert changes.choices("rainwater") == {}


def test_a_slider_moves_the_number_it_stands_for(screen):
    told = []
    slider_row("reclaimed", SUBSIDY, language="zh", then=lambda: told.append(1))
    assert screen.widgets[f"assume_{SUBSIDY.id}"].said["given"] == (SUBSIDY.low, SUBSIDY.high)
    screen.fill(f"assume_{SUBSIDY.id}", 1.25)
    assert (changes.changed("reclaimed"), told) == ({SUBSIDY.id: 1.25}, [1])


PUBLIC = [(None, "http://127.0.0.1:8501"), ("https://atlas.example/w/", "https://atlas.example/w")]


@pytest.mark.parametrize(("public", "origin"), PUBLIC)
def test_a_link_says_page_and_selection_under_the_address_people_use(monkeypatch, public, origin):
    if public:
        monkeypatch.setenv("ATLAS_PUBLIC_ADDRESS", public)
    store.app_settings.cache_clear()
    assert links.address("rainwater", Selection()) == f"{origin}/rainwater"
    chosen = Selection("en", A).changed(project="P 1")
    assert links.address("rainwater", chosen) == f"{origin}/rainwater?lang=en&township={A}&project=P+1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_case_bar_names_the_answer_it_keeps(screen, language):
    case_bar("rainwater", Selection(language), save=lambda: None, result_id="0123456789ab", linked=False)
    assert ("line", text("app.result_line", language, id="0123456789ab")) in screen.notices
    assert screen.widgets["rainwater_save"].label == text("app.cases.save", language)
    assert "/rainwater" not in screen.text


@pytest.mark.parametrize(
    ("query", "language", "theme", "layers"),
    [({}, "zh", "base", None), ({"lang": "en", "theme": "rain"}, "en", "rain", None),
     ({"lang": "fr", "theme": "wine", "layers": "rivers..roads"}, "zh", "base", ("rivers", "roads")),
     ({"layers": ""}, "zh", "base", ())],
)  # fmt: skip
def test_what_the_address_cannot_mean_is_the_usual(screen, query, language, theme, layers):
    from layers.layer import THEMES

    screen.query.update(query)
    chosen = selection()
    usual = THEMES[0] if theme == "base" else theme
    assert (chosen.language, chosen.theme, chosen.layers) == (language, usual, layers)
