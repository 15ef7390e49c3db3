"""Rows of places as shapes: the corners of one boundary or of several, or places of their own."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note, Said, listed
from intake.site.numbering import (
    Corner,
    Pair,
    corner_words,
    in_order,
    number_of,
    rings_of,
    runs,
    shuffled,
    skipped,
)
from words.errors import AtlasError

Named = tuple[str, BaseGeometry]
_WAYS = {
    "points": tuple(Choice(one, f"intake.site.points.{one}") for one in ("corners", "points")),
    "order": tuple(Choice(one, f"intake.site.order.{one}") for one in ("number", "row")),
}


def shapes_of(corners: Sequence[Corner], answers: Answers) -> tuple[list[Named], Said]:
    """The shapes of rows that stand together, each ring one by a running number, and what was decided.

    Rows whose labels all differ and do not run are places of their own. AtlasError for a ring of too few corners.
    """
    labels = [corner.label for corner in corners]
    if len(corners) > 1 and all(labels) and len(set(labels)) >= min(len(labels), 3) and _are_points(corners, answers):
        return [(corner.label, shapely.Point(corner.place)) for corner in corners], Said()
    said: list[Note] = []
    if shuffled(corners):
        order = answers.choose(Doubt("site.order", _WAYS["order"], {"count": len(corners)}))
        answers.ask()
        corners = in_order(corners) if order == "number" else corners
    rings = rings_of(corners)
    gaps = skipped(rings)
    if gaps:
        said.append(Note("intake.site.numbers_skipped", {"numbers": listed(gaps)}))
    if len(rings) > 1:
        said.append(Note("intake.site.rings", {"count": len(rings)}))
    for at, ring in enumerate(rings, 1):
        if len(rings) > 1 and len(ring) < 3:
            raise AtlasError("siting.errors.ring_short", parcel=at, ring=at, count=len(ring))
    return [(str(at), shape_of([one.place for one in ring])) for at, ring in enumerate(rings, 1)], Said(
        assumed=(*said,)
    )


def _are_points(corners: Sequence[Corner], answers: Answers) -> bool:
    """Whether rows with labels are places of their own, not corners: where labels do not tell, a person is asked."""
    rings = rings_of(corners)
    found = None
    if all(number_of(corner.label) is None for corner in corners):
        found = "points"
    elif corner_words(corners) and (shuffled(corners) or ((runs(rings) or skipped(rings)) and _sound(rings))):
        found = "corners"
    facts = {"first": corners[0].label, "last": corners[-1].label, "count": len(corners)}
    chosen = answers.choose(Doubt("site.points", _WAYS["points"], facts), found)
    answers.ask()
    return chosen == "points"


def _sound(rings: Sequence[Sequence[Corner]]) -> bool:
    return all(len(ring) >= 3 and shapely.Polygon([one.place for one in ring]).is_valid for ring in rings)


def shape_of(places: Sequence[Pair]) -> BaseGeometry:
    """A point of one place, a line of two, else a polygon; a repeated first place closes it."""
    if len(places) > 1 and places[0] == places[-1]:
        places = places[:-1]
    if len(places) == 1:
        return shapely.Point(places[0])
    return shapely.LineString(places) if len(places) == 2 else shapely.Polygon(places)
