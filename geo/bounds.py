"""What a stranger's file may hold at most, looked at before anything builds it: depth, places, length of lines."""

from __future__ import annotations

import re

import numpy as np

from words.errors import AtlasError

MOST_DEPTH = 32  # a collection of features of collections of polygons is 10 deep
MOST_PLACES = 1_000_000
MOST_LINE = 100_000
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.S)  # an open one runs to the end
_KEPT = bytes(sign for sign in range(256) if sign not in b"[](){}")
_STEP = np.zeros(256, np.int32)
_STEP[list(b"[({")], _STEP[list(b"])}")] = 1, -1
_CHUNK = 1 << 24


def refuse_deep(content: bytes | str, file: str) -> None:
    """AtlasError `geo.errors.too_deep` for brackets nested beyond `MOST_DEPTH`, those inside quotes not counted."""
    raw = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    brackets = _TEXT.sub(b"", raw).translate(None, _KEPT)
    level = 0
    for start in range(0, len(brackets), _CHUNK):
        levels = level + np.cumsum(_STEP[np.frombuffer(brackets, np.uint8, min(_CHUNK, len(brackets) - start), start)])
        if levels.max(initial=0) > MOST_DEPTH:
            raise AtlasError("geo.errors.too_deep", file=file, most=MOST_DEPTH)
        level = int(levels[-1])


def refuse_many(count: int, file: str) -> None:
    """AtlasError `geo.errors.too_many_places` for more than `MOST_PLACES`."""
    if count > MOST_PLACES:
        raise AtlasError("geo.errors.too_many_places", file=file, most=MOST_PLACES)


def refuse_long_lines(text: str, file: str) -> None:
    """AtlasError `geo.errors.line_too_long` naming the first line of more than `MOST_LINE` signs."""
    if len(text) <= MOST_LINE:
        return
    for row, line in enumerate(text.splitlines(), 1):
        if len(line) > MOST_LINE:
            raise AtlasError("geo.errors.line_too_long", file=file, row=row, most=MOST_LINE)
