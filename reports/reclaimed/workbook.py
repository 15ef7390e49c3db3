"""The bill of quantities as a workbook: notes and warnings, bill, pipes, nodes, pumping stations, hydraulic check."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from layers.layer import Layer
from maps.look.style import INK, THEME_COLOURS
from maps.printed.font import ems
from maps.screen.reclaimed_pipes import NETWORK_NODES, NETWORK_PIPES
from reports.book.readable import decimals, headings, readable
from reports.book.sheets import FONT, column_width, number_format, put, set_page, sheet_title, write_head
from reports.reclaimed.bill import bill, headings_of_bill
from reports.reclaimed.paper import NetworkPaper, origin_lines, title, warnings
from words import Language, text
from words.units import label, number, quantity

_FIGURES = {
    "volume_m3": "m3_per_year",
    "cost_yuan_per_year": "yuan_as_wan_yuan",
    "capital_yuan": "yuan_as_wan_yuan",
    "rate": "share",
}
_HEAD_ROW = 3
_NOTE_EMS = 44
Row = Sequence[object]


def network_workbook(paper: NetworkPaper, *, language: Language = "zh") -> bytes:
    """The workbook (XLSX); warnings, data version and result id head every sheet, for each may be torn off."""
    book = Workbook()
    _write_notes(book.active, paper, language)
    _write_bill(_sheet(book, "bill", paper, language), paper, language)
    for key, layer, frame in (("pipes", NETWORK_PIPES, paper.pipes), ("nodes", NETWORK_NODES, paper.nodes)):
        _write_layer(_sheet(book, key, paper, language), layer, frame, language)
    if paper.check is not None:
        _write_stations(_sheet(book, "stations", paper, language), paper, language)
        _write_outside(_sheet(book, "outside", paper, language), paper, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_notes(sheet: Worksheet, paper: NetworkPaper, language: Language) -> None:
    sheet.title = text("reports.notes", language)
    put(sheet.cell(1, 1), title(paper, language))
    sheet.cell(1, 1).font = Font(name=FONT, size=16, bold=True, color=INK[1:])
    fill = PatternFill("solid", fgColor=THEME_COLOURS["reclaimed"][1:])
    for n, line in enumerate(warnings(language), start=2):
        put(sheet.cell(n, 1), line)
        sheet.cell(n, 1).font = Font(name=FONT, size=13, bold=True, color="FFFFFF")
        sheet.row_dimensions[n].height = 21
        for column in (1, 2):
            sheet.cell(n, column).fill = fill
    rows = [*origin_lines(paper, language), *_figures(paper, language), *_checked(paper, language)]
    for n, (name, value) in enumerate(rows, start=6):
        put(sheet.cell(n, 1), name)
        put(sheet.cell(n, 2), value)
        sheet.cell(n, 2).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(n, 1).alignment = Alignment(vertical="top")
        sheet.row_dimensions[n].height = 17 * math.ceil(ems(value) / _NOTE_EMS)
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 86
    set_page(sheet)


def _figures(paper: NetworkPaper, language: Language) -> list[tuple[str, str]]:
    known = [(key, unit, paper.figures.get(key)) for key, unit in _FIGURES.items()]
    return [
        (text(f"reclaimed.paper.figures.{key}", language), quantity(value, unit, language))
        for key, unit, value in known
        if value is not None
    ]


def _checked(paper: NetworkPaper, language: Language) -> list[tuple[str, str]]:
    name = text("reclaimed.paper.labels.check", language)
    if paper.check is None:
        return [(name, text("reclaimed.paper.check_missing", language))]
    facts = {"count": len(paper.check.outside), "difference": f"{paper.check.difference_m:.2f}"}
    return [
        (
            name,
            text("reclaimed.paper.check_ok" if paper.check.ok else "reclaimed.paper.check_outside", language, **facts),
        )
    ]


def _sheet(book: Workbook, key: str, paper: NetworkPaper, language: Language) -> Worksheet:
    """A sheet whose first row repeats the warnings and marks on every printed page."""
    sheet = book.create_sheet(sheet_title(text(f"reclaimed.paper.sheets.{key}", language), book.sheetnames))
    put(sheet.cell(1, 1), text("reclaimed.paper.between", language).join(warnings(language)))
    sheet.cell(1, 1).font = Font(name=FONT, bold=True, color=THEME_COLOURS["reclaimed"][1:])
    facts = {"version": paper.district.version, "result": paper.result_id}
    mark = text("reclaimed.paper.illustrative_short", language) if paper.illustrative else ""
    put(sheet.cell(2, 1), f"{text('reclaimed.paper.marks', language, **facts)} {mark}".rstrip())
    return sheet


def _write_table(
    sheet: Worksheet, headers: Sequence[str], rows: Iterable[Row], *, formats: Sequence[str | None]
) -> None:
    write_head(sheet, headers, row=_HEAD_ROW, theme="reclaimed")
    rows = list(rows)
    for n, row in enumerate(rows, start=_HEAD_ROW + 1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(n, column), value, number_format=formats[column - 1])
            sheet.cell(n, column).alignment = _side(formats[column - 1], "top")
    for column, header in enumerate(headers, start=1):
        sheet.cell(_HEAD_ROW, column).alignment = _side(formats[column - 1], "center", wrap=True)
        width = column_width(header, pd.Series([row[column - 1] for row in rows], dtype=object))
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"1:{_HEAD_ROW}"
    set_page(sheet)


def _side(number: str | None, vertical: str, *, wrap: bool | None = None) -> Alignment:
    """Numbers to the right, texts to the left with room before them."""
    wrapped = number is None if wrap is None else wrap
    return Alignment("right" if number else "left", vertical, wrap_text=wrapped, indent=0 if number else 1)


def _write_bill(sheet: Worksheet, paper: NetworkPaper, language: Language) -> None:
    lines = bill(paper, language)
    total = round(float(lines["amount_yuan"].sum()), 2)
    rows = [[n, *line] for n, line in enumerate(lines.itertuples(index=False), start=1)]
    rows.append(
        [
            None,
            text("reclaimed.paper.bill.total", language),
            "",
            "",
            None,
            None,
            total,
            text("reclaimed.paper.remarks.total", language),
        ]
    )
    headers = [text("reclaimed.paper.bill.number", language), *headings_of_bill(language).values()]
    _write_table(sheet, headers, rows, formats=["0", None, None, None, "#,##0.0", "#,##0.00", "#,##0.00", None])
    for n, unit in enumerate(lines["unit"], start=_HEAD_ROW + 1):
        sheet.cell(n, 5).number_format = (
            "#,##0.0" if unit == text("reclaimed.paper.item_units.m", language) else "#,##0"
        )
    sheet.column_dimensions["D"].width, sheet.column_dimensions["C"].width = 8, 62
    for column in range(1, len(headers) + 1):
        sheet.cell(_HEAD_ROW + len(rows), column).font = Font(name=FONT, bold=True)


def _write_layer(sheet: Worksheet, layer: Layer, frame: pd.DataFrame, language: Language) -> None:
    table = readable(frame, layer, language=language)
    shown = {headings(layer, language)[f.name]: number_format(decimals(f), grouped=True) for f in layer.fields}
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    _write_table(sheet, list(table.columns), rows, formats=[shown[name] for name in table.columns])
    last = get_column_letter(max(len(table.columns), 1))
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{len(table) + _HEAD_ROW}"


def _write_stations(sheet: Worksheet, paper: NetworkPaper, language: Language) -> None:
    headers = [
        text(f"reclaimed.paper.stations.{key}", language) for key in ("pipe", "node", "flow", "head", "power", "stages")
    ]
    assert paper.check is not None
    rows = [(s.pipe, s.node, s.flow_m3_per_s * 3600, s.head_m, s.power_kw, s.stages) for s in paper.check.stations]
    _write_table(sheet, headers, rows, formats=[None, None, "#,##0.0", "#,##0.0", "#,##0.0", "0"])


def _write_outside(sheet: Worksheet, paper: NetworkPaper, language: Language) -> None:
    headers = [
        text(f"reclaimed.paper.outside.{key}", language) for key in ("id", "case", "what", "value", "limit", "unit")
    ]
    assert paper.check is not None
    rows = [
        (
            one.id,
            text(f"reclaimed.paper.cases.{one.case}", language),
            text(f"reclaimed.paper.whats.{one.what}", language),
            round(one.value, 2),
            round(one.limit, 2),
            label(one.unit, language),
        )
        for one in paper.check.outside
    ]
    rows = rows or [("", "", text("reclaimed.paper.check_nothing", language), None, None, "")]
    _write_table(sheet, headers, rows, formats=[None, None, None, "#,##0.00", "#,##0.00", None])


def outside_text(paper: NetworkPaper, language: Language) -> tuple[str, ...]:
    """What is outside its limits, a sentence each."""
    if paper.check is None:
        return ()
    return tuple(
        text(
            "reclaimed.paper.outside_line",
            language,
            id=one.id,
            case=text(f"reclaimed.paper.cases.{one.case}", language),
            what=text(f"reclaimed.paper.whats.{one.what}", language),
            value=number(one.value, one.unit, language),
            limit=quantity(one.limit, one.unit, language),
        )
        for one in paper.check.outside
    )
