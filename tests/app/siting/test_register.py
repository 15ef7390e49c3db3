"""The register of saved checks and the conclusions of reviewers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from golden_district import golden_district
from siting_ground import A, B

from analysis.methods.siting import METHOD
from app.siting import register
from app.siting.papers import papers
from app.state import selection
from records.cases import open_case, save_case
from records.reviews import add_review, reviews
from tests.app.siting.picked import S1, UNITS, scene_of
from words import LANGUAGES, text


@pytest.fixture
def saved(mark, tmp_path):
    """Two saved checks, the older with two reviews, the newer with none."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    told = {"title": "旧案", "worst": "prohibited", "not_made": "3"}
    old = save_case(tmp_path, METHOD, {}, subject=A, version="v1", choices=told)
    add_review(tmp_path, old.id, conclusion="object", saving_m3=5_000.0, reviewer="甲", at=now)
    add_review(tmp_path, old.id, conclusion="agree", saving_m3=12_500.0, reviewer="乙", note="好",
               at=now + timedelta(days=1))  # fmt: skip
    new = save_case(tmp_path, METHOD, {}, subject=B, version="v2", choices={"title": "新案", "worst": "clear"})
    return {"old": old, "new": new}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_shows_the_last_conclusion_beside_the_machine_s(saved, screen, language):
    register.register(scene_of(screen, view="register", lang=language))
    rows = {row[1]: row for row in screen.tables["siting_register"].rows}
    prohibited, clear = (text(f"siting.verdicts.{one}", language) for one in ("prohibited", "clear"))
    agree = text("siting.page.review.agree", language)
    assert rows["旧案"][2:] == (prohibited, "3", agree, "乙", "1.25", "v1", saved["old"].id)
    assert rows["新案"][2:] == (clear, "", "", "", "", "v2", saved["new"].id)
    volume = UNITS[language][0]
    assert ("line", text("siting.page.register.promised", language, value=f"1.25 {volume}")) in screen.notices
    head = screen.tables["siting_register"].heads[6]
    assert volume in head
    order = screen.tables["siting_register"].column("project")
    for row, title in enumerate(order):
        screen.choose_row("siting_register", row)
        assert screen.query["sheet"] == saved["old" if title == "旧案" else "new"].id


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_register_says_so(mark, screen, language):
    register.register(scene_of(screen, view="register", lang=language))
    assert ("empty", text("siting.page.register.empty", language)) in screen.notices


@pytest.mark.parametrize("language", LANGUAGES)
def test_reviews_of_the_case_on_show_are_told_with_their_saving(saved, screen, language):
    scene = SimpleNamespace(saved=saved["old"], language=language)
    register.review_part(scene)
    said = [words for _, words in screen.notices[1:]]
    for words, (day, who, conclusion, saving) in zip(
        sorted(said), (("2026-05-01", "甲", "object", "0.50"), ("2026-05-02", "乙", "agree", "1.25")), strict=True
    ):
        concluded = text(f"siting.page.review.{conclusion}", language)
        assert words.startswith(f"{day} {who}")
        assert concluded in words
        assert f"{saving} {UNITS[language][0]}" in words


def test_a_review_is_kept_in_cubic_metres_and_one_without_a_name_stays_typed(saved, screen, tmp_path):
    register.review_part(SimpleNamespace(saved=saved["new"], language="zh"))
    screen.session.update(siting_conclusion="condition", siting_saving=0.35, siting_words="节水", siting_reviewer="")
    press = next(key for key, one in screen.widgets.items() if one.label == text("siting.page.review.file"))
    screen.press(press)
    screen.wipe()
    register.review_part(SimpleNamespace(saved=saved["new"], language="zh"))
    assert ("wrong", text("records.cases.review_nameless")) in screen.notices
    assert screen.session["siting_words"] == "节水"
    screen.session["siting_reviewer"] = "丙"
    screen.press(press)
    (one,) = reviews(tmp_path, saved["new"].id)
    assert (one.conclusion, one.saving_m3, one.reviewer, one.note) == (
        "condition",
        pytest.approx(3_500.0),
        "丙",
        "节水",
    )


def test_saving_keeps_what_the_register_will_show(mark, screen, tmp_path):
    scene = scene_of(screen, site=S1)
    papers(scene, selection(), better=None)
    screen.press("siting_save")
    case = open_case(tmp_path, screen.query["sheet"])
    told = case.choices
    assert (told["title"], told["worst"], told["not_made"], told["area_m2"]) == ("酒厂", "restricted", "8", "40000.0")
    assert (told["result"], json.loads(told["townships"]), case.subject) == (scene.case.result_id, [A], A)
    assert case.version == golden_district().version
