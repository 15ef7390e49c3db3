"""Map pictures without a browser: one township, or the district by an indicator, as PNG ready for print.

Drawn by matplotlib's objects, one at a time; it is loaded only when the first picture is asked for. Measures are those
of a sheet 297 mm wide: the picture's pixels decide its sharpness, not its layout.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from layers.catalogue import CATALOGUE
from layers.district import District
from layers.layer import Layer
from maps.look.evidence import Evidence
from words import Language, text
from words.errors import AtlasError

_VECTORS = ("polygon", "line", "point")
_ONE_AT_A_TIME = threading.Lock()  # matplotlib's fonts are shared between threads


def township_png(
    district: District,
    code: str,
    *,
    layers: Sequence[str] | None = None,
    language: Language = "zh",
    edition_line: str | None = None,
    width_px: int = 1600,
    height_px: int = 1130,
) -> bytes:
    """The map of one township as PNG.

    `layers` are ids of vector layers; absent ones are passed over, broken ones named; by default those of the
    theme 总貌. `edition_line` is the 审图号 or 内部资料 line (words by default). AtlasError `errors.unknown_township`,
    `maps.print.not_on_map` for a layer that is no vector layer, `maps.print.font_missing`, `maps.print.glyph_missing`.
    """
    township = district.township(code)
    chosen = default_layers(district) if layers is None else [_vector(layer) for layer in layers]
    shown = [layer for layer in chosen if layer.id != "townships"]
    edition = text("maps.edition", language) if edition_line is None else edition_line
    with _ONE_AT_A_TIME:
        from maps.printed.township import draw_township

        return draw_township(
            district,
            township,
            layers=shown,
            language=language,
            edition=edition,
            width_px=width_px,
            height_px=height_px,
        )


def district_png(
    district: District,
    values: Mapping[str, float | None],
    *,
    indicator_name: str,
    unit: str | None,
    language: Language = "zh",
    breaks: Sequence[float] | None = None,
    theme: str = "network",
    layers: Sequence[str] = ("townships",),
    edition_line: str | None = None,
    width_px: int = 1600,
    height_px: int = 1130,
) -> bytes:
    """The district by township as PNG: `values` (inside unit) by code in fixed classes, hatched where unknown.

    `breaks` are ascending upper class ends in the inside unit (`maps.look.classes`), by default round ones over the
    values; `theme` gives the colour; `layers` are those the values come from, for the source line and 示意 mark.
    """
    edition = text("maps.edition", language) if edition_line is None else edition_line
    with _ONE_AT_A_TIME:
        from maps.printed.district import Choropleth, draw_district

        shown = Choropleth(values, name=indicator_name, unit=unit, breaks=breaks, theme=theme, layers=tuple(layers))
        return draw_district(
            district, shown, language=language, edition=edition, width_px=width_px, height_px=height_px
        )


def site_png(
    district: District,
    site: BaseGeometry,
    *,
    title: str,
    evidence: Sequence[Evidence] = (),
    others: Sequence[BaseGeometry] = (),
    language: Language = "zh",
    edition_line: str | None = None,
    width_px: int = 1900,
    height_px: int = 1120,
) -> bytes:
    """The place of a proposed project (district's metric CRS) with what it meets, as PNG.

    `evidence` is drawn in the colours of its verdicts, `others` are better places, numbered in their order.
    AtlasError `maps.print.font_missing`, `maps.print.glyph_missing`.
    """
    edition = text("maps.edition", language) if edition_line is None else edition_line
    with _ONE_AT_A_TIME:
        from maps.printed.site import draw_site

        return draw_site(
            district,
            site,
            title=title,
            evidence=evidence,
            others=others,
            language=language,
            edition=edition,
            width_px=width_px,
            height_px=height_px,
        )


def default_layers(district: District) -> list[Layer]:
    """The vector layers of the theme 总貌 that the district has, broken or not: what a picture shows unless told."""
    present = (CATALOGUE[layer] for layer in (*district.frames, *district.broken) if layer in CATALOGUE)
    return [layer for layer in present if layer.geometry in _VECTORS and "general" in layer.themes]


def _vector(layer_id: str) -> Layer:
    layer = CATALOGUE.get(layer_id)
    if layer is None or layer.geometry not in _VECTORS:
        raise AtlasError("maps.print.not_on_map", layer=layer_id)
    return layer
