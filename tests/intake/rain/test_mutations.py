"""Good rain files with random damage: no fault of ours, and never another mean year without a word."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from places import DATA

from geo.doubt import Answers
from intake.rain.reading import read_daily_rain
from layers.reading.rain.plausible import Bounds
from layers.years import yearly_mean
from words.errors import AtlasError

BOUNDS = Bounds(700, 2000, 350, "district")
WRITTEN = {
    "iso": ("日期,降水量(mm)", ",", lambda day, mm: f"{day:%Y-%m-%d},{mm:.1f}"),
    "semicolon": (
        "日期;降水量(mm)",
        ";",
        lambda day, mm: f"{day:%d.%m.%Y};{mm:.1f}".replace(".", ",").replace(",", ".", 2),
    ),
    "tenths": (
        "日期,降水量(0.1mm)",
        ",",
        lambda day, mm: f"{day.year % 100:02d}-{day.month}-{day.day},{round(mm * 10)}",
    ),
}


def _lines(form: str) -> tuple[list[str], pd.Series]:
    table = pd.read_csv(DATA / "tables" / "daily_rain.csv", encoding="utf-8-sig", parse_dates=["date"])
    head, _, write = WRITTEN[form]
    return [head, *(write(day, mm) for day, mm in zip(table["date"], table["rain_mm"], strict=True))], table.set_index(
        "date"
    )["rain_mm"]


def _damaged(lines: list[str], chance: random.Random) -> bytes:
    """The file with one to three slips: lines lost, doubled, moved or cut, signs put in or changed, a byte."""
    lines = list(lines)
    for _ in range(chance.randint(1, 3)):
        at, kind = chance.randrange(len(lines)), chance.randrange(9)
        line = lines[at]
        if kind == 0:
            del lines[at : at + chance.choice((1, 1, 5, 400))]
        elif kind == 1:
            lines[at:at] = lines[at : at + chance.choice((1, 30))]
        elif kind == 2:
            lines[at] = line[: chance.randrange(len(line) + 1)]
        elif kind == 3:
            lines = lines[:at] if chance.random() < 0.3 else lines
        elif kind in (4, 5):
            place = chance.randrange(len(line) + 1)
            sign = chance.choice(";,./- 年月x\"'\t９−＋T*\0()%")
            lines[at] = line[:place] + sign + line[place + (kind == 5) :]
        elif kind == 6:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], line
        elif kind == 7:
            lines[at] = chance.choice(("", "合计,123", "备注:无", lines[0], ",,,,", "nan,nan"))
        else:
            lines[0] = chance.choice(
                ("a,b", "日期,气温", lines[0].upper(), lines[0] + "备注", lines[0].replace("mm", "cm"))
            )
        lines = lines or [""]
    content = "\n".join(lines).encode(chance.choice(("utf-8", "gb18030", "utf-8-sig")))
    if chance.random() < 0.2:
        at = chance.randrange(len(content) or 1)
        content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
    return content


def _silent(path: Path, truth: pd.Series) -> bool:
    """Whether a reader broke, or read another mean year with nothing left out, flagged or asked.

    A file cut off behind a whole row is a good shorter one: it is held against the same days of the truth.
    """
    try:
        found = read_daily_rain(path, Answers(), bounds=BOUNDS)
    except AtlasError as refused:
        return refused.key.startswith("geo.errors.fault")
    got = yearly_mean(pd.Series(found.frame["rain_mm"].to_numpy(), pd.DatetimeIndex(found.frame["date"])))
    mean = yearly_mean(truth[str(found.first) : str(found.last)])
    return not found.problems and not found.said.left_out and abs(got / mean - 1) > 0.005


def _tried(form: str, folder: Path, times: int) -> list[int]:
    lines, truth = _lines(form)
    path = folder / "rain.csv"
    wrong = []
    for seed in range(times):
        path.write_bytes(_damaged(lines, random.Random(f"{form} {seed}")))
        if _silent(path, truth):
            wrong.append(seed)
    return wrong


@pytest.mark.parametrize("form", WRITTEN)
def test_a_few_slips_never_change_the_mean_in_silence(form, tmp_path):
    assert _tried(form, tmp_path, 6) == []


@pytest.mark.long
@pytest.mark.parametrize("form", WRITTEN)
def test_no_slip_changes_the_mean_in_silence(form, tmp_path):
    assert _tried(form, tmp_path, 250) == []
