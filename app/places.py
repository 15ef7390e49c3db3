"""Which township a text means: a code or a name, of today or of one that was merged."""

from __future__ import annotations

from dataclasses import dataclass

from layers.district import District
from layers.divisions import names_of_all, successors
from words.errors import AtlasError


@dataclass(frozen=True)
class Place:
    """A township of today by code; `merged` is the name of the former one that was asked for, if it was."""

    code: str
    merged: str = ""


def place(district: District, given: str) -> Place:
    """The township meant; AtlasError `errors.unknown_township` when there is none."""
    code = district.code_of(given)
    if code in district.townships.index:
        return Place(code)
    today, names, plain = successors(district), names_of_all(district), "".join(given.split())
    gone = [former for former in today if plain in (former, "".join(names[former].split()))]
    if len(gone) != 1 or today[gone[0]] not in district.townships.index:
        raise AtlasError("errors.unknown_township", code=given, district=district.settings.name)
    return Place(today[gone[0]], merged=names[gone[0]])
