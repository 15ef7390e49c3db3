"""The place of a proposed project: one shape in the district's metric CRS, refused where nothing could be judged.

Points and lines get their footprint; the shape is stored in one normal form, so neither the order of its vertices
nor where it starts changes anything that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.space.near import clipped
from geo.crs import same_crs, transformer
from layers.district import District
from words.errors import AtlasError

GRID_M = 0.001  # coordinates closer than a millimetre are one place
MOST_OUTSIDE = 0.1  # of a site may lie beyond the border, however near
_AREAL, _LINEAL = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString", "LinearRing")


@dataclass(frozen=True)
class Site:
    """A site to judge: polygons in the metric CRS, its area shared among townships (code → share of the site).

    `drawn` is what was handed in (polygon, line or point); `accuracy_m` widens the tolerance where the coordinates
    are less certain than the data.
    """

    id: str
    name: str
    geometry: BaseGeometry
    drawn: str
    townships: Mapping[str, float]
    accuracy_m: float = 0.0

    @cached_property
    def area_m2(self) -> float:
        """The ground it takes."""
        return float(self.geometry.area)


def make_site(
    geometry: BaseGeometry | None,
    district: District,
    *,
    assumed: Mapping[str, float],
    crs: CRS | None = None,
    id: str = "",
    name: str = "",
    footprint_m2: float | None = None,
    accuracy_m: float = 0.0,
) -> Site:
    """The site of a shape given in `crs` (by default the district's metric CRS).

    AtlasError `siting.errors.*` with the reason when it is empty, not finite, self-crossing, tiny, or not wholly
    inside the district (beyond the tolerance). `footprint_m2` is the ground a point project takes.
    """
    shape = _moved(_flat(geometry), crs, district.settings.metric_crs)
    _refuse_unfinished(shape)
    drawn = "polygon" if shape.geom_type in _AREAL else "line" if shape.geom_type in _LINEAL else "point"
    if drawn == "polygon" and not shape.is_valid:
        raise AtlasError("siting.errors.self_crossing", reason=shapely.is_valid_reason(shape))
    ground = shapely.normalize(shapely.set_precision(_footprint(shape, drawn, assumed, footprint_m2), GRID_M))
    if ground.area < assumed["siting_smallest_m2"]:
        raise AtlasError("siting.errors.tiny", area=round(ground.area, 1), least=assumed["siting_smallest_m2"])
    tolerance_m = assumed["siting_tolerance_m"]
    shares = _townships(ground, district, max(tolerance_m, accuracy_m), sure=accuracy_m <= tolerance_m)
    return Site(id or "site", name, ground, drawn, shares, accuracy_m)


def moved(site: Site, district: District, *, east_m: float, north_m: float) -> Site:
    """The same site somewhere else; AtlasError when that is outside the district."""
    shape = shapely.transform(site.geometry, lambda xy: np.add(xy, (east_m, north_m)))
    shares = _townships(shape, district, 0.0)
    return Site(site.id, site.name, shape, site.drawn, shares, site.accuracy_m)


def _flat(geometry: BaseGeometry | None) -> BaseGeometry:
    if geometry is None or geometry.is_empty:
        raise AtlasError("siting.errors.empty")
    if geometry.geom_type == "GeometryCollection":
        parts = [part for part in geometry.geoms if part.geom_type in _AREAL]
        if len(parts) < len(geometry.geoms):
            raise AtlasError("siting.errors.mixed")
        geometry = shapely.union_all(parts)
    return shapely.force_2d(geometry)


def _moved(shape: BaseGeometry, crs: CRS | None, metric: CRS) -> BaseGeometry:
    if crs is None or same_crs(crs, metric):
        return shape
    turn = transformer(crs, metric)
    return shapely.transform(shape, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))


def _refuse_unfinished(shape: BaseGeometry) -> None:
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise AtlasError("siting.errors.not_finite")


def _footprint(
    shape: BaseGeometry, drawn: str, assumed: Mapping[str, float], footprint_m2: float | None
) -> BaseGeometry:
    """Polygons as they are; a line as wide as assumed; a point as a circle of its footprint."""
    if drawn == "polygon":
        return shape
    if drawn == "line":
        return shape.buffer(assumed["siting_line_width_m"] / 2, cap_style="flat")
    area = footprint_m2 or assumed["siting_point_footprint_m2"]
    circle = shape.buffer(float(np.sqrt(area / np.pi)), quad_segs=16)
    return circle


def _townships(ground: BaseGeometry, district: District, tolerance_m: float, *, sure: bool = True) -> dict[str, float]:
    """Share of the site in each township; refused where it lies beyond all of them by more than the tolerance.

    A strip along the border however narrow, or one that runs away from it, is no inaccuracy of the border
    where the site's own place is `sure`.
    """
    frame = district.townships
    shapes = frame.geometry.array.to_numpy()
    hit = sorted(frame.sindex.query(ground, predicate="intersects"))
    shapely.prepare(shapes[hit])
    within = [at for at in hit if shapely.contains_properly(shapes[at], ground)]
    if within:  # nothing need be cut
        return {str(frame.index[within[0]]): 1.0}
    parts = shapely.intersection(clipped(shapes[hit], ground, margin_m=tolerance_m), ground)
    shares = {str(frame.index[at]): float(part.area / ground.area) for at, part in zip(hit, parts, strict=True)}
    shares = {code: share for code, share in shares.items() if share > 1e-9}
    inside = sum(shares.values())
    if not shares:
        raise AtlasError("siting.errors.outside", district=district.settings.name)
    if inside < 1 - 1e-6:
        whole = shapely.union_all(shapes[hit])
        beyond = shapely.difference(ground, whole)
        far = shapely.difference(beyond, whole.buffer(tolerance_m))
        strip = sure and inside < 1 - MOST_OUTSIDE
        if strip or far.area > 0:
            raise AtlasError("siting.errors.partly_outside", district=district.settings.name, share=1 - inside)
    return dict(sorted(shares.items(), key=lambda item: -item[1]))
