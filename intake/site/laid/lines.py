"""What lines are of a site: a border in pieces, one that does not close, or a line project; where it is open, asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely

from geo.doubt import Answers, Choice, Doubt
from geo.note import Note, Said
from geo.shapes.joined import gap, joined
from intake.site.found import Parcel

WITHIN_M = 0.1  # ends so near are one
RING_LIKE = 0.3  # a line whose ends are nearer than this share of its length may be a border left open
_NEAR_M = 1.0
Parcels = tuple[Parcel, ...]
Lines = Sequence[shapely.LineString]


def of_one_kind(parcels: Parcels, answers: Answers, *, drawing: bool) -> tuple[Parcels, Said]:
    """The parcels (metric CRS) of one kind: areas, or lines, or points; what was joined, left out or asked is said.

    `drawing`: open lines are more likely borders that do not close than roads.
    """
    areas, lines, points = (
        tuple(one for one in parcels if shapely.get_dimensions(one.shape) == wanted) for wanted in (2, 1, 0)
    )
    said = Said()
    if lines:
        areas, lines, said = _with_lines(areas, lines, answers, drawing=drawing)
    if not (areas or lines):
        return points, said
    return areas or lines, said + _left("points", points)


def _with_lines(areas: Parcels, lines: Parcels, answers: Answers, *, drawing: bool) -> tuple[Parcels, Parcels, Said]:
    """The areas with those that lines close, the lines that are the site's, and what was said."""
    parts = [(one.name, part) for one in lines for part in shapely.get_parts(one.shape)]
    closed = [(name, part) for name, part in parts if _closes(part)]
    rest = [part for _, part in parts if not _closes(part)]
    areas += tuple(Parcel(name, shapely.Polygon(part)) for name, part in closed)
    said = Said(assumed=(Note("siting.read.closed"),) if closed else ())
    ways = joined(rest, within=WITHIN_M)
    name = _only_name(lines)
    if ways.rings and _is_area("ring", answers, "area", count=len(ways.rings)):
        areas += _parcels(name, ways.rings, len(areas))
        said += Said(assumed=(Note("intake.site.joined", {"count": len(ways.rings)}),))
    elif ways.rings:
        return (), lines, said
    sure = None if drawing or areas else "line"
    if ways.cells and _is_area("cells", answers, sure, count=len(ways.cells)):
        areas += _parcels(name, ways.cells, len(areas))
        said += Said(assumed=(Note("intake.site.cells_taken", {"count": len(ways.cells)}),))
    elif ways.cells:
        return (), lines, said
    outside = _outside(ways.open, areas)
    said += _left("inner_lines", ways.open[len(outside) :])
    if not outside:
        return areas, (), said
    chosen = _asked(outside, answers, leave=bool(areas), doubtful=drawing or bool(areas))
    if chosen == "close":
        closable = [line for line in outside if len(line.coords) >= 3]
        said += Said(assumed=(Note("intake.site.closed_by_hand", {"count": len(closable)}),))
        said += _left("short_lines", outside[len(closable) :])
        return areas + _parcels(name, [shapely.Polygon(line) for line in closable], len(areas)), (), said
    if chosen == "leave":
        return areas, (), said + _left("open_lines", outside)
    if chosen == "line":
        return (), lines if not areas else _parcels(name, outside, 0), said + _left("areas", areas)
    return areas, lines, said


def _asked(lines: Lines, answers: Answers, *, leave: bool, doubtful: bool) -> str | None:
    """What the lines that close nothing are: a border to close, the site itself, or nothing of it."""
    closable = any(len(line.coords) >= 3 for line in lines)
    values = [*(["close"] if closable else []), "line", *(["leave"] if leave else [])]
    choices = tuple(Choice(value, f"intake.site.open_ring.{value}") for value in values)
    longest = max(lines, key=lambda line: line.length)
    facts = {
        "count": len(lines),
        "length": f"{longest.length:,.1f}",
        "gap": f"{gap(longest) * longest.length:,.1f}",
    }
    ring_like = any(len(line.coords) >= 4 and gap(line) < RING_LIKE for line in lines)
    return answers.choose(Doubt("site.open_ring", choices, facts), None if doubtful or ring_like else "line")


def _is_area(kind: str, answers: Answers, found: str | None, *, count: int) -> bool:
    choices = tuple(Choice(one, f"intake.site.{kind}.{one}") for one in ("area", "line"))
    return answers.choose(Doubt(f"site.{kind}", choices, {"count": count}), found) == "area"


def _closes(line: shapely.LineString) -> bool:
    return len(line.coords) >= 4 and gap(line) * line.length <= WITHIN_M


def _outside(lines: Lines, areas: Parcels) -> Lines:
    """The lines that do not lie in the areas, whose inner lines are no more than drawing."""
    if not areas:
        return lines
    ground = shapely.union_all([one.shape for one in areas if one.shape.is_valid]).buffer(_NEAR_M)
    return [line for line in lines if not ground.covers(line)]


def _only_name(parcels: Iterable[Parcel]) -> str:
    names = {one.name for one in parcels if one.named}
    return names.pop() if len(names) == 1 else ""


def _parcels(name: str, shapes: Sequence[shapely.Geometry], before: int) -> Parcels:
    """New parcels under the only name there is, else numbered on."""
    return tuple(Parcel(name or str(before + at), shape) for at, shape in enumerate(shapes, 1))


def _left(kind: str, those: Sequence[object]) -> Said:
    return Said(left_out=(Note(f"intake.site.left.{kind}", {"count": len(those)}),)) if those else Said()
