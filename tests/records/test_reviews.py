"""Reviewers' conclusions are kept one after another beside the machine's, and saved checks are listed newest first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from records.cases import cases_of, save_case
from records.reviews import LONGEST, add_review, reviews
from words.errors import AtlasError

CASE = "0123456789ab"


def test_a_later_conclusion_never_overwrites_an_earlier_one(tmp_path):
    add_review(tmp_path, CASE, conclusion="supplement", reviewer="甲", note="缺数据")
    add_review(tmp_path, CASE, conclusion="agree", reviewer="乙", saving_m3=1_500.0)
    assert [(one.conclusion, one.reviewer, one.saving_m3) for one in reviews(tmp_path, CASE)] == [
        ("supplement", "甲", None),
        ("agree", "乙", 1_500.0),
    ]


def test_conclusions_of_other_cases_stay_apart(tmp_path):
    add_review(tmp_path, CASE, conclusion="agree", reviewer="甲")
    add_review(tmp_path, "ba9876543210", conclusion="object", reviewer="甲")
    assert len(reviews(tmp_path, CASE)) == 1
    assert len(reviews(tmp_path)) == 2


def test_a_conclusion_keeps_its_moment(tmp_path):
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    add_review(tmp_path, CASE, conclusion="agree", reviewer="甲", at=at)
    assert reviews(tmp_path)[0].at == at


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"conclusion": "fail", "reviewer": "甲"}, "records.cases.review_conclusion"),
        ({"conclusion": "agree", "reviewer": " "}, "records.cases.review_nameless"),
        ({"conclusion": "agree", "reviewer": "甲", "note": "长" * (LONGEST + 1)}, "records.cases.review_long"),
    ],
)
def test_what_cannot_be_a_conclusion_is_refused(tmp_path, facts, key):
    with pytest.raises(AtlasError) as refused:
        add_review(tmp_path, CASE, **facts)
    assert refused.value.key == key
    assert not reviews(tmp_path)


def test_nothing_was_reviewed_in_an_empty_folder(tmp_path):
    assert reviews(tmp_path) == []
    assert cases_of(tmp_path, "siting") == []


def test_saved_cases_are_listed_newest_first_by_method(tmp_path):
    for day in (1, 3, 2):
        at = datetime(2026, 1, day, tzinfo=UTC)
        save_case(tmp_path, "siting", {}, subject=str(day), version="v", at=at)
    save_case(tmp_path, "rainwater", {}, subject=None, version="v")
    assert [case.subject for case in cases_of(tmp_path, "siting")] == ["3", "2", "1"]
    assert len(cases_of(tmp_path, "siting", most=2)) == 2
