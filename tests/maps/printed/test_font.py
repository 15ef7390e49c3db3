"""The Chinese font: found, covering, never a box."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.printed import font
from words import LANGUAGES, sentences, text
from words.errors import AtlasError


def test_the_font_is_found_without_importing_its_package():
    assert font.font_path().name == "NotoSansCJKsc-Regular.otf"
    assert "mplfonts" not in sys.modules


def test_a_missing_font_is_an_error_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    font.font_path.cache_clear()
    with pytest.raises(AtlasError) as refused:
        font.font_path()
    font.font_path.cache_clear()
    assert "mplfonts" in text(refused.value.key, "zh", **refused.value.facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_pictures_can_be_drawn(language):
    spoken = {
        key: said for key, said in sentences(language).items() if key.startswith(("maps.print.", "units.", "layers."))
    }
    assert all(font.checked(said.replace("\n", "")) for said in spoken.values() if said)


def test_a_sentence_with_an_unknown_sign_is_refused():
    with pytest.raises(AtlasError) as refused:
        font.checked("水\U0001f4a7厂")
    assert "U+1F4A7" in text(refused.value.key, "en", **refused.value.facts)


def test_a_name_with_an_unknown_sign_is_spelled():
    assert font.drawable("水\U0001f4a7厂") == "水[U+1F4A7]厂"


def test_a_name_is_one_line_without_controls_and_cut_when_long():
    assert font.drawable("白马\n镇\x00\u202e") == "白马 镇"
    assert font.drawable("长" * 50, longest=10) == "长" * 9 + "…"


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_name_becomes_drawable(name: str):
    assert font.checked(font.drawable(name)) == font.drawable(name)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="水利局abc ,;、(2024)", max_size=120), st.integers(8, 40), st.integers(1, 3))
def test_wrapped_lines_fit_or_hold_a_single_word(said: str, wide: int, lines: int):
    rows = font.wrap(said, ems_wide=wide, lines=lines)
    assert len(rows) <= lines
    assert all(font.ems(row) <= wide + 0.01 or " " not in row.strip() for row in rows)


def test_text_that_fits_is_kept_whole():
    assert font.wrap("资料来源:区水利局", ems_wide=40, lines=1) == ["资料来源:区水利局"]
    assert "".join(font.wrap("一二三四五六", ems_wide=4, lines=2)) == "一二三四五六"
    assert font.wrap("一二三四五六", ems_wide=4, lines=1) == ["一二三…"]
