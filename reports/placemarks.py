"""Shapes as KML for map programs and phones: a folder a layer, a placemark a feature, every text escaped.

Longitude and latitude of WGS 84, as the format says, with all their digits, so that what is read back in has the same
area.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.crs import move
from words.markup import legible

_WGS84 = CRS.from_epsg(4326)
_DECIMALS = 14
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'


@dataclass(frozen=True)
class Placemark:
    """One feature: its name, its shape in the system handed in beside it, and what else is told of it."""

    name: str
    shape: BaseGeometry
    told: Mapping[str, object] = field(default_factory=dict)


def kml(title: str, folders: Mapping[str, Sequence[Placemark]], *, crs: CRS, said: Sequence[str] = ()) -> str:
    """The document of a title and of folders by name, their shapes in `crs`; features without a shape are left out.

    `said` are lines about the document as a whole.
    """
    lines = [_HEAD, _named(title), f"<description>{_text(chr(10).join(said))}</description>"]
    for name, placemarks in folders.items():
        shapes = move(np.array([one.shape for one in placemarks], dtype=object), crs, _WGS84)
        lines += ["<Folder>", _named(name)]
        for one, shape in zip(placemarks, shapes, strict=True):
            if shape is not None and not shape.is_empty:
                lines.append(f"<Placemark>{_named(one.name)}{_data(one.told)}{_shape(shape)}</Placemark>")
        lines.append("</Folder>")
    return "\n".join([*lines, "</Document></kml>", ""])


def _named(name: str) -> str:
    return f"<name>{_text(name)}</name>"


def _text(value: object) -> str:
    return escape(legible(str(value)))


def _data(told: Mapping[str, object]) -> str:
    values = "".join(
        f"<Data name={quoteattr(legible(name))}><value>{_text(value)}</value></Data>" for name, value in told.items()
    )
    return f"<ExtendedData>{values}</ExtendedData>" if values else ""


def _shape(shape: BaseGeometry) -> str:
    parts = [_part(part) for part in _simple(shape)]
    return parts[0] if len(parts) == 1 else f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def _simple(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        yield from _simple(part) if part.geom_type.startswith(("Multi", "GeometryCollection")) else (part,)


def _part(part: BaseGeometry) -> str:
    if part.geom_type == "Polygon":
        rings = [f"<outerBoundaryIs>{_ring(part.exterior)}</outerBoundaryIs>"]
        rings += [f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in part.interiors]
        return f"<Polygon>{''.join(rings)}</Polygon>"
    kind = "Point" if part.geom_type == "Point" else "LineString"
    return f"<{kind}>{_places(part.coords)}</{kind}>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing>{_places(ring.coords)}</LinearRing>"


def _places(corners: Iterable[Sequence[float]]) -> str:
    written = " ".join(f"{place[0]:.{_DECIMALS}f},{place[1]:.{_DECIMALS}f}" for place in corners)
    return f"<coordinates>{written}</coordinates>"
