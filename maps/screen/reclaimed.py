"""The map of a reclaimed-water network: plants and users by suitability, the chosen pipes with their flow as width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import geopandas as gpd

from layers.layer import Status
from maps.look.legend import symbol
from maps.look.style import PAPER, THEME_COLOURS, VERDICT_COLOURS, Style
from maps.screen.furniture import district_name, status_mark
from maps.screen.hillshade import Picture
from maps.screen.page import page
from maps.screen.prepared import Prepared
from maps.screen.township import ASSETS, common, picture_of
from words import Language, text
from words.markup import script_json
from words.units import label, number

PIPES, PLANTS, USERS = "network_pipes", "wastewater_plants", "reclaimed_users"
FLOW_ENDS = (10_000.0, 50_000.0, 200_000.0, 500_000.0)  # m³ a year, upper ends of all classes but the last
WIDTHS_PX = (1.6, 2.6, 3.8, 5.2, 7.0)
VERDICTS: tuple[tuple[str, str, str], ...] = (
    ("ok", "circle", VERDICT_COLOURS["green"]),
    ("polish", "square", VERDICT_COLOURS["yellow"]),
    ("upgrade", "triangle", VERDICT_COLOURS["orange"]),
    ("unknown", "cross", VERDICT_COLOURS["grey"]),
)
WORKS: tuple[tuple[str, str, str], ...] = (
    ("station", "diamond", "#1D2B33"),
    ("reducing_valve", "wedge", "#B0487A"),
)
_STRAIGHT_M = 60.0


@dataclass(frozen=True)
class Point:
    """A plant, user, station or valve on the map: lon and lat, verdict or kind, and the lines its name is shown with.

    `chosen` tells whether the network takes it in.
    """

    key: str
    name: str
    place: tuple[float, float]
    verdict: str
    lines: tuple[str, ...] = ()
    chosen: bool = True


def flow_class(m3_per_year: float) -> int:
    """The class of a flow; a flow on a break belongs to the class above."""
    return sum(m3_per_year >= end for end in FLOW_ENDS)


def network_map(
    prepared: Prepared,
    *,
    plants: Sequence[Point],
    users: Sequence[Point],
    works: Sequence[Point] = (),
    pipes: gpd.GeoDataFrame | None,
    pipe_lines: Mapping[str, Sequence[str]] | None = None,
    title: str,
    warning: str,
    language: Language = "zh",
    base: str | Picture | None = None,
    assets: str = ASSETS,
    edition_line: str | None = None,
    source: str = "",
    as_of: str = "",
    status: Status | None = None,
    layers: Sequence[str] = (),
) -> str:
    """The map as a complete HTML document; a clicked pipe, plant or user is told to the page that holds it.

    `works` are stations and reducing valves by the id of the pipe they stand on; a click opens that pipe.
    `pipes` has `id`, `dn`, `m3_per_year` and lines in any CRS, none for no network yet; `pipe_lines` says more of each
    by id. `warning` is what every drawing of reclaimed pipes must say; `layers` are those it is drawn
    from, named where they are broken.
    """
    shared = common(prepared, layers, language=language, edition_line=edition_line)
    said = {"source": {"issuer": source, "date": as_of}} if source else {}
    head: dict[str, Any] = {
        "kind": "network",
        "title": title,
        "subtitle": text("reclaimed.map.subtitle", language, district=district_name(prepared, language)),
        "warning": warning,
        "places": [
            {"code": place.code, "name": place.name, "short": place.short_name, "point": place.point}
            for place in prepared.places.values()
        ],
        "pipes": _pipes(pipes, pipe_lines or {}, language),
        "plants": _set(plants, PLANTS, language, size_px=5.6),
        "users": _set(users, USERS, language, size_px=3.4),
        "works": _set(works, PIPES, language, size_px=4.2, kinds=WORKS),
        "tianditu": None,
        "picture": picture_of(prepared, base),
        **shared,
    }
    head["grounds"] = [*shared["grounds"], {**said, "mark": status_mark(status, language)}]
    data = f'{script_json(head)[:-1]},"overview":{prepared.overview},"streams":{prepared.streams}}}'
    return page(data, assets=assets)


def _set(
    points: Sequence[Point], layer: str, language: Language, *, size_px: float,
    kinds: Sequence[tuple[str, str, str]] = VERDICTS,
) -> dict[str, Any]:  # fmt: skip
    verdicts, group = kinds is VERDICTS, "verdicts" if kinds is VERDICTS else "map.works"
    order = [name for name, _, _ in kinds]
    used = {point.verdict for point in points}
    classes = [
        {
            "label": text(f"reclaimed.{group}.{name}", language),
            "style": symbol(
                Style(stroke=PAPER, fill=colour, weight_px=1.0, fill_share=1.0, shape=shape, size_px=size_px)
            ),
            "used": name in used,
        }
        for name, shape, colour in kinds
    ]
    return {
        "layer": layer,
        "title": text(f"reclaimed.map.{layer if verdicts else 'works_title'}", language),
        "note": text("reclaimed.map.hollow", language) if any(not point.chosen for point in points) else "",
        "classes": classes,
        "items": [
            {
                "key": point.key,
                "name": point.name,
                "short": point.name,
                "at": (round(point.place[1], 5), round(point.place[0], 5)),
                "class": order.index(point.verdict),
                "lines": list(point.lines),
                "hollow": not point.chosen,
            }
            for point in sorted(points, key=lambda point: point.chosen)
        ],
    }


def _pipes(pipes: gpd.GeoDataFrame | None, lines: Mapping[str, Sequence[str]], language: Language) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    if pipes is not None and len(pipes):
        shapes = pipes.geometry.simplify(_STRAIGHT_M).to_crs(4490)
        items = [
            {
                "key": str(id_),
                "name": f"DN{dn}",
                "class": flow_class(float(flow)),
                "lines": list(lines.get(str(id_), ())),
                "at": [(round(y, 5), round(x, 5)) for x, y in shape.coords],
            }
            for id_, dn, flow, shape in zip(pipes["id"], pipes["dn"], pipes["m3_per_year"], shapes, strict=True)
        ]
    return {
        "layer": PIPES,
        "title": text("reclaimed.map.pipes", language, unit=label("m3_per_year", language)),
        "colour": THEME_COLOURS["reclaimed"],
        "classes": [
            {"label": words, "width": width} for words, width in zip(_labels(language), WIDTHS_PX, strict=True)
        ],
        "items": items,
    }


def _labels(language: Language) -> Iterable[str]:
    ends = [number(end, "m3_per_year", language) for end in FLOW_ENDS]
    yield text("maps.class_below", language, high=ends[0])
    for low, high in pairwise(ends):
        yield text("maps.class_between", language, low=low, high=high)
    yield text("maps.class_above", language, low=ends[-1])
