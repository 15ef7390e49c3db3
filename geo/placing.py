"""Where numbers lie, in three steps: `recognise` the systems they could be in, `settle` on one, `refuse` the rest.

`place` takes the first two for shapes.

Nothing here trusts a declaration that the numbers contradict: it is tested against the place the data should be in,
first by their box, then by the shapes themselves; and nothing is moved in silence, neither to another system nor off
the offset of a map service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo import zones
from geo.crs import move, move_bounds, name, same_crs
from geo.shapes.fit import clearly_better, misfit, sample
from geo.shapes.offset import detect_offset
from geo.zones import LONLAT, Bounds
from words.errors import AtlasError

Certainty = Literal["certain", "likely", "ambiguous", "contradicted", "unknown"]
_LOOKED_AT = 2_000  # corners that tell whether a layer sits on the place
_OUTSIDE_SHARE = 0.01
_LEAST_SHARE = 0.5  # of the smaller of two boxes that lie on one another


@dataclass(frozen=True)
class Reading:
    """Which system the numbers of a layer are in, as far as they tell.

    `crs` is the declared one when it fits (certain), the only or clearly best one that does (likely; contradicted
    when another was declared: hold the layer and ask), the first of several (ambiguous: ask), or none (unknown).
    `swapped` says the two coordinates change places first. `key` names the sentence, `facts` fill it.
    """

    crs: CRS | None
    key: str
    certainty: Certainty
    swapped: bool = False
    others: tuple[CRS, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def place(shapes: np.ndarray, declared: CRS | None, *, outline: BaseGeometry) -> Reading:
    """Which system shapes are in, as stored; `outline` is the place in degrees. One stray shape condemns no layer."""
    reading = recognise(tuple(shapely.total_bounds(shapes).tolist()), declared, reference=outline.bounds)
    if reading.certainty != "certain":
        reading = recognise(_main_bounds(shapes), declared, reference=outline.bounds)
    return settle(reading, shapes, outline=outline)


def recognise(bounds: Bounds, declared: CRS | None, *, reference: Bounds, sheet: bool = False) -> Reading:
    """Which system a layer's coordinates are in, tested against the lon/lat box where it should lie.

    `bounds` are (min x, min y, max x, max y) as stored. A declared system is accepted only when it puts the layer
    there. Otherwise every usual system of the place is tried, also with swapped coordinates. Of a `sheet`, which its
    maker cut and not the place (a raster), any common ground will do, so that no rival can be told from it.
    """
    least = 0.0 if sheet else _LEAST_SHARE
    declared_name = name(declared) if declared is not None else ""
    if declared is not None and _misfit(bounds, declared, reference, least) is not None:
        rivals = _fitting(bounds, reference, least) if declared.is_projected and not sheet else []
        others = tuple(crs for _, crs, swapped in rivals if not swapped and not same_crs(crs, declared))
        return Reading(declared, "geo.notes.crs.fits", "certain", others=others, facts={"crs": declared_name})
    fits = _fitting(bounds, reference, least)
    if not fits:
        key = "geo.notes.crs.declared_elsewhere" if declared is not None else "geo.notes.crs.unrecognised"
        return Reading(None, key, "unknown", facts={"declared": declared_name, "bounds": _shown(bounds)})
    crs, swapped = fits[0][1:]
    others = tuple(other for _, other, _ in fits[1:])
    facts = {"declared": declared_name, "crs": name(crs), "others": " / ".join(name(other) for other in others)}
    if declared is not None:
        key = "geo.notes.crs.swapped" if swapped else "geo.notes.crs.contradicted"
        return Reading(crs, key, "contradicted", swapped, others, facts)
    if others:
        return Reading(crs, "geo.notes.crs.ambiguous", "ambiguous", swapped, others, facts)
    key = "geo.notes.crs.undeclared_swapped" if swapped else "geo.notes.crs.suggested"
    return Reading(crs, key, "likely", swapped, facts=facts)


def settle(reading: Reading, shapes: np.ndarray, *, outline: BaseGeometry) -> Reading:
    """The reading once its rival systems are tried on the shapes themselves.

    For systems too close for a box to tell (6-degree zone and UTM, 1.3 km apart): the layer as read in each is laid
    on the lon/lat `outline` of the place. A rival that sits clearly better takes over: likely when none was
    declared, contradicted when the declaration is what it beats. `shapes` hold the stored coordinates.
    """
    if reading.crs is None or reading.swapped or not reading.others:
        return reading
    layer = sample(move(shapes, reading.crs, LONLAT), outline)
    own = move(layer, LONLAT, reading.crs)
    tried = {crs: misfit(move(own, crs, LONLAT), outline) for crs in (reading.crs, *reading.others)}
    ranked = sorted(tried, key=tried.__getitem__)
    best, second = ranked[0], ranked[1]
    if not clearly_better(layer, before=tried[second], after=tried[best]):
        return reading
    facts = {**reading.facts, "declared": reading.facts.get("declared") or name(reading.crs), "crs": name(best)}
    if reading.certainty == "ambiguous":
        return Reading(best, "geo.notes.crs.suggested", "likely", facts=facts)
    if best == reading.crs:
        return replace(reading, others=())
    return Reading(best, "geo.notes.crs.contradicted", "contradicted", facts=facts)


def refuse(reading: Reading, *, ask: str, words: str = "geo.notes.crs", **facts: object) -> None:
    """AtlasError unless one system is settled on.

    A declaration that the numbers contradict is refused as the reading says, in the table `words`. Where nothing was
    declared a person is asked under the key `ask`: `crs` and `others` are the systems that fit, `candidates` all.
    """
    if reading.certainty in ("certain", "likely"):
        return
    if reading.facts.get("declared"):
        raise AtlasError(f"{words}.{reading.key.rpartition('.')[2]}", **facts, **reading.facts)
    first, *rest = [name(crs) for crs in (reading.crs, *reading.others) if crs is not None] or ["–"]
    raise AtlasError(ask, **facts, crs=first, others=" / ".join(rest), candidates=" / ".join((first, *rest)))


def refuse_offset(
    shapes: np.ndarray, crs: CRS, *, outline: BaseGeometry, wide: BaseGeometry, words: str = "geo.notes.offset",
    **facts: object,
) -> None:  # fmt: skip
    """AtlasError when shapes sit on the lon/lat `outline` clearly better once GCJ-02 or BD-09 is taken off them.

    Not looked for while nearly all corners lie in `wide`, the place and a little around it in the shapes' own system.
    """
    corners = shapely.get_coordinates(shapes[:: max(1, len(shapes) // _LOOKED_AT)])
    looked_at = corners[:: max(1, len(corners) // _LOOKED_AT)]
    if not len(looked_at) or 1 - shapely.contains_xy(wide, looked_at).mean() <= _OUTSIDE_SHARE:
        return
    offset = detect_offset(move(shapes, crs, LONLAT), outline)
    if offset is not None:
        raise AtlasError(f"{words}.{offset}", **facts)


def _main_bounds(shapes: np.ndarray) -> Bounds:
    """The box of the shapes without those far off from nearly all others."""
    boxes = shapely.bounds(shapes)
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if len(boxes) >= 10:
        middles = np.column_stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]]) / 2
        low, high = np.quantile(middles, (0.1, 0.9), axis=0)
        reach = 3 * (high - low) + 1e-9
        near = ((middles >= low - reach) & (middles <= high + reach)).all(axis=1)
        boxes = boxes[near]
    if not len(boxes):
        return (np.nan,) * 4
    return (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())


def _fitting(bounds: Bounds, reference: Bounds, least: float) -> list[tuple[float, CRS, bool]]:
    """(misfit in degrees, CRS, swapped) of every usual system that puts the layer in place, best first."""
    found: list[tuple[float, CRS, bool]] = []
    for swapped, box in ((False, bounds), (True, _turned(bounds))):
        for crs in zones.candidates(reference):
            misfit = _misfit(box, crs, reference, least)
            if misfit is not None and all(abs(misfit - known) > 1e-7 for known, *_ in found):
                found.append((misfit, crs, swapped))
        if found:
            break
    return sorted(found, key=lambda fit: fit[0])


def _misfit(bounds: Bounds, crs: CRS, reference: Bounds, least: float) -> float | None:
    """The greatest distance in degrees between the edges of layer and reference; none when it lies elsewhere."""
    if not np.isfinite(bounds).all():
        return None
    lonlat = bounds
    if crs.is_projected:
        lonlat = move_bounds(bounds, crs, LONLAT)
    elif max(abs(bounds[1]), abs(bounds[3])) > 90:
        return None
    if not _overlaps(lonlat, reference, least):
        return None
    return max(abs(a - b) for a, b in zip(lonlat, reference, strict=True))


def _overlaps(bounds: Bounds, reference: Bounds, least: float) -> bool:
    """Whether the `least` share of the smaller box lies in the other, a tenth allowed around; any ground for 0."""
    around, share = (0.1 if least else 0.0), 1.0
    for low, high in ((0, 2), (1, 3)):
        if not np.isfinite(bounds[low]) or not np.isfinite(bounds[high]):
            return False
        margin = around * (reference[high] - reference[low])
        start, end = reference[low] - margin, reference[high] + margin
        common = min(bounds[high], end) - max(bounds[low], start)
        size = min(bounds[high] - bounds[low], end - start)
        share *= 0.0 if common < 0 else 1.0 if size <= 0 else common / size
    return share >= least if least else share > 0.0


def _turned(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    return south, west, north, east


def _shown(bounds: Bounds) -> str:
    return ", ".join(f"{value:.6g}" for value in bounds)
