"""The outline of one entity of a drawing as a shape: a closed one a polygon, an open one a line.

Straight parts keep their corners exactly; arcs, ellipses and splines are followed in a fixed number of steps, whatever
their size, so that no file can ask for more.
"""

from __future__ import annotations

import ezdxf.path
import numpy as np
import shapely
from ezdxf.entities import DXFGraphic, LWPolyline, Polyline
from ezdxf.entities.polygon import DXFPolygon
from shapely.geometry.base import BaseGeometry

from geo.shapes.nesting import polygons_of

CURVES = ("ARC", "CIRCLE", "ELLIPSE", "SPLINE")
AREAS = ("HATCH", "MPOLYGON")
READ = ("POINT", "LINE", "LWPOLYLINE", "POLYLINE", *CURVES, *AREAS)
STEPS = 64  # of a curve's part; a circle has four parts, so its area is right to one in ten thousand
MOST_STEPS = 4_000  # of one entity

Place = tuple[float, float]


def outline(entity: DXFGraphic) -> BaseGeometry | None:
    """The shape of an entity, flat; none for a mesh and for one without extent."""
    kind = entity.dxftype()
    if kind == "POINT":
        place = entity.dxf.location
        return shapely.Point(place.x, place.y)
    if isinstance(entity, DXFPolygon):
        rings = [ring for path in ezdxf.path.from_hatch(entity) if len(set(ring := _followed(path))) >= 3]
        return polygons_of(rings) if rings else None
    if isinstance(entity, Polyline) and not (entity.is_2d_polyline or entity.is_3d_polyline):
        return None
    return _shape(_followed(ezdxf.path.make_path(entity)), closed=_closed(entity))


def _closed(entity: DXFGraphic) -> bool:
    if isinstance(entity, LWPolyline):
        return bool(entity.closed)
    return bool(entity.is_closed) if isinstance(entity, Polyline) else entity.dxftype() == "CIRCLE"


def _followed(path: ezdxf.path.Path) -> list[Place]:
    """The places along a path, each once."""
    steps = max(4, min(STEPS, MOST_STEPS // max(len(path), 1))) if path.has_curves else 1
    places: list[Place] = []
    for at in path.approximate(steps):
        if not places or places[-1] != (at.x, at.y):
            places.append((at.x, at.y))
    return places


def _shape(places: list[Place], *, closed: bool) -> BaseGeometry | None:
    if len(places) < 2:
        return None
    meets = len(places) > 3 and np.allclose(places[0], places[-1], rtol=0.0, atol=1e-6)
    if (closed or meets) and len(set(places)) >= 3:
        return shapely.Polygon(places[:-1] if meets else places)
    return shapely.LineString(places)
