"""The townships of a year and those of today: what was counted for a unit that has gone belongs to its successor, once.

A year is counted by the division in force on its last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from layers.district import District

_TEXTS, _DAYS = ("code", "name", "successor"), ("valid_from", "valid_to")


@dataclass(frozen=True)
class Division:
    """How many townships a year had, and by code of today the names then of those whose units were others."""

    year: int
    units: int
    parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Counted:
    """The rows of a year that count for a township of today, and by name the units they stand for.

    `added` are units that have gone, `missing` those of that year (or that went with an added one) without a row;
    `twice` those left out: of the same people and land other rows tell as they were divided that year.
    """

    rows: pd.Index
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def successors(district: District) -> dict[str, str]:
    """The township of today that each unit which has gone became part of, through all changes."""
    frame = _units(district)
    ended = frame[frame["successor"].notna()]
    direct = dict(zip(ended["code"], ended["successor"], strict=True))
    found = {}
    for code in direct:
        last = code
        for _ in direct:  # a successor may have been merged in its turn
            last = direct.get(last, last)
        found[code] = last
    return found


def names_of_all(district: District) -> dict[str, str]:
    """The names of all units by code, those that have gone among them."""
    frame = _units(district)
    return dict(zip(frame["code"].astype(str), frame["name"].astype(str), strict=True))


def _units(district: District) -> pd.DataFrame:
    """All units with code, name, successor and the days they held; a column that is not there is empty."""
    frame = pd.DataFrame(district.frames["townships"]).reindex(columns=[*_TEXTS, *_DAYS])
    return frame.assign(**{day: pd.to_datetime(frame[day]) for day in _DAYS})


def _in_force(district: District, year: int) -> set[str]:
    """The units of the last day of a year."""
    frame, day = _units(district), pd.Timestamp(year, 12, 31)
    begun = frame["valid_from"].isna() | (frame["valid_from"] <= day)
    return set(frame.loc[begun & (frame["valid_to"].isna() | (frame["valid_to"] > day)), "code"])


def division_of(district: District, year: int) -> Division | None:
    """The division of a year; none where it is that of today."""
    kept = f"division {year}"
    if kept not in district.derived:
        district.derived[kept] = _division(district, year)
    return cast("Division | None", district.derived[kept])


def _division(district: District, year: int) -> Division | None:
    then = _in_force(district, year)
    if then == set(district.townships.index):
        return None
    units: dict[str, list[str]] = {}
    today, names = successors(district), names_of_all(district)
    for code in sorted(then):
        units.setdefault(today.get(code, code), []).append(code)
    parts = {code: tuple(names[one] for one in made) for code, made in units.items() if made != [code]}
    return Division(year, len(then), parts)


def counted(district: District, rows: pd.DataFrame, *, year: int) -> dict[str, Counted]:
    """Which rows of a table's year count for each township of today that has any; rows without a township for none.

    Units that had begun by then count; where none of them has a row, those that began first after it.
    """
    frame, today, names = _units(district), successors(district), names_of_all(district)
    known = frame[frame["valid_from"].notna()]
    begun = dict(zip(known["code"], known["valid_from"], strict=True))
    then = _in_force(district, year)
    codes = rows["township"].astype(object)
    owners = codes.map(lambda code: today.get(code, code))
    found = {}
    for owner, group in codes.groupby(owners):
        there = set(group)
        latest = max(pd.Timestamp(year, 12, 31), min(begun.get(code, pd.Timestamp.min) for code in there))
        kept = {code for code in there if begun.get(code, pd.Timestamp.min) <= latest}
        wanted = {code for code in then if today.get(code, code) == owner} if kept & then else _gone_with(frame, kept)
        told = (kept - {owner}, wanted - kept, there - kept)
        added, missing, twice = (tuple(names.get(code, code) for code in sorted(some)) for some in told)
        found[str(owner)] = Counted(group.index[group.isin(kept)], added, missing, twice)
    return found


def _gone_with(frame: pd.DataFrame, kept: set[str]) -> set[str]:
    """The units that went with those on the same day into the same successor."""
    ends = frame[frame["valid_to"].notna()].set_index("code")
    pairs = {(ends.at[code, "successor"], ends.at[code, "valid_to"]) for code in kept if code in ends.index}
    told = zip(ends.index, ends["successor"], ends["valid_to"], strict=True) if pairs else ()
    return {str(code) for code, successor, end in told if (successor, end) in pairs}
