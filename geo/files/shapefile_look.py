"""Whether the parts of a shapefile agree with one another, checked before GDAL reads it.

The format has no checksum, and GDAL turns a cut or garbled record into an empty shape in silence. The header length,
the index (.shx), the record headers and the counts inside each record say the same thing several times: here they must.
Layout: ESRI Shapefile Technical Description, July 1998. Lengths and offsets in the file count 16-bit words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from words.errors import AtlasError

_POINT, _MULTIPOINT, _PARTED = {1, 11, 21}, {8, 18, 28}, {3, 5, 13, 15, 23, 25}
_POINT_BYTES = {1: (20,), 11: (28, 36), 21: (28,)}


@dataclass(frozen=True)
class Shapes:
    """What the .shp holds: type code, per record the byte place of its content, its length, and its own type."""

    kind: int
    content: np.ndarray
    places: np.ndarray
    lengths: np.ndarray
    kinds: np.ndarray

    def __len__(self) -> int:
        return len(self.places)

    def numbers(self, at: np.ndarray) -> np.ndarray:
        """Little-endian int32 at the given byte places."""
        return gathered(self.content, at, size=4).view("<i4")[:, 0]

    def boxes(self) -> np.ndarray:
        """Stored bounds (records, 4) as west, south, east, north; NaN for points and null shapes."""
        boxes = np.full((len(self), 4), np.nan)
        boxed = np.flatnonzero((self.kinds != 0) & ~np.isin(self.kinds, list(_POINT)))
        if len(boxed):
            boxes[boxed] = gathered(self.content, self.places[boxed] + 4, size=32).view("<f8")
        return boxes


def gathered(content: np.ndarray, at: np.ndarray, *, size: int) -> np.ndarray:
    """Rows of `size` bytes (a multiple of 4) that begin at the given places; whole words at once where aligned."""
    if (at % 4).any():
        return content[at[:, None] + np.arange(size)]
    words = content[: len(content) // 4 * 4].view("<i4")
    return words[(at // 4)[:, None] + np.arange(size // 4)].view(np.uint8)


def check(shp: Path, shx: Path | None) -> Shapes:
    """Verify a .shp against its own header, its records and its .shx, and return what it holds.

    Raises AtlasError: `shp_length` (header against size), `shx_disagrees`, `shp_record` (names the record).
    """
    content = _whole(shp)
    kind = int(content[32:36].view("<i4")[0])
    if kind not in _POINT | _MULTIPOINT | _PARTED | {0}:
        raise AtlasError("geo.errors.shp_type", file=shp.name, value=kind)
    offsets, lengths = walk(shp, content) if shx is None else _index(shx)
    heads = gathered(content, np.clip(offsets, 0, len(content) - 8), size=8).view(">i4").reshape(-1, 2)
    wrong = (
        (offsets < 100)
        | (offsets + 8 + lengths > len(content))
        | (heads[:, 0] != np.arange(1, len(offsets) + 1))
        | (heads[:, 1].astype(np.int64) * 2 != lengths)
        | (lengths < 4)
    )
    _refuse(shp, wrong, "geo.errors.shx_disagrees")
    if len(offsets) and int((lengths + 8).sum()) + 100 > len(content):
        raise AtlasError("geo.errors.shx_disagrees", file=shp.name, row=len(offsets))
    if 100 + int((lengths + 8).sum()) < len(content):
        _refuse_left_over(shp, content, offsets, lengths)
    places = offsets + 8
    shapes = Shapes(kind, content, places, lengths, np.empty(0, np.int32))
    shapes = Shapes(kind, content, places, lengths, shapes.numbers(places))
    _refuse(shp, (shapes.kinds != kind) & (shapes.kinds != 0), "geo.errors.shp_record")
    _check_points(shp, shapes)
    _check_parts(shp, shapes)
    return shapes


def walk(shp: Path, content: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Byte offsets and content lengths found by going from record to record, for a file that lost its .shx."""
    offsets: list[int] = []
    lengths: list[int] = []
    place = 100
    raw = content.tobytes()
    while place + 8 <= len(raw):
        length = int.from_bytes(raw[place + 4 : place + 8], "big", signed=True) * 2
        if length < 4:
            raise AtlasError("geo.errors.shp_record", file=shp.name, row=len(offsets) + 1)
        offsets.append(place)
        lengths.append(length)
        place += 8 + length
    return np.array(offsets, np.int64), np.array(lengths, np.int64)


