"""A paper as content alone: title, lines, tables, pictures. Word and PDF are made from the same blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maps.printed import font
from words import Language

LONGEST = 2000  # signs of one cell; more is no sentence of ours


@dataclass(frozen=True)
class Line:
    """A paragraph; `strong` makes it bold, `colour` (#RRGGBB) sets it apart, larger than the others."""

    text: str
    strong: bool = False
    colour: str | None = None


@dataclass(frozen=True)
class Heading:
    """The title of a part (level 1) or of a part of it (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every sheet; `widths` are shares of the text's width.

    `colours` names, per row, the colour of the cell in column `coloured`; columns in `right` hold numbers and stand to
    the right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    colours: tuple[str | None, ...] = ()
    coloured: int | None = None


@dataclass(frozen=True)
class Picture:
    """A PNG across the text's width with its caption."""

    png: bytes
    caption: str


Block = Line | Heading | Table | Picture


@dataclass(frozen=True)
class Paper:
    """Title and lead lines on the first sheet, `header` and `footer` on every one, and the blocks in order.

    `page_of` says which sheet of how many it is, with `{page}` and `{pages}` for the numbers.
    """

    title: str
    subject: str
    lead: tuple[Line, ...]
    header: str
    footer: str
    page_of: str
    blocks: tuple[Block, ...] = ()
    language: Language = "zh"


def said(text: object) -> str:
    """Text out of data as one line that every font and file takes: control signs dropped, rare ones spelled."""
    return font.drawable(text, longest=LONGEST)


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    widths: Sequence[float],
    right: Sequence[int] = (),
    colours: Sequence[str | None] = (),
    coloured: int | None = None,
) -> Table:
    """A table of plain cells, each made safe to write."""
    safe = tuple(tuple(said(cell) for cell in row) for row in rows)
    shares = tuple(width / sum(widths) for width in widths)
    return Table(tuple(heads), safe, shares, frozenset(right), tuple(colours), coloured)
