"""What stands between the cells of a text table, found by looking at its lines and not at the first alone."""

from __future__ import annotations

from collections import Counter

BLANKS = " "
_SIGNS = "\t;|,"  # a comma last: it may be the decimal sign of a file divided by another
_LINES = 200
_ALIKE = 0.8  # of the lines have as many of the sign as most have; titles and remarks have none


def delimiter_of(text: str, *, blanks: bool = False) -> str:
    """The sign that divides nearly all lines alike; else the one most lines have; `blanks` may divide too.

    A title of one cell above the table, or a remark below it, does not count.
    """
    lines = [line for line in text[:40_000].splitlines() if line.strip()][:_LINES]
    for sign in _SIGNS:
        if _alike([line.count(sign) for line in lines]):
            return sign
    first = lines[0] if lines else ""
    if blanks and not any(sign in first for sign in _SIGNS) and _alike([len(line.split()) - 1 for line in lines]):
        return BLANKS
    best = max(_SIGNS, key=lambda sign: sum(sign in line for line in lines))
    return best if any(best in line for line in lines) else ","


def _alike(counts: list[int]) -> bool:
    most, times = Counter(counts).most_common(1)[0] if counts else (0, 0)
    return most > 0 and times >= _ALIKE * len(counts)
