"""A layer's content as a short text that changes when anything read from it does: rows, order, source and its date.

Taken from what was read, not from bytes: line ends, encodings and file formats leave it alone.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import shapely

from geo.grids.raster import Raster
from layers.layer import Source

MISSING = "missing"


def of_table(frame: pd.DataFrame, source: Source | None) -> str:
    """The fingerprint of a table or of a vector layer with its shapes."""
    seen = hashlib.sha256(_said(source))
    for name in frame.columns:
        column = frame[name]
        seen.update(f"|{name}:".encode())
        if column.dtype.name == "geometry":
            for shape in shapely.to_wkb(column.array.to_numpy()):
                seen.update(b"-" if shape is None else shape)
        else:
            plain = column.astype(object).where(column.notna(), None)
            seen.update("\x1f".join(f"{type(one).__name__}={one}" for one in plain).encode("utf-8", "surrogatepass"))
    return seen.hexdigest()[:16]


def of_raster(raster: Raster, source: Source | None) -> str:
    """The fingerprint of a raster: its values where they are valid, its place and its system."""
    seen = hashlib.sha256(_said(source))
    seen.update(f"{raster.transform}|{raster.crs.to_wkt()}|{raster.values.shape}|{raster.values.dtype}".encode())
    seen.update(np.ascontiguousarray(raster.values).tobytes())
    seen.update(np.packbits(np.ascontiguousarray(raster.valid)).tobytes())
    return seen.hexdigest()[:16]


def _said(source: Source | None) -> bytes:
    """What the answer repeats of a source: issuer, date, status."""
    return b"" if source is None else f"{source.issuer}|{source.as_of.isoformat()}|{source.status}".encode()
