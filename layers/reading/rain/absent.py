"""Days and readings a file does not tell: missing, or dry because the file tells of rain alone."""

from __future__ import annotations

import pandas as pd

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note

_NO_ZEROS = 0.02  # of what is told
_FEW_ZEROS = 0.1
_MANY_ABSENT = 0.2  # of the span


def absent_are_dry(answers: Answers, *, told: int, zeros: int, absent: int, worded: int) -> bool:
    """Whether what is not told (`absent`), or told by a word such as 无 (`worded`), was dry.

    A file that writes its dry days as 0 leaves out only missing ones; one that writes none is asked about.
    """
    share = zeros / told if told else 0.0
    open_ = absent + worded > 0 and share < _NO_ZEROS
    open_ = open_ or (absent + worded > _MANY_ABSENT * (told + absent) and share < _FEW_ZEROS)
    choices = (Choice("dry", "intake.rain.absent_dry"), Choice("missing", "intake.rain.absent_missing"))
    facts = {"told": told, "absent": absent + worded}
    said = answers.choose(Doubt("rain.missing_days", choices, facts), None if open_ else "missing")
    if said is None:
        answers.ask()
    return said == "dry"


def filled(daily: pd.Series, *, dry: bool, faulty: pd.Index) -> tuple[pd.Series, tuple[Note, ...]]:
    """Every day from first to last; days not told are 0 where `dry`, but never those with a fault.

    A file of wet days alone is carried to the ends of its first and last year where these are within a month.
    """
    first, last = daily.index.min(), daily.index.max()
    if not dry:
        every = pd.date_range(first, last, freq="D")
        return daily.reindex(every), ()
    start, end = pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year, 12, 31)
    first = start if (first - start).days <= 31 else first
    last = end if (end - last).days <= 31 else last
    full = daily.reindex(pd.date_range(first, last, freq="D"))
    known = full.where(full.notna() | full.index.isin(faulty), 0.0)
    return known, (Note("intake.rain.dry_filled", {"count": int((full.isna() & known.notna()).sum())}),)
