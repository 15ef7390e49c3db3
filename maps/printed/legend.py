"""The legend of a printed map: only what is drawn, each entry with the very symbol on the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from maps.look.card import choice_words
from maps.look.style import QUIET
from maps.printed import font
from maps.printed.sheet import WIDE_IN, Sheet
from maps.printed.symbols import POINT_PER_PX, Drawn, area_look, dashes, marker_look
from words import Language, text

_ROW_IN = 0.185
_LEAST_ROW_IN = 0.095
_SWATCH_IN = 0.30


@dataclass(frozen=True)
class Row:
    """A line of the legend: its words, how its swatch looks, and whether it stands under a heading."""

    words: str
    swatch: Literal["area", "line", "point", "heading", "note"]
    look: dict[str, Any]
    hatch: str = ""
    indent: bool = False


def layer_rows(drawn: Sequence[Drawn], *, language: Language, marked: Collection[str]) -> list[Row]:
    """One row per layer, or a heading and a row per kind; the layers in `marked` are said to be illustrative."""
    rows: list[Row] = []
    for layer, parts in groupby(drawn, key=lambda part: part.layer):
        kinds = list(parts)
        name = text(f"layers.{layer.id}.name", language)
        if layer.id in marked:
            name = text("maps.print.legend_marked", language, name=name)
        said = choice_words(layer, layer.field(layer.symbol_by), language) if layer.symbol_by else {}
        if len(kinds) == 1:
            kind = said.get(kinds[0].choice or "")
            rows.append(
                _row(kinds[0], text("maps.print.legend_kind", language, layer=name, kind=kind) if kind else name)
            )
            continue
        rows.append(Row(name, "heading", {}))
        rows += [
            _row(part, said.get(part.choice or "", text("maps.print.no_data", language)), indent=True) for part in kinds
        ]
    return rows


def _row(part: Drawn, words: str, *, indent: bool = False) -> Row:
    style = part.style
    if part.layer.geometry == "point":
        return Row(words, "point", marker_look(style, most_px=7), indent=indent)
    if part.layer.geometry == "line":
        look = {"color": style.stroke, "linewidth": style.weight_px * POINT_PER_PX, "linestyle": dashes(style)}
        return Row(words, "line", look, indent=indent)
    return Row(words, "area", area_look(style), hatch=part.hatch, indent=indent)


def draw_legend(sheet: Sheet, rows: Sequence[Row], *, top_in: float, bottom_in: float, title: str) -> None:
    """The rows in the side column between two heights in inches; they shrink, then stand in two columns, to fit."""
    left, right = sheet.column
    sheet.line((left, right), (top_in, top_in), color=QUIET, linewidth=0.5)
    sheet.write((left, top_in - 0.24), title, size=11, bold=True)
    high = top_in - 0.36 - bottom_in
    columns = 1 if high / max(len(rows), 1) >= _LEAST_ROW_IN * 1.3 else 2
    per_column = -(-len(rows) // columns)
    step = min(_ROW_IN, high / max(per_column, 1))
    wide = (right - left) / columns
    for n, row in enumerate(rows):
        column, place = divmod(n, per_column)
        _draw_row(sheet, row, at=(left + column * wide, top_in - 0.36 - (place + 0.5) * step), step=step, wide=wide)


def _draw_row(sheet: Sheet, row: Row, *, at: tuple[float, float], step: float, wide: float) -> None:
    x, y = at
    size = min(7.6, step * 72 * 0.62)
    start = x + (0.1 if row.indent else 0.0)
    begin = start if row.swatch in ("heading", "note") else start + _SWATCH_IN + 0.08
    room = (x + wide - begin) * 72
    needed = font.ems(row.words) * size
    if needed > room:
        size = max(size * room / needed, size * 0.72)
    words = font.wrap(row.words, ems_wide=room / size, lines=1)[0]
    sheet.write((begin, y), words, size=size, va="center_baseline", bold=row.swatch == "heading")
    _draw_swatch(sheet, row, (start, y), min(0.115, step * 0.72))


def _draw_swatch(sheet: Sheet, row: Row, at: tuple[float, float], high: float) -> None:
    x, y = at[0] / WIDE_IN, at[1] / sheet.high_in
    wide, up = _SWATCH_IN / WIDE_IN, high / sheet.high_in
    where = {"transform": sheet.figure.transFigure}
    if row.swatch == "area":
        patch = Rectangle((x, y - up / 2), wide, up, **row.look, **where)
        if row.hatch:
            patch.set_hatch(row.hatch)
            patch.set_hatch_linewidth(0.35)
        sheet.figure.add_artist(patch)
    elif row.swatch == "line":
        sheet.figure.add_artist(Line2D([x, x + wide], [y, y], **row.look, **where))
    elif row.swatch == "point":
        sheet.figure.add_artist(Line2D([x + wide / 2], [y], linestyle="none", **row.look, **where))
