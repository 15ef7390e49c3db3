"""Values written as bytes and read back without running anything: what passes between the server and a reader.

A reader may have been taken over by what it read, so its answer is data: JSON with attachments, never a pickle. Known
are plain values, dates, bytes, paths, shapes (WKB), coordinate systems (WKT), tables (Arrow) and the dataclasses that
whoever opens the letter names. A letter that is anything else is refused whole with ValueError.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

_COUNT = struct.Struct(">Q")
_SIGN = "~"  # the only member of a written object: the kind of value, then what it is made of


def write(value: object) -> bytes:
    """The letter that holds a value; TypeError for one of an unknown kind."""
    parts: list[bytes] = []
    text = json.dumps(_plain(value, parts), ensure_ascii=True).encode("ascii")
    return b"".join(_COUNT.pack(len(part)) + part for part in (text, *parts))


def read(letter: bytes, *, kinds: Iterable[type] = ()) -> Any:
    """The value in a letter; dataclasses only of `kinds`. ValueError for bytes that are no such letter."""
    try:
        text, *parts = _parts(letter)
        return _Reader(parts, {kind.__name__: kind for kind in kinds}).value(json.loads(text))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError, struct.error) as error:
        raise ValueError("no letter") from error
    except (pa.ArrowException, shapely.GEOSException) as error:
        raise ValueError("no letter") from error


def _parts(letter: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(letter):
        (size,) = _COUNT.unpack_from(letter, at)
        at += _COUNT.size
        if size > len(letter) - at:
            raise ValueError("cut")
        found.append(letter[at : at + size])
        at += size
    return found


def _plain(value: Any, parts: list[bytes]) -> Any:
    if value is None or (isinstance(value, str | bool | int | float) and not isinstance(value, np.generic)):
        return value
    if isinstance(value, np.generic):
        return _plain(value.item(), parts)
    if isinstance(value, list):
        return [_plain(item, parts) for item in value]
    for kind, (write_one, _) in _WAYS.items():
        if isinstance(value, _TYPES[kind]):
            return {_SIGN: [kind, write_one(value, parts)]}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: _plain(getattr(value, one.name), parts) for one in dataclasses.fields(value) if one.init}
        return {_SIGN: ["object", [type(value).__name__, fields]]}
    raise TypeError(f"{type(value).__name__} does not travel")


@dataclasses.dataclass(frozen=True)
class _Reader:
    parts: list[bytes]
    kinds: Mapping[str, type]

    def value(self, plain: Any) -> Any:
        """What the plain JSON stands for."""
        if isinstance(plain, list):
            return [self.value(item) for item in plain]
        if not isinstance(plain, dict):
            return plain
        kind, content = plain[_SIGN]
        if kind == "object":
            name, fields = content
            return self.kinds[name](**{field: self.value(item) for field, item in fields.items()})
        return _WAYS[kind][1](content, self)


def _attach(content: bytes, parts: list[bytes]) -> int:
    parts.append(content)
    return len(parts) - 1


def _table(frame: pd.DataFrame, parts: list[bytes]) -> list[Any]:
    bare = frame.copy(deep=False)
    bare.attrs = {}
    table = pa.Table.from_pandas(bare)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    loose = [column for column in frame.columns if frame[column].dtype == object]
    return [_attach(sink.getvalue().to_pybytes(), parts), loose]


def _read_table(content: list[Any], letter: _Reader) -> pd.DataFrame:
    at, loose = content
    table = pa.ipc.open_stream(letter.parts[at]).read_all()
    table.validate(full=True)
    frame = table.to_pandas()
    for column in loose:
        values = frame[column].astype(object)
        frame[column] = values.where(values.notna(), None)
    return frame


def _layer(frame: gpd.GeoDataFrame, parts: list[bytes]) -> list[Any]:
    name = frame.geometry.name
    order = [str(column) for column in frame.columns]
    shapes = pa.array(shapely.to_wkb(frame.geometry.to_numpy()), pa.binary())
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, pa.schema([("shape", pa.binary())])) as stream:
        stream.write_batch(pa.record_batch([shapes], ["shape"]))
    crs = _plain(frame.crs, parts)
    rest = _table(pd.DataFrame(frame.drop(columns=name)), parts)
    return [rest, _attach(sink.getvalue().to_pybytes(), parts), name, order, crs]


def _read_layer(content: list[Any], letter: _Reader) -> gpd.GeoDataFrame:
    rest, at, name, order, crs = content
    frame = _read_table(rest, letter)
    shapes = pa.ipc.open_stream(letter.parts[at]).read_all()
    shapes.validate(full=True)
    frame[name] = shapely.from_wkb(np.array(shapes["shape"].to_pylist(), dtype=object))
    return gpd.GeoDataFrame(frame[order], geometry=name, crs=letter.value(crs))


Write = Callable[[Any, list[bytes]], Any]
Read = Callable[[Any, _Reader], Any]
_TYPES: dict[str, type | tuple[type, ...]] = {
    "tuple": tuple,
    "set": (set, frozenset),
    "dict": Mapping,
    "bytes": bytes,
    "path": PurePath,
    "moment": datetime,  # before `day`: a moment is one too
    "day": date,
    "shape": BaseGeometry,
    "crs": CRS,
    "layer": gpd.GeoDataFrame,  # before `table`, for the same reason
    "table": pd.DataFrame,
}
_WAYS: dict[str, tuple[Write, Read]] = {
    "tuple": (
        lambda value, parts: [_plain(item, parts) for item in value],
        lambda items, letter: tuple(letter.value(item) for item in items),
    ),
    "set": (
        lambda value, parts: [_plain(item, parts) for item in sorted(value)],
        lambda items, letter: frozenset(letter.value(item) for item in items),
    ),
    "dict": (
        lambda value, parts: [[_plain(key, parts), _plain(item, parts)] for key, item in value.items()],
        lambda pairs, letter: {letter.value(key): letter.value(item) for key, item in pairs},
    ),
    "bytes": (_attach, lambda at, letter: letter.parts[at]),
    "path": (lambda value, _: str(value), lambda written, _: Path(written)),
    "moment": (lambda value, _: value.isoformat(), lambda written, _: datetime.fromisoformat(written)),
    "day": (lambda value, _: value.isoformat(), lambda written, _: date.fromisoformat(written)),
    "shape": (
        lambda value, parts: _attach(shapely.to_wkb(value), parts),
        lambda at, letter: shapely.from_wkb(letter.parts[at]),
    ),
    "crs": (lambda value, _: value.to_json(), lambda written, _: CRS.from_json(written)),
    "layer": (_layer, _read_layer),
    "table": (_table, _read_table),
}
