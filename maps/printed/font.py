"""The Chinese font of pictures: Noto Sans CJK SC out of an installed package, checked before anything is drawn.

A sign the font lacks would be drawn as an empty box, so fixed sentences are refused when a glyph is missing and names
out of data are spelled (`U+1F4A7`) instead. DejaVu Sans, which comes with matplotlib, fills in for rarer signs.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from words.errors import AtlasError

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILY = "Atlas Han"
_PACKAGE = "mplfonts"
_FILE = "NotoSansCJKsc-Regular.otf"
_SECOND = "DejaVu Sans"


@lru_cache(maxsize=1)
def font_path() -> Path:
    """The font file, found without importing the package it comes with; AtlasError `maps.print.font_missing`."""
    found = importlib.util.find_spec(_PACKAGE)
    folders = found.submodule_search_locations if found and found.submodule_search_locations else []
    for folder in folders:
        path = Path(folder) / "fonts" / _FILE
        if path.is_file():
            return path
    raise AtlasError("maps.print.font_missing", font=_FILE, package=_PACKAGE)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that can be drawn."""
    from matplotlib.ft2font import FT2Font

    return frozenset(code for path in files() for code in FT2Font(str(path)).get_charmap())


def files() -> list[Path]:
    """The font files there are, the Chinese one first."""
    from matplotlib import get_data_path

    second = Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    return [path for path in (font_path(), second) if path.is_file()]


def checked(text: str) -> str:
    """The text itself when every glyph of it can be drawn; AtlasError `maps.print.glyph_missing` otherwise."""
    lacking = [sign for sign in text if ord(sign) not in covered() and sign != "\n"]
    if lacking:
        codes = ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in lacking))
        raise AtlasError("maps.print.glyph_missing", codes=codes, text=text, font=_FILE)
    return text


def drawable(name: object, *, longest: int = 40) -> str:
    """A name out of data as one line that can surely be drawn: controls dropped, unknown signs spelled, cut if long."""
    plain = " ".join(str(name).split())
    kept = [sign for sign in plain if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")]
    if len(kept) > longest:
        kept = [*kept[: longest - 1], "…"]
    return "".join(sign if ord(sign) in covered() else f"[U+{ord(sign):04X}]" for sign in kept)


def ems(text: str) -> float:
    """The width of a line of text in ems, as far as it can be told without drawing it."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.58 for sign in text)


def wrap(text: str, *, ems_wide: float, lines: int) -> list[str]:
    """The text on at most `lines` lines of that width; Latin words stay whole, an ellipsis ends what does not fit."""
    rows: list[str] = [""]
    for piece in _pieces(text):
        if rows[-1] and ems(rows[-1] + piece.rstrip()) > ems_wide:
            if len(rows) == lines:
                rows[-1] = _cut(rows[-1], ems_wide)
                break
            rows.append("")
        rows[-1] += piece if rows[-1] else piece.lstrip()
    return [row.rstrip() for row in rows]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        joins = pieces and ord(sign) < 0x2E80 and ord(pieces[-1][-1]) < 0x2E80 and not pieces[-1].endswith(" ")
        if joins and len(pieces[-1]) < 30:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _cut(row: str, ems_wide: float) -> str:
    while row and ems(row + "…") > ems_wide:
        row = row[:-1]
    return row.rstrip() + "…"


@lru_cache(maxsize=64)
def properties(size_pt: float) -> FontProperties:
    """The font for matplotlib at a size in points."""
    from matplotlib.font_manager import FontProperties

    _register()
    return FontProperties(family=[FAMILY, _SECOND], size=size_pt)


@lru_cache(maxsize=1)
def _register() -> None:
    """Make the file known under a name of our own, so that no font of the machine takes its place."""
    from matplotlib.font_manager import FontEntry, fontManager

    entry = FontEntry(fname=str(font_path()), name=FAMILY, weight=400, size="scalable")
    fontManager.ttflist.append(entry)
