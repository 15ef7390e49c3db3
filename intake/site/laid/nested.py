"""Parcels that lie in, on or over one another: inner ones are holes, the same one twice is one, overlaps are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note, Said
from geo.shapes.nesting import inside, polygons_of
from intake.site.found import Parcel

LEAST_M2 = 1.0  # overlaps below are rounding
MOST_NAMED = 5
_SAME_M = 0.001
Parcels = tuple[Parcel, ...]


def nested(parcels: Parcels, answers: Answers) -> tuple[Parcels, Said]:
    """The parcels (areas in the metric CRS) without doubles, inner ones made holes, and what is to be said.

    Inner parcels with names of their own may be either: a person is asked.
    """
    parcels, said = _once(parcels)
    sound = tuple(_sound(one) for one in parcels)
    turned = sum(one.shape.is_valid and not was.shape.is_valid for one, was in zip(sound, parcels, strict=True))
    if turned:
        said += Said(assumed=(Note("intake.site.rings_sorted", {"count": turned}),))
    parcels, more = _with_holes(sound, answers)
    return parcels, said + more + _overlaps(parcels)


def _sound(parcel: Parcel) -> Parcel:
    """A parcel whose rings stand in the wrong places (a part in another, a hole around its border), sorted anew."""
    if parcel.shape.is_valid:
        return parcel
    parts = shapely.get_parts(parcel.shape)
    rings = [ring.coords for part in parts for ring in (part.exterior, *part.interiors)]
    if len(rings) < 2:
        return parcel
    sorted_anew = polygons_of([[(x, y) for x, y, *_ in ring] for ring in rings])
    return replace(parcel, shape=sorted_anew) if sorted_anew.is_valid else parcel


def _once(parcels: Parcels) -> tuple[Parcels, Said]:
    shapes = shapely.normalize(np.array([one.shape for one in parcels], dtype=object))
    tree = shapely.STRtree(shapes)
    again: set[int] = set()
    for at, other in zip(*tree.query(shapes), strict=True):
        if other < at and other not in again and shapely.equals_exact(shapes[at], shapes[other], _SAME_M):
            again.add(int(at))
    kept = tuple(one for at, one in enumerate(parcels) if at not in again)
    return kept, Said(left_out=(Note("intake.site.left.doubles", {"count": len(again)}),) if again else ())


def _with_holes(parcels: Parcels, answers: Answers) -> tuple[Parcels, Said]:
    """The parcels whose inner ones are holes, where the file or a person says so."""
    shapes = [one.shape for one in parcels]
    holders = inside(shapes)
    holes = [at for at, own in enumerate(holders) if len(own) % 2]
    if not holes:
        return parcels, Said()
    apart = any(parcels[at].named and any(parcels[at].name != parcels[out].name for out in holders[at]) for at in holes)
    choices = tuple(Choice(one, f"intake.site.inner.{one}") for one in ("hole", "land"))
    first, outer = parcels[holes[0]], parcels[min(holders[holes[0]])]
    facts = {"count": len(holes), "inner": first.name, "outer": outer.name}
    if answers.choose(Doubt("site.inner", choices, facts), None if apart else "hole") != "hole":
        return parcels, Said()
    cut = _cut(shapes, holders)
    kept = tuple(replace(one, shape=shape) for one, shape in zip(parcels, cut, strict=True) if shape is not None)
    area = sum(shapes[at].area for at in holes)
    return kept, Said(assumed=(Note("intake.site.holes", {"count": len(holes), "area": f"{area:,.0f}"}),))


def _cut(shapes: Sequence[BaseGeometry], holders: Sequence[set[int]]) -> list[BaseGeometry | None]:
    """Each shape less those that lie in it, none for those: in a hole, land is land again."""
    cut: list[BaseGeometry | None] = []
    for at, shape in enumerate(shapes):
        depth = len(holders[at])
        inner = (
            [shapes[o] for o, own in enumerate(holders) if at in own and len(own) == depth + 1] if not depth % 2 else []
        )
        cut.append(None if depth % 2 else shape.difference(shapely.union_all(inner)) if inner else shape)
    return cut


def _overlaps(parcels: Parcels) -> Said:
    """The pairs of parcels that overlap, named with the area."""
    shapes = [one.shape for one in parcels]
    if len(shapes) < 2 or not all(shapely.is_valid(shapes)):
        return Said()
    pairs = zip(*shapely.STRtree(shapes).query(shapes, predicate="intersects"), strict=True)
    found = [(int(a), int(b), shapely.intersection(shapes[a], shapes[b]).area) for a, b in pairs if a < b]
    wide = [(a, b, area) for a, b, area in found if area > LEAST_M2]
    notes = tuple(
        Note("intake.site.overlap", {"one": parcels[a].name, "other": parcels[b].name, "area": f"{area:,.0f}"})
        for a, b, area in wide[:MOST_NAMED]
    )
    more = len(wide) - MOST_NAMED
    return Said(assumed=notes + ((Note("intake.site.overlaps_more", {"count": more}),) if more > 0 else ()))
