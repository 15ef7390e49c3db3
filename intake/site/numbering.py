"""Numbered corners: which rows follow one another round a ring, where the next ring begins, and whether they are any.

Survey tables number the corners of a boundary (J1 …, 1 … n, 界址点1), repeat the first as the last, begin anew at the
second parcel or count on. A label is a corner's only where the numbers run; otherwise it is the name of a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[float, float]
METRES_FROM = 400.0  # numbers below are degrees
_LABEL = re.compile(r"\A(?P<word>[^\d]{0,12}?)[-_ .#]{0,3}(?P<number>\d{1,6})(?P<tail>[^\d]{0,4})\Z")
CORNER_WORDS = {"", "j", "p", "pt", "bp", "g", "d", "k", "zj", "jzd", "no", "n", "point", "corner", "点", "界址点",
                "界址", "拐点", "角点", "坐标点", "界桩",
                "控制点", "边界点", "顶点", "第", "点号", "编号", "序号"}  # fmt: skip


@dataclass(frozen=True)
class Corner:
    """A place with the row it stands in (from 1) and its label, empty for none."""

    row: int
    label: str
    place: Pair


def number_of(label: str) -> tuple[str, int] | None:
    """The word and the number of a corner's label, none where it is no such label."""
    found = _LABEL.match(unicodedata.normalize("NFKC", label).strip())
    return None if found is None else (found["word"].strip("-_ .#").lower(), int(found["number"]))


def rings_of(corners: Sequence[Corner]) -> list[list[Corner]]:
    """The corners parted where a ring is closed by its first place or the numbers begin anew, closing rows left out."""
    rings: list[list[Corner]] = [[]]
    for corner in corners:
        ring = rings[-1]
        if len(ring) >= 3 and _same(corner.place, ring[0].place):
            rings.append([])
            continue
        if ring and _begins_anew(ring, corner):
            rings.append([])
        rings[-1].append(corner)
    return [ring for ring in rings if ring]


def _begins_anew(ring: Sequence[Corner], corner: Corner) -> bool:
    here, last = number_of(corner.label), number_of(ring[-1].label)
    first = number_of(ring[0].label)
    if here is None or last is None or first is None:
        return False
    return here[1] <= first[1] or (here[0] != last[0] and here[1] == 1)


def runs(rings: Sequence[Sequence[Corner]]) -> bool:
    """Whether the labels of every ring are numbers that go up by one: corners, and of three or more."""
    return bool(rings) and all(
        len(ring) >= 3
        and (numbers := _numbers(ring)) is not None
        and numbers == list(range(numbers[0], numbers[0] + len(ring)))
        for ring in rings
    )


def skipped(rings: Sequence[Sequence[Corner]]) -> list[int]:
    """The numbers missing between the corners of a ring."""
    gaps: list[int] = []
    for ring in rings:
        numbers = _numbers(ring) or []
        known = set(numbers)
        if numbers and numbers == sorted(known) and numbers[-1] - numbers[0] < 10 * len(numbers):
            gaps += [number for number in range(numbers[0], numbers[-1]) if number not in known]
    return gaps


def shuffled(corners: Sequence[Corner]) -> bool:
    """Whether the labels number every corner once, but not in the order of the rows (1, 10, 11, 2 …)."""
    numbers = _numbers(corners)
    if numbers is None or len(numbers) < 3 or numbers == sorted(numbers):
        return False
    return sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))


def in_order(corners: Sequence[Corner]) -> list[Corner]:
    """The corners by their numbers."""
    return sorted(corners, key=lambda corner: (number_of(corner.label) or ("", 0))[1])


def corner_words(corners: Sequence[Corner]) -> bool:
    """Whether the words before the numbers are those of corners, not of wells or pumps."""
    found = [number_of(corner.label) for corner in corners]
    return all(one is not None and _is_corner_word(one[0]) for one in found)


def _is_corner_word(word: str) -> bool:
    """Whether a word is one of corners, or two of them (界址点J)."""
    return any(word[:at] in CORNER_WORDS and word[at:].strip("-_ .#") in CORNER_WORDS for at in range(len(word) + 1))


def _same(one: Pair, other: Pair) -> bool:
    """Whether two places are one: to a centimetre, in degrees to a hundred-millionth."""
    near = 0.01 if max(abs(one[0]), abs(one[1])) > METRES_FROM else 1e-7
    return abs(one[0] - other[0]) <= near and abs(one[1] - other[1]) <= near


def _numbers(corners: Sequence[Corner]) -> list[int] | None:
    found = [number_of(corner.label) for corner in corners]
    return None if any(one is None for one in found) else [one[1] for one in found if one is not None]
