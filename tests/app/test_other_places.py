"""In a district of another province no page names Chongqing or Wulong; in another county of Chongqing, not Wulong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from google.protobuf.json_format import MessageToDict

from app.jobs import Desk
from app.navigation import PAGES
from tests.app.test_pages import NEEDED, Still
from tests.filled_district import write_filled_district
from tests.wulong import LESHAN, PENGSHUI
from words import LANGUAGES, text

SILENT = {LESHAN: ("重庆", "武隆", "渝", "Chongqing", "Wulong"), PENGSHUI: ("武隆", "Wulong")}
SUBJECTS = {"township": {"township": "{code}002"}, "siting": {"site": "industrial_parks:K1"}}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The filled small district in another province, and in another county of the municipality."""
    return {code: write_filled_district(tmp_path_factory.mktemp(code), NEEDED, code=code) for code in SILENT}


def spoken(page) -> Iterator[str]:
    """All that the page sends, tables as their cells."""
    for node in page._tree:
        proto = getattr(node, "proto", None)
        if isinstance(getattr(node, "value", None), pd.DataFrame):
            yield node.value.to_string()
        elif hasattr(proto, "DESCRIPTOR"):
            yield str(MessageToDict(proto))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SILENT)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_place_whose_rules_do_not_speak(open_page, monkeypatch, places, name, code, language):
    monkeypatch.setattr("app.jobs.desk", Desk(queue=Still()))
    query = {key: value.format(code=code) for key, value in SUBJECTS.get(name, {}).items()}
    page = open_page(name, places[code], lang=language, **query)
    assert not page.exception
    said = "\n".join(spoken(page))
    assert text(f"{name}.title", language) in said
    assert not [(word, said[max(said.find(word) - 60, 0) :][:120]) for word in SILENT[code] if word in said]
    assert "区水利局" not in said
    assert "District Water Bureau" not in said
