"""One style for all rooms: nothing undefined, no colour of the maps written twice, no room that dresses another."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app import look
from maps.look.style import INK, THEME_COLOURS, VERDICT_COLOURS

SHEETS = {sheet.parent.name: sheet.read_text(encoding="utf-8") for sheet in look.sheets()}


def test_the_shared_sheet_comes_first_and_every_room_once():
    joined = look.style()
    places = [joined.index(said) for said in SHEETS.values()]
    assert next(iter(SHEETS)) == "parts"
    assert places == sorted(places)
    assert {"rainwater", "reclaimed", "siting", "township"} <= set(SHEETS)


def test_every_variable_used_is_defined_once():
    joined = look.style()
    defined = Counter(re.findall(r"(--atlas-[a-z-]+):", joined))
    used = set(re.findall(r"var\((--atlas-[a-z-]+)", joined)) - {"--atlas-upload"}  # a word, said by the siting page
    assert used <= set(defined)
    assert set(defined.values()) == {1}


def test_a_colour_is_written_once():
    written = Counter(re.findall(r"#[0-9A-Fa-f]{6}", "".join(SHEETS.values())))
    assert not {colour for colour, count in written.items() if count > 1}
    assert not set(written) & {INK, *THEME_COLOURS.values(), *VERDICT_COLOURS.values()}


@pytest.mark.parametrize("room", SHEETS)
def test_braces_close(room):
    assert SHEETS[room].count("{") == SHEETS[room].count("}")


def test_the_reclaimed_notice_wears_the_violet_of_the_map():
    assert "border-left: 3px solid var(--atlas-theme-reclaimed)" in SHEETS["reclaimed"]
    assert look.variables()["--atlas-theme-reclaimed"] == "#7B4BA0"
