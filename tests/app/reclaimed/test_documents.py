"""The papers of a network by name and language."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.reclaimed import documents
from app.reclaimed import store as reclaimed_store
from app.reclaimed.wish import Wish
from tests.app.reclaimed import made
from words import text


@pytest.mark.parametrize(
    ("check", "kinds"), [(None, ["xlsx", "gpkg", "dxf"]), (object(), ["xlsx", "gpkg", "dxf", "inp"])]
)
def test_papers_are_named_by_district_and_result_and_no_inp_without_a_check(mark, monkeypatch, check, kinds):
    monkeypatch.setattr(reclaimed_store, "paper", lambda *asked: (SimpleNamespace(check=check), None))
    for language, name in (("zh", "小县-再生水"), ("en", f"Small County-{text('reclaimed.title', 'en')}")):
        papers = documents.papers(mark, made.solved(id_="feedfeedfeed"), language)
        assert [papers[kind][0] for kind in kinds] == [f"{name}-feedfeedfeed.{kind}" for kind in kinds]
        assert list(papers) == kinds


def test_the_paper_of_one_language_is_not_that_of_another(mark, monkeypatch):
    monkeypatch.setattr(reclaimed_store, "paper_of", lambda district, answer, language: (language, None))
    solved = reclaimed_store.Solved(None, Wish("rate", 0.2, 2e6))
    assert [reclaimed_store.paper(mark, solved, language)[0] for language in ("zh", "en", "zh")] == ["zh", "en", "zh"]
