"""A DXF drawing looked at tag by tag before a library builds it: limits, encoding, numbers, and small mending.

The tags are pairs of lines, a code and a value. Files written by hand or by small programs leave out the subclass marks
that the library asks for; they are put in here. Nothing is built, so nothing a file says can make this slow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from geo.bounds import MOST_LINE, refuse_long_lines
from geo.files.encoding import choose, codec_named
from words.errors import AtlasError

MOST_TAGS = 2_000_000
MOST_ENTITIES = 100_000
FARTHEST = 1e12  # no coordinate, in any unit, comes near it
_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+(?:999[ \t\r]*+\n[^\n]*+\n\s*+)*+0[ \t\r]*+\n\s*+SECTION", re.I)
_BINARY = b"AutoCAD Binary DXF"
_HEADER = {name: re.compile(rb"\$" + name + rb"[ \t]*+\r?+\n\s*+[13]\s*+([A-Za-z0-9_-]{1,20})")
           for name in (b"ACADVER", b"DWGCODEPAGE")}  # fmt: skip
_MARKS = {
    "LWPOLYLINE": "AcDbPolyline",
    "ELLIPSE": "AcDbEllipse",
    "SPLINE": "AcDbSpline",
    "HATCH": "AcDbHatch",
    "INSERT": "AcDbBlockReference",
}
_COMMON = {5, 6, 8, 48, 60, 62, 67, 102, 330, 360, 370, 410, 420}  # what stands before the subclass of an entity
_UTF8_FROM = "AC1021"

Tag = tuple[int, str]


def is_dxf(path: Path) -> bool:
    """Whether the bytes begin like a DXF drawing, text or binary."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    return head.startswith(_BINARY) or _START.match(head) is not None


def looked_at(path: Path) -> str:
    """The drawing as the text of sound tags; AtlasError when binary, too large, cut or with absurd numbers."""
    content = path.read_bytes()
    if content.startswith(_BINARY):
        raise AtlasError("geo.errors.dxf_binary", file=path.name)
    if content.count(b"\n") > 2 * MOST_TAGS:
        raise AtlasError("geo.errors.too_many_places", file=path.name, most=MOST_TAGS)
    text = content.decode(_codec(content), errors="replace").lstrip("\ufeff")
    if len(text) > MOST_LINE:
        refuse_long_lines(text, path.name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_mended(_tags(lines, path.name), path.name)) + "\n"


def _codec(content: bytes) -> str:
    """UTF-8 where the bytes are, else what the code page and the characters say; GB18030 where nothing does."""
    try:
        content.decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError:
        pass
    said = {name: found[1].decode("ascii") for name, sign in _HEADER.items() if (found := sign.search(content))}
    page = said.get(b"DWGCODEPAGE", "").upper().removeprefix("ANSI_")
    declared = None if said.get(b"ACADVER", "") >= _UTF8_FROM else codec_named(page)
    return choose([line for line in content.splitlines() if not line.isascii()], declared=declared).codec


def _tags(lines: list[str], file: str) -> Iterator[Tag]:
    """Every tag; a number that is none or lies beyond everything, in an entity or a block, is refused with its line."""
    section, begins, entities = "", False, 0
    for at in range(0, len(lines) - 1, 2):
        value = lines[at + 1].strip()
        try:
            code = int(lines[at])
            ground = section in ("ENTITIES", "BLOCKS")
            if ground and (10 <= code <= 59 or 210 <= code <= 239) and not abs(float(value)) < FARTHEST:
                raise ValueError
        except ValueError:
            raise AtlasError("geo.errors.dxf_broken", file=file, row=at + 1) from None
        if begins and code == 2:
            section = value
        begins = code == 0 and value == "SECTION"
        if code == 0:
            section = "" if value == "ENDSEC" else section
            entities += ground and value != "VERTEX"
            if entities > MOST_ENTITIES:
                raise AtlasError("geo.errors.dxf_many", file=file, most=MOST_ENTITIES)
        yield code, value


def _mended(tags: Iterator[Tag], file: str) -> Iterator[str]:
    """The lines of the tags, subclass marks put in where an entity that needs them has none; it always ends."""
    held: list[Tag] = []
    last = ""
    for code, value in tags:
        if code == 0:
            yield from _lines(held)
            held, last = [], value
        held.append((code, value))
    yield from _lines(held)
    if last != "EOF":
        raise AtlasError("geo.errors.dxf_cut", file=file)


def _lines(held: list[Tag]) -> Iterator[str]:
    mark = _MARKS.get(held[0][1]) if held and held[0][0] == 0 else None
    if mark is not None and all(code != 100 for code, _ in held):
        common = [tag for tag in held[1:] if tag[0] in _COMMON]
        rest = [tag for tag in held[1:] if tag[0] not in _COMMON]
        held = [*held, (100, "AcDbEntity"), *common, (100, mark), *rest]  # R12 is read from before the marks
    for code, value in held:
        yield str(code)
        yield value


def finite(values: tuple[float, ...]) -> bool:
    """Whether numbers are real and not beyond everything."""
    return all(math.isfinite(value) and abs(value) < FARTHEST for value in values)
