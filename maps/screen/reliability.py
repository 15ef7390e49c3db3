"""Projects as points on the map of the district, classed by how reliably they serve: shape and colour and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from maps.look.legend import symbol
from maps.look.style import PAPER, VERDICT_COLOURS, Style
from words import Language, text
from words.units import quantity

ENDS = (0.5, 0.7, 0.9)  # upper ends of all classes but the last, shares of demand served
CLASSES: tuple[tuple[str, str, str], ...] = (
    ("low", "triangle", VERDICT_COLOURS["red"]),
    ("fair", "diamond", VERDICT_COLOURS["orange"]),
    ("good", "square", VERDICT_COLOURS["yellow"]),
    ("high", "circle", VERDICT_COLOURS["green"]),
    ("unknown", "cross", VERDICT_COLOURS["grey"]),
)
SIZE_PX = 4.6


def class_of(share: float | None) -> str:
    """The class of a reliability 0–1: low, fair, good or high; unknown for none."""
    if share is None:
        return "unknown"
    return CLASSES[sum(share >= end for end in ENDS)][0]


def reliability_points(
    projects: gpd.GeoDataFrame, shares: Mapping[str, float | None], *, language: Language
) -> dict[str, Any]:
    """The `points` of a district map: every project of `projects` (columns id, name; any CRS) that is in `shares`."""
    kept = projects[projects["id"].isin(shares.keys()) & projects.geometry.notna()]
    places = kept.geometry.to_crs(4490)
    order = [name for name, _, _ in CLASSES]
    items = [
        {
            "key": id_,
            "name": name if isinstance(name, str) else id_,
            "at": (round(place.x, 5), round(place.y, 5)),
            "class": order.index(class_of(shares[id_])),
            "shown": "" if shares[id_] is None else quantity(shares[id_], "share", language),
        }
        for id_, name, place in zip(kept["id"], kept["name"], places, strict=True)
    ]
    heads = [
        {
            "label": text(f"rainwater.page.reliability.{name}", language),
            "style": symbol(
                Style(stroke=PAPER, fill=colour, weight_px=1.0, fill_share=1.0, shape=shape, size_px=SIZE_PX)
            ),
        }
        for name, shape, colour in CLASSES
        if name != "unknown" or any(share is None for share in shares.values())
    ]
    title = text("rainwater.page.reliability.title", language)
    return {"layer": "projects", "title": title, "classes": heads, "items": items}
