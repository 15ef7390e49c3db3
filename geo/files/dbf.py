"""The attribute table of a shapefile, looked at byte by byte before GDAL turns it into values.

GDAL reads a short, cut or garbled .dbf without a word; this finds out first. Layout: dBASE III, header of 32 bytes,
32 per field, records of fixed length that begin with a deletion mark.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from words.errors import AtlasError

_NUMBER_SIGNS = b"0123456789+-.eEdD \0"
_NUMBER_BYTES = np.zeros(256, bool)
_NUMBER_BYTES[list(_NUMBER_SIGNS)] = True
_LANGUAGE_BYTES = {0x4D: "gb18030", 0x4F: "big5", 0x7A: "gb18030", 0x78: "big5"}


@dataclass(frozen=True)
class Column:
    """One field: its name as bytes, dBASE type letter, place in the record and width in bytes."""

    name: bytes
    kind: str
    start: int
    width: int


@dataclass(frozen=True)
class Table:
    """An opened .dbf: `records` is a (rows, record length) byte array, deletion mark first; `language` its hint."""

    columns: tuple[Column, ...]
    records: np.ndarray
    language: str | None

    @property
    def live(self) -> np.ndarray:
        """Boolean per record, false where the record is marked deleted."""
        return self.records[:, 0] != 0x2A

    def cells(self, column: Column) -> np.ndarray:
        """The raw values of a column, live records only, as a byte-string array without trailing NULs."""
        block = np.ascontiguousarray(self.records[self.live, column.start : column.start + column.width])
        return block.view(f"S{column.width}")[:, 0]

    @property
    def is_utf8(self) -> bool:
        """Whether every byte of every record is well-formed UTF-8, no character cut by a field's width."""
        try:
            codecs.utf_8_decode(self.records.data, "strict", True)
        except UnicodeDecodeError:
            return False
        return True

    def texts(self, *, at_most: int = 1000) -> list[bytes]:
        """Distinct texts that are not plain ASCII, without padding; at most so many rows per column are looked at."""
        found: set[bytes] = set()
        for column in self.columns:
            if column.kind == "C":
                block = self.records[:, column.start : column.start + column.width]
                odd = np.flatnonzero(self.live & (block > 127).any(axis=1))
                chosen = block[odd[:: len(odd) // at_most + 1]]
                found.update(row.tobytes().rstrip(b" \0") for row in chosen)
        return sorted(found)


def read(path: Path) -> Table:
    """Open a .dbf and check that its header, length and deletion marks agree.

    Raises AtlasError `dbf_broken` (bad header), `dbf_cut` (fewer bytes than records claimed) or `dbf_row`.
    """
    content = np.fromfile(path, np.uint8)
    if len(content) < 33:
        raise AtlasError("geo.errors.dbf_broken", file=path.name)
    count, header, length = struct.unpack("<IHH", content[4:12].tobytes())
    columns = _columns(path, content, header)
    if length != 1 + sum(column.width for column in columns):
        raise AtlasError("geo.errors.dbf_broken", file=path.name)
    stored = (len(content) - header) // length
    if stored < count or len(content) > header + count * length + 1:
        raise AtlasError("geo.errors.dbf_cut", file=path.name, claimed=count, stored=stored)
    records = content[header : header + count * length].reshape(count, length)
    odd = np.flatnonzero((records[:, 0] != 0x20) & (records[:, 0] != 0x2A))
    if len(odd):
        raise AtlasError("geo.errors.dbf_row", file=path.name, row=int(odd[0]) + 1)
    return Table(columns, records, _LANGUAGE_BYTES.get(int(content[29])))


def unreadable_numbers(table: Table) -> dict[int, np.ndarray]:
    """Live row numbers (from 0) whose number or date cell holds other signs, by position of the column.

    Blank cells and the asterisks of an overflowed or missing value are not counted: they read as missing.
    """
    found: dict[int, np.ndarray] = {}
    live = table.records[table.live]
    for place, column in enumerate(table.columns):
        if column.kind not in "NFD":
            continue
        block = live[:, column.start : column.start + column.width]
        if not block.tobytes().translate(None, _NUMBER_SIGNS):
            continue
        bad = ~_NUMBER_BYTES[block].all(axis=1) & ~(block == 0x2A).any(axis=1)
        if bad.any():
            found[place] = np.flatnonzero(bad)
    return found


def _columns(path: Path, content: np.ndarray, header: int) -> tuple[Column, ...]:
    columns: list[Column] = []
    place, start = 32, 1
    while place + 32 <= min(header, len(content)) and content[place] != 0x0D:
        raw = content[place : place + 32].tobytes()
        kind, width = chr(raw[11]), raw[16]
        if kind not in "CNFDLMBGI@O+T" or width == 0:
            raise AtlasError("geo.errors.dbf_broken", file=path.name)
        columns.append(Column(raw[:11].split(b"\0")[0], kind, start, width))
        place, start = place + 32, start + width
    if place >= len(content) or content[place] != 0x0D or not columns:
        raise AtlasError("geo.errors.dbf_broken", file=path.name)
    return tuple(columns)
