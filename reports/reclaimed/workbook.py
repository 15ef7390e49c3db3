"""The bill of quantities as a workbook: notes and warnings, bill, pipes, nodes, pumping stations, hydraulic check."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from analysis.methods.reclaimed.answer.record import warnings
from analysis.methods.reclaimed.months import COLUMNS
from maps.look.style import THEME_COLOURS
from maps.printed.font import ems
from maps.screen.reclaimed_pipes import NETWORK_NODES, NETWORK_PIPES
from reports.book import sheets
from reports.book.readable import layer_columns
from reports.reclaimed.bill import bill, headings_of_bill
from reports.reclaimed.delivery import delivery_frame, delivery_line
from reports.reclaimed.money import INVESTMENT, investment_rows, money_rows
from reports.reclaimed.paper import NetworkPaper, faults_of, origin_lines, title
from words import Language, text
from words.units import label, quantity

_FIGURES = {
    "volume_m3": "m3_per_year",
    "cost_yuan_per_year": "yuan_as_wan_yuan",
    "capital_yuan": "yuan_as_wan_yuan",
    "rate": "share",
}
_HEAD_ROW, _NOTE_ROW, _NOTE_EMS = 3, 6, 44
_BILL_SHAPES = ("0", None, None, None, "#,##0.0", "#,##0.00", "#,##0.00", None)
_STATION_SHAPES = (None, None, "#,##0.0", "#,##0.0", "#,##0.0", "0")
_OUTSIDE_SHAPES = (None, None, None, "#,##0.00", "#,##0.00", None, None)


def network_workbook(paper: NetworkPaper, *, language: Language = "zh") -> bytes:
    """The workbook (XLSX); warnings, data version and result id head every sheet, for each may be torn off."""
    book = Workbook()
    _write_notes(book.active, paper, language)
    _write_bill(book, paper, language)
    _write_months(book, paper, language)
    _write_money(book, paper, language)
    for key, layer, frame in (("pipes", NETWORK_PIPES, paper.pipes), ("nodes", NETWORK_NODES, paper.nodes)):
        sheets.add_filter(
            _sheet(book, key, layer_columns(frame, layer, language=language), paper, language), row=_HEAD_ROW
        )
    if paper.check is not None:
        _sheet(book, "stations", _stations(paper, language), paper, language)
        _sheet(book, "valves", _valves(paper, language), paper, language)
        _sheet(book, "outside", _outside(paper, language), paper, language)
    return sheets.saved(book)


def _write_notes(sheet: Worksheet, paper: NetworkPaper, language: Language) -> None:
    sheets.write_title(sheet, title(paper, language), widths=(26, 86), language=language)
    fill = PatternFill("solid", fgColor=THEME_COLOURS["reclaimed"][1:])
    for n, line in enumerate(warnings(language), start=2):
        sheets.put(sheet.cell(n, 1), line)
        sheet.cell(n, 1).font = Font(name=sheets.FONT, size=13, bold=True, color="FFFFFF")
        sheet.row_dimensions[n].height = 21
        for column in (1, 2):
            sheet.cell(n, column).fill = fill
    faults = [(text("reclaimed.paper.labels.fault", language), line) for line in faults_of(paper, language)]
    rows = [*origin_lines(paper, language), *faults, *_figures(paper, language)]
    sheets.write_rows(sheet, rows, row=_NOTE_ROW)
    for n, (_, value) in enumerate(rows, start=_NOTE_ROW):
        sheet.cell(n, 1).alignment = Alignment(vertical="top")
        sheet.cell(n, 2).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[n].height = 17 * math.ceil(ems(value) / _NOTE_EMS)


def _figures(paper: NetworkPaper, language: Language) -> list[tuple[str, str]]:
    known = [(key, unit, paper.figures.get(key)) for key, unit in _FIGURES.items()]
    said = [
        (text(f"reclaimed.paper.figures.{key}", language), quantity(value, unit, language))
        for key, unit, value in known
        if value is not None
    ]
    if paper.unknown_plants:
        said.append(("", text("reclaimed.paper.known_plants", language, count=paper.unknown_plants)))
    return said


def _sheet(
    book: Workbook, key: str, columns: Sequence[sheets.Column], paper: NetworkPaper, language: Language
) -> Worksheet:
    """A table on a sheet of its own, whose first rows repeat the warnings and marks on every printed page."""
    sheet = sheets.add_sheet(book, text(f"reclaimed.paper.sheets.{key}", language))
    sheets.put(sheet.cell(1, 1), text("reclaimed.paper.between", language).join(warnings(language)))
    sheet.cell(1, 1).font = Font(name=sheets.FONT, bold=True, color=THEME_COLOURS["reclaimed"][1:])
    facts = {"version": paper.district.version, "result": paper.result_id}
    mark = text("reclaimed.paper.illustrative_short", language) if paper.illustrative else ""
    sheets.put(sheet.cell(2, 1), f"{text('reclaimed.paper.marks', language, **facts)} {mark}".rstrip())
    sheets.write_table(sheet, columns, theme="reclaimed", row=_HEAD_ROW, wrap=True)
    return sheet


def _heads(group: str, keys: str, language: Language) -> list[str]:
    return [text(f"reclaimed.paper.{group}.{key}", language) for key in keys.split()]


def _write_bill(book: Workbook, paper: NetworkPaper, language: Language) -> None:
    lines = bill(paper, language)
    name, remark = (text(f"reclaimed.paper.{key}.total", language) for key in ("bill", "remarks"))
    rows = [(n, *line) for n, line in enumerate(lines.itertuples(index=False), start=1)]
    rows.append((None, name, "", "", None, None, round(float(lines["amount_yuan"].sum()), 2), remark))
    heads = [*_heads("bill", "number", language), *headings_of_bill(language).values()]
    sheet = _sheet(book, "bill", sheets.columns_of(heads, rows, _BILL_SHAPES), paper, language)
    metres = text("reclaimed.paper.item_units.m", language)
    for n, unit in enumerate(lines["unit"], start=_HEAD_ROW + 1):
        sheet.cell(n, 5).number_format = "#,##0.0" if unit == metres else "#,##0"
    sheet.column_dimensions["D"].width, sheet.column_dimensions["C"].width = 8, 62
    for cell in sheet[sheet.max_row]:
        cell.font = Font(name=sheets.FONT, bold=True)


def _write_months(book: Workbook, paper: NetworkPaper, language: Language) -> None:
    """What is wanted, at hand, delivered and short in each month: all plants together, then plant by plant."""
    if paper.months is None or paper.months.empty:
        return
    heads = _heads("months", "plant month wanted available delivered short_", language)
    every = text("reclaimed.paper.months.every", language)
    together = delivery_frame(paper.months, language).assign(plant=every)
    rows = [tuple(row) for part in (together, paper.months) for row in part[list(COLUMNS)].itertuples(index=False)]
    shapes = (None, None, *("#,##0",) * 4)
    sheet = _sheet(book, "months", sheets.columns_of(heads, rows, shapes), paper, language)
    sheets.put(sheet.cell(sheet.max_row + 1, 1), delivery_line(paper.months, language))


def _write_money(book: Workbook, paper: NetworkPaper, language: Language) -> None:
    """What the plan costs, earns and pays back, and below it the lines of the investment."""
    if paper.economics is None:
        return
    heads = [text(f"reclaimed.page.columns.{name}", language) for name in INVESTMENT]
    rows = [(name, "", "", value) for name, value in money_rows(paper.economics, language)]
    lines = [*investment_rows(paper.economics, language), ("", "", "", ""), *rows]
    sheet = _sheet(book, "money", sheets.columns_of(heads, lines, (None,) * len(heads)), paper, language)
    sheet.column_dimensions["A"].width = 44


def _stations(paper: NetworkPaper, language: Language) -> list[sheets.Column]:
    heads = _heads("stations", "pipe node flow head power stages", language)
    stations = paper.check.stations if paper.check is not None else ()
    rows = [(s.pipe, s.node, s.flow_m3_per_s * 3600, s.head_m, s.power_kw, s.stages) for s in stations]
    return sheets.columns_of(heads, rows, _STATION_SHAPES)


def _valves(paper: NetworkPaper, language: Language) -> list[sheets.Column]:
    heads = _heads("stations", "pipe node before behind", language)
    valves = paper.check.valves if paper.check is not None else ()
    rows = [(v.pipe, v.node, v.before_m, v.behind_m) for v in valves]
    return sheets.columns_of(heads, rows, (None, None, "#,##0.0", "#,##0.0"))


def _outside(paper: NetworkPaper, language: Language) -> list[sheets.Column]:
    """Faults first, then what is advised."""
    heads = _heads("outside", "id case what value limit unit reason", language)
    rows = [
        (one.id, text(f"reclaimed.paper.cases.{one.case}", language),
         text(f"reclaimed.paper.whats.{one.what}", language),
         round(one.value, 2), round(one.limit, 2), label(one.unit, language),
         text(f"reclaimed.paper.faults.{one.what}", language))
        for one in ((*paper.check.outside, *paper.check.advice) if paper.check is not None else ())
    ]  # fmt: skip
    rows = rows or [("", "", text("reclaimed.paper.check_nothing", language), None, None, "", "")]
    return sheets.columns_of(heads, rows, _OUTSIDE_SHAPES)
