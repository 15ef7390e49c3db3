"""Written dates taken apart: the numbers in them and a clock time; which number is the day is judged later."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["three", "six", "serial", "month", "year", "yearday", "monthday", "none"]

_NUMBERS = re.compile(r"\d+")
_WEEKDAYS = re.compile(
    r"\(?(?:星期|周)[一二三四五六日天]\)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satu?r?|sun)(?:day)?,?(?![a-z])"
)
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"^(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::(\d{1,2})(?:\.\d{0,9})?)?(z|\+\d{2}:?\d{2})?$")
_SEPARATED = re.compile(r"^\d{1,4}([-/.年,  ])\d{1,2}([-/.月,  ])\d{1,4}[日号.]?$")
_SERIAL = re.compile(r"^(\d{5})(\.\d{0,12})?$")
_LONGEST = 40


@dataclass(frozen=True)
class Written:
    """A date as written: its numbers in their order, how long the first and last are, and minutes after midnight.

    `month_at` is the place of a month written as a word. `serial` days count from Excel's origin.
    """

    kind: Kind
    numbers: tuple[int, ...] = ()
    first: int = 0
    last: int = 0
    month_at: int | None = None
    minutes: int | None = None


NOTHING = Written("none")


def looks_dated(cell: str) -> bool:
    """Whether a cell holds a full date with separators, or eight digits that are one."""
    text = cell.strip()[:_LONGEST]
    if len(text) == 8 and text.isdigit():
        return 1800 <= int(text[:4]) <= 2200 and 1 <= int(text[4:6]) <= 12 and 1 <= int(text[6:]) <= 31
    found = _SEPARATED.match(text.split("T")[0].split(" ")[0])
    return found is not None and text.count(".") != 1


def take_apart(cell: str) -> Written:
    """What a written date says; `none` for what is no date. A day of many readings is taken apart once."""
    day, gap, clock = cell.partition(" ")
    if gap and len(clock) <= 8 and ":" in clock and clock.isascii() and ":" not in day:
        known, (rest, minutes) = _whole(day), _clock_alone(clock)
        if not rest and minutes is not None and minutes >= 0 and known.kind == "three" and known.minutes is None:
            return Written(known.kind, known.numbers, known.first, known.last, known.month_at, minutes)
    return _whole(cell)


@lru_cache(maxsize=2048)
def _clock_alone(clock: str) -> tuple[str, int | None]:
    return _clock(clock.strip())


@lru_cache(maxsize=2048)
def _whole(cell: str) -> Written:
    text = unicodedata.normalize("NFKC", cell).strip().lower().strip("'\"")
    if not text or len(text) > _LONGEST:
        return NOTHING
    text, minutes = _clock(_WEEKDAYS.sub("", text).strip())
    if minutes is not None and minutes < 0:
        return NOTHING
    if serial := _SERIAL.match(text):
        part = round(float(f"0{serial[2]}") * 1440) if serial[2] and len(serial[2]) > 1 else minutes
        return Written("serial", (int(serial[1]),), minutes=part)
    named = _MONTH.search(text)
    if named:
        text = f"{text[: named.start()]} {_MONTHS.index(named[1]) + 1} {text[named.end() :]}"
    if any(sign.isalpha() and sign not in "年月日号" for sign in text):
        return NOTHING
    return _numbers(text, minutes, named)


def _clock(text: str) -> tuple[str, int | None]:
    """The text without its time of day, and that time in minutes; below zero for one that cannot be."""
    later = 720 if text.endswith(("pm", "下午")) or "下午" in text else 0
    for word in ("am", "pm", "上午", "下午"):
        text = text.replace(word, " ") if word in text else text
    text = text.strip()
    signs = [place for place in (text.find(sign) for sign in ":时点") if place > 0]
    if signs:
        start = min(signs)
        while start > 0 and text[start - 1].isdigit() and min(signs) - start < 2:
            start -= 1
        found = _CLOCK.match(text[start:].replace(" ", ""))
        if found is None:
            return text, -1
        hour, minute = int(found[1]), int(found[2] or 0)
        hour = hour % 12 if later else hour
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            return text, -1
        return text[:start].strip(" t,"), hour * 60 + minute + later
    pieces = text.split()
    if len(pieces) == 2 and pieces[1].isdigit() and len(pieces[1]) <= 2 and _SEPARATED.match(pieces[0]):
        return pieces[0], int(pieces[1]) * 60 if int(pieces[1]) <= 24 else -1
    return text, None


def _numbers(text: str, minutes: int | None, named: re.Match[str] | None) -> Written:
    told = _NUMBERS.findall(text)
    values = tuple(int(one) for one in told)
    signs = sum(1 for sign in text if not sign.isdigit())
    if text.startswith("-") or signs > 12:
        return NOTHING
    if len(told) == 1:
        return _run_together(told[0], minutes, whole=text.rstrip("年") == told[0])
    if max(map(len, told), default=0) > 4:
        return NOTHING
    if len(told) == 2 and len(told[0]) == 4 and len(told[1]) == 3:
        return Written("yearday", values, 4, 3, minutes=minutes)
    if len(told) == 2:
        if len(told[0]) == 4 or len(told[1]) == 4:
            return Written("month", values, len(told[0]), len(told[1]), minutes=minutes)
        return Written("monthday", values, minutes=minutes)
    if len(told) != 3:
        return NOTHING
    at = None
    if named:
        at = 0 if text.strip().startswith(told[0]) and named.start() == 0 else 1
    return Written("three", values, len(told[0]), len(told[2]), month_at=at, minutes=minutes)


def _run_together(told: str, minutes: int | None, *, whole: bool) -> Written:
    """A date of digits alone: 8 with a year, with hours and minutes behind 10, 12 or 14; 6 of two each; a year."""
    if not whole:
        return NOTHING
    size = len(told)
    if size in (10, 12, 14) and minutes is None:
        hour, minute = int(told[8:10]), int(told[10:12] or 0)
        if hour > 24 or minute > 59:
            return NOTHING
        told, minutes, size = told[:8], hour * 60 + minute, 8
    if size == 8:
        if 1800 <= int(told[:4]) <= 2200:
            return Written("three", (int(told[:4]), int(told[4:6]), int(told[6:])), 4, 2, minutes=minutes)
        return Written("three", (int(told[:2]), int(told[2:4]), int(told[4:])), 2, 4, minutes=minutes)
    if size == 7:
        return Written("yearday", (int(told[:4]), int(told[4:])), 4, 3, minutes=minutes)
    if size == 6:
        return Written("six", (int(told[:2]), int(told[2:4]), int(told[4:])), 2, 2, minutes=minutes)
    return Written("year", (int(told),), 4, 4, minutes=minutes) if size == 4 else NOTHING
