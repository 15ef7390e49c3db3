"""Ground that speaks for a siting verdict, as screen and paper draw it: colour by verdict, number by check."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from maps.look.style import INK, VERDICT_COLOURS

VERDICT_HUES = {
    verdict: VERDICT_COLOURS[hue]
    for verdict, hue in (
        ("prohibited", "red"),
        ("restricted", "orange"),
        ("study", "yellow"),
        ("clear", "green"),
        ("unknown", "grey"),
    )
}
SITE_HUES = {"stroke": INK, "fill": "#FFFFFF"}


@dataclass(frozen=True)
class Evidence:
    """Ground that speaks for a verdict: its check's number, and the shape in the district's metric CRS."""

    number: int
    verdict: str
    shape: BaseGeometry
