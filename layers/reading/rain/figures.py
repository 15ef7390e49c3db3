"""Cells of a rain column become numbers: traces, missing codes, units written behind, decimal commas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note
from layers.reading.rain.depths import Depth, depth_of

TRACES = frozenset({"t", "tr", "trace", "微量", "0.0t", "32700", "999990", "<0.1", "r微"})
MISSING = frozenset({
    "", "-", "--", "—", "——", "na", "nan", "n/a", "null", "none", "缺测", "缺", "缺失", "无数据", "无资料", "m",
    "*", "/", "///", "x", "#n/a", "....", "...", "未测", "停测",
})  # fmt: skip
DRY_WORDS = frozenset({"无", "无雨", "无降水", "无降雨", "晴", "dry"})
_CODES = frozenset({
    -9999.0, -999.0, -99.0, -99.9, -999.9, -9999.9, -99999.0, -32768.0, -32767.0, -99.99, -999.99, 32766.0, 32767.0,
    32744.0, 9999.0, 99999.0, 999999.0, 999.9, 9999.9, 99999.9, 999998.0,
})  # fmt: skip
_FIGURE = re.compile(r"^([-+]?)(\d[\d,]*+(?:\.\d*+)?|\.\d++)(e[-+]?\d{1,3})?([^\d,.].*)?$")
_NINES = re.compile(r"^0{0,3}\.?9{1,6}(?:\.9{0,6}0{0,6})?$")
_FEWEST_NINES = 3
_MARKS = frozenset("*·•!@#$△▲a")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})++(?:\.\d*+)?$")
Kind = Literal["number", "trace", "missing", "dry", "unreadable"]


@dataclass(frozen=True)
class Figure:
    """One distinct cell: what it is, its value, the unit written behind it, and its decimals."""

    kind: Kind
    value: float = float("nan")
    unit: Depth | None = None
    decimals: int = 0
    marked: bool = False


@dataclass(frozen=True)
class Figures:
    """The cells of the column: value (NaN: none), which are traces, missing, said to be dry in words, unreadable."""

    value: pd.Series
    trace: pd.Series
    missing: pd.Series
    dry: pd.Series
    unreadable: pd.Series
    units: tuple[Depth | None, ...]  # of each cell that has a value
    decimals: int
    notes: tuple[Note, ...] = ()


def figures_of(cells: pd.Series, answers: Answers, *, delimiter: str | None) -> Figures:
    """The column judged; UndecidedError where a person has to say what a comma means."""
    codes, distinct = pd.factorize(cells)
    texts = [unicodedata.normalize("NFKC", str(cell)).strip().lower().replace("−", "-") for cell in distinct]
    counts = np.bincount(codes, minlength=len(texts))
    comma, notes = _comma(texts, counts, answers, delimiter=delimiter)
    told = _without_nines([figure_of(text, decimal_comma=comma) for text in texts], texts, counts, answers)
    kinds = np.array([one.kind for one in told], dtype=object)[codes]
    value = np.array([one.value for one in told], dtype="float64")[codes]
    marked = int(counts[[at for at, one in enumerate(told) if one.marked]].sum())
    if marked:
        notes.append(Note("intake.rain.marks", {"count": marked}))
    coded = int(counts[[at for at, one in enumerate(told) if one.kind == "missing" and texts[at] not in MISSING]].sum())
    if coded:
        notes.append(Note("intake.rain.codes", {"count": coded}))
    found = {kind: pd.Series(kinds == kind, index=cells.index) for kind in ("trace", "missing", "dry", "unreadable")}
    units = np.array([one.unit for one in told], dtype=object)[codes]
    decimals = _usual_decimals(told, counts)
    return Figures(
        pd.Series(value, index=cells.index), **found, units=tuple(units), decimals=decimals, notes=tuple(notes)
    )


def figure_of(text: str, *, decimal_comma: bool) -> Figure:
    """What one cell (NFKC, lower case) says."""
    if text in TRACES:
        return Figure("trace", 0.0)
    if text in MISSING:
        return Figure("missing")
    if text in DRY_WORDS:
        return Figure("dry")
    found = _FIGURE.match(text.replace(" ", "")) if len(text) <= 60 else None
    if found is None:
        return Figure("unreadable")
    figure = found[2]
    if "," in figure:
        if decimal_comma and figure.count(",") == 1:
            figure = figure.replace(".", "").replace(",", ".")
        elif not decimal_comma and _GROUPED.match(figure):
            figure = figure.replace(",", "")
        else:
            return Figure("unreadable")
    value = float(f"{found[1]}{figure}{found[3] or ''}")
    if not np.isfinite(value):
        return Figure("unreadable")
    if value in _CODES or abs(value) > 1e15:
        return Figure("missing")
    decimals = len(figure.partition(".")[2].rstrip("0")) if not found[3] else 3
    return _with_rest(found[4] or "", value, decimals)


def _without_nines(told: list[Figure], texts: list[str], counts: np.ndarray, answers: Answers) -> list[Figure]:
    """The cells with a number of nines (99.9, 999) that keeps coming back as missing, where a person says so."""
    often = [(int(counts[at]), one.value) for at, one in enumerate(told) if one.kind == "number"]
    for at, (text, one) in enumerate(zip(texts, told, strict=True)):
        if one.kind != "number" or not _NINES.match(text) or text.count("9") < 2 or counts[at] < _FEWEST_NINES:
            continue
        rivals = max((count for count, value in often if value > one.value / 2 and value != one.value), default=0)
        if counts[at] <= 2 * rivals:
            continue
        choices = (Choice("missing", "intake.rain.nines_missing"), Choice("rain", "intake.rain.nines_rain"))
        said = answers.choose(Doubt("rain.codes", choices, {"value": text, "count": int(counts[at])}))
        if said is None:
            answers.ask()
        if said == "missing":
            told = [*told[:at], Figure("missing"), *told[at + 1 :]]
    return told


def _with_rest(rest: str, value: float, decimals: int) -> Figure:
    if not rest:
        return Figure("number", value, decimals=decimals)
    if set(rest) <= _MARKS:
        return Figure("number", value, decimals=decimals, marked=True)
    unit = depth_of(rest)
    return Figure("unreadable") if unit is None else Figure("number", value, unit, decimals)


def _usual_decimals(told: list[Figure], counts: np.ndarray) -> int:
    """The decimals that nearly all numbers other than 0 keep to."""
    used = [
        (one.decimals, int(count))
        for one, count in zip(told, counts, strict=True)
        if one.kind == "number" and one.value
    ]
    total, seen = sum(count for _, count in used), 0
    for decimals, count in sorted(used):
        seen += count
        if seen >= 0.98 * total:
            return decimals
    return 0


def _comma(texts: list[str], counts: np.ndarray, answers: Answers, *, delimiter: str | None) -> tuple[bool, list[Note]]:
    """Whether a comma in the column is a decimal sign, and what to say of it."""
    with_comma = [(text, int(count)) for text, count in zip(texts, counts, strict=True) if "," in text]
    if not with_comma:
        return False, []
    dotted = sum(int(count) for text, count in zip(texts, counts, strict=True) if "." in text and "," not in text)
    total = sum(count for _, count in with_comma)
    decimal = sum(count for text, count in with_comma if not _GROUPED.match(text) or text.startswith("0"))
    grouped = sum(count for text, count in with_comma if text.count(",") > 1 or "." in text[text.rfind(",") :])
    if dotted > total or grouped > decimal:
        found: str | None = "thousands"
    elif decimal or delimiter == ";":
        found = "decimal"
    else:
        found = None
    choices = (Choice("decimal", "intake.rain.comma_decimal"), Choice("thousands", "intake.rain.comma_thousands"))
    said = answers.choose(Doubt("rain.comma", choices, {"value": with_comma[0][0]}), found)
    if said is None:
        answers.ask()
    key = "intake.rain.decimal_comma" if said == "decimal" else "intake.rain.grouped"
    return said == "decimal", [Note(key, {"value": with_comma[0][0], "count": total})]
