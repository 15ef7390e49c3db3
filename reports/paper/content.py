"""A paper as content alone: title, lines, tables, pictures. Word and PDF are made from the same blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.finding import Verdict
from maps.printed import font

LONGEST = 2000  # signs of one cell; more is no sentence of ours


@dataclass(frozen=True)
class Line:
    """A paragraph; `verdict` colours it and its word stands in the text, `strong` makes it bold."""

    text: str
    strong: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Heading:
    """The title of a part (level 1) or of a part of it (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every sheet; `widths` are shares of the text's width.

    `verdicts` names, per row, the verdict that colours the cell in column `verdict_column`; columns in `right` hold
    numbers and stand to the right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    verdicts: tuple[Verdict | None, ...] = ()
    verdict_column: int | None = None


@dataclass(frozen=True)
class Picture:
    """A PNG across the text's width with its caption."""

    png: bytes
    caption: str


Block = Line | Heading | Table | Picture


@dataclass(frozen=True)
class Paper:
    """Title and lead lines on the first sheet, `header` and `footer` on every one, and the blocks in order."""

    title: str
    subject: str
    lead: tuple[Line, ...]
    header: str
    footer: str
    page_of: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def said(text: object) -> str:
    """Text out of data as one line that every font and file takes: control signs dropped, rare ones spelled."""
    return font.drawable(text, longest=LONGEST)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[object]], *, widths: Sequence[float], right: Sequence[int] = ()
) -> Table:
    """A table of plain cells, each made safe to write."""
    safe_rows = tuple(tuple(said(cell) for cell in row) for row in rows)
    total = sum(widths)
    return Table(tuple(heads), safe_rows, tuple(width / total for width in widths), frozenset(right))