def write_index(path: Path, shapes: Shapes) -> None:
    """Write the .shx that belongs to checked shapes."""
    header = shapes.content[:100].copy()
    header[24:28] = np.frombuffer(np.array([50 + 4 * len(shapes)], ">i4").tobytes(), np.uint8)
    rows = np.stack([(shapes.places - 8) // 2, shapes.lengths // 2], axis=1).astype(">i4")
    path.write_bytes(header.tobytes() + rows.tobytes())


def _whole(path: Path) -> np.ndarray:
    size = path.stat().st_size
    if size < 100:
        raise AtlasError("geo.errors.shp_length", file=path.name, claimed=100, stored=size)
    content = np.asarray(np.memmap(path, np.uint8, mode="r"))
    claimed = int(content[24:28].view(">i4")[0]) * 2
    magic, version = int(content[0:4].view(">i4")[0]), int(content[28:32].view("<i4")[0])
    if claimed != len(content) or magic != 9994 or version != 1000:
        raise AtlasError("geo.errors.shp_length", file=path.name, claimed=claimed, stored=len(content))
    return content


def _index(shx: Path) -> tuple[np.ndarray, np.ndarray]:
    content = _whole(shx)
    if (len(content) - 100) % 8:
        raise AtlasError("geo.errors.shp_length", file=shx.name, claimed=len(content) // 8 * 8 + 4, stored=len(content))
    rows = content[100:].view(">i4").reshape(-1, 2).astype(np.int64) * 2
    return rows[:, 0], rows[:, 1]


def _refuse_left_over(shp: Path, content: np.ndarray, offsets: np.ndarray, lengths: np.ndarray) -> None:
    """Bytes that no record covers are tolerated only as gaps between records, as editors in place leave them."""
    order = np.argsort(offsets)
    ends = offsets[order] + 8 + lengths[order]
    if not len(ends) or ends[-1] != len(content) or (offsets[order][1:] < ends[:-1]).any():
        raise AtlasError("geo.errors.shx_disagrees", file=shp.name, row=len(offsets))


def _check_points(shp: Path, shapes: Shapes) -> None:
    for kind, allowed in _POINT_BYTES.items():
        _refuse(shp, (shapes.kinds == kind) & ~np.isin(shapes.lengths, allowed), "geo.errors.shp_record")


def _check_parts(shp: Path, shapes: Shapes) -> None:
    """The length of each line, polygon and multipoint must fit the parts and points it claims."""
    parted = np.flatnonzero(np.isin(shapes.kinds, list(_PARTED | _MULTIPOINT)))
    if not len(parted):
        return
    multipoint = shapes.kind in _MULTIPOINT
    fixed = 40 if multipoint else 44
    _refuse_rows(shp, parted[shapes.lengths[parted] < fixed])
    places, lengths = shapes.places[parted], shapes.lengths[parted]
    points = shapes.numbers(places + fixed - 4).astype(np.int64)
    parts = np.zeros_like(points) if multipoint else shapes.numbers(places + 36).astype(np.int64)
    flat = fixed + 4 * parts + 16 * points
    extra = 16 + 8 * points  # one optional block of Z or M: its range and one number per point
    fits = (lengths == flat) | (lengths == flat + extra) | (lengths == flat + 2 * extra)
    fits &= (points >= 0) & (parts >= 0) & ((parts > 0) | (points == 0) | multipoint)
    if shapes.kind in (3, 5, 8):
        fits &= lengths == flat
    _refuse_rows(shp, parted[~fits])
    if not multipoint:
        _check_part_starts(shp, shapes, parted, (places, parts, points))


def _check_part_starts(
    shp: Path, shapes: Shapes, rows: np.ndarray, claimed: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> None:
    """Each record's parts must start at point 0 and rise, all below its number of points."""
    places, parts, points = claimed
    owner = np.repeat(np.arange(len(rows)), parts)
    first = np.concatenate(([0], np.cumsum(parts)[:-1]))
    within = np.arange(len(owner)) - first[owner] if len(owner) else np.empty(0, np.int64)
    starts = shapes.numbers(places[owner] + 44 + 4 * within).astype(np.int64)
    wrong = (starts >= points[owner]) | ((within == 0) & (starts != 0))
    wrong[1:] |= (within[1:] > 0) & (starts[1:] <= starts[:-1])
    _refuse_rows(shp, rows[np.unique(owner[wrong])])


def _refuse(shp: Path, wrong: np.ndarray, key: str) -> None:
    rows = np.flatnonzero(wrong)
    if len(rows):
        raise AtlasError(key, file=shp.name, row=int(rows[0]) + 1)


def _refuse_rows(shp: Path, rows: np.ndarray) -> None:
    if len(rows):
        raise AtlasError("geo.errors.shp_record", file=shp.name, row=int(rows[0]) + 1)
