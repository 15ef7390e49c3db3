"""The look of a layer as QGIS reads it (QML, QGIS 3), so that a desk GIS shows what the atlas shows.

One symbol for the layer, or one per choice of its `symbol_by` field; names as labels with a halo. Sizes are in
millimetres, a screen pixel being 1/96 inch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from layers.layer import Layer
from maps.look.card import choice_words
from maps.look.style import INK, Style, style_of
from words import Language, text
from words.errors import AtlasError

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_MM_PER_PX = 25.4 / 96
_KINDS = {"polygon": "fill", "line": "line", "point": "marker"}
_MARKERS = {
    "circle": ("circle", 0),
    "square": ("square", 0),
    "diamond": ("diamond", 0),
    "triangle": ("triangle", 0),
    "pentagon": ("pentagon", 0),
    "star": ("star", 0),
    "cross": ("cross_fill", 0),
    "wedge": ("triangle", 180),
    "hexagon": ("hexagon", 0),
    "drop": ("right_half_triangle", 0),
}


def qml(layer: Layer, *, language: Language = "zh", headings: Mapping[str, str] | None = None) -> str:
    """The style of a vector layer as QML text, for features stored as people read them.

    `headings` names the stored column of a field, by default its label; choices are told apart by their words in
    `language`. Raises AtlasError `maps.print.not_on_map` for rasters and tables.
    """
    if layer.geometry not in _KINDS:
        raise AtlasError("maps.print.not_on_map", layer=layer.id)
    columns = {field.name: text(f"layers.{layer.id}.fields.{field.name}", language) for field in layer.fields}
    columns |= headings or {}
    labelled = layer.label is not None
    root = Element("qgis", version="3.34.0", styleCategories="Symbology|Labeling", labelsEnabled=str(int(labelled)))
    _add_renderer(root, layer, columns, language)
    if layer.label is not None:
        _add_labels(root, columns[layer.label])
    SubElement(root, "layerGeometryType").text = {"point": "0", "line": "1", "polygon": "2"}[layer.geometry]
    ElementTree.indent(root, " ")
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def areas_qml(kinds: Sequence[tuple[str, Style]], *, column: str | None = None) -> str:
    """A style for areas that are no declared layer: one look per value of `column`, or the first look for all."""
    root = Element("qgis", version="3.34.0", styleCategories="Symbology", labelsEnabled="0")
    common = {"symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    if column is None:
        renderer = SubElement(root, "renderer-v2", type="singleSymbol", **common)
        _add_symbol(SubElement(renderer, "symbols"), "0", "fill", kinds[0][1])
    else:
        renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr=column, **common)
        categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
        for n, (value, style) in enumerate(kinds):
            SubElement(categories, "category", render="true", symbol=str(n), value=value, label=value, type="string")
            _add_symbol(symbols, str(n), "fill", style)
    SubElement(root, "layerGeometryType").text = "2"
    ElementTree.indent(root, " ")
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_renderer(root: Element, layer: Layer, columns: Mapping[str, str], language: Language) -> None:
    look = style_of(layer)
    common = {"symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    if layer.symbol_by is None or not look.symbols:
        renderer = SubElement(root, "renderer-v2", type="singleSymbol", **common)
        _add_symbol(SubElement(renderer, "symbols"), "0", _KINDS[layer.geometry], look.base)
        return
    renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr=columns[layer.symbol_by], **common)
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    words = choice_words(layer, layer.field(layer.symbol_by), language)
    kinds = [(words[code], words[code], style) for code, style in look.symbols.items()]
    kinds.append(("", text("units.missing", language), look.base))
    for n, (value, label, style) in enumerate(kinds):
        SubElement(categories, "category", render="true", symbol=str(n), value=value, label=label, type="string")
        _add_symbol(symbols, str(n), _KINDS[layer.geometry], style)


def _add_symbol(symbols: Element, name: str, kind: str, style: Style) -> None:
    symbol = SubElement(symbols, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    make, known = {"fill": ("SimpleFill", _fill), "line": ("SimpleLine", _line), "marker": ("SimpleMarker", _marker)}[
        kind
    ]
    drawn = SubElement(symbol, "layer", {"class": make, "pass": "0", "locked": "0", "enabled": "1"})
    options = SubElement(drawn, "Option", type="Map")
    facts = known(style)
    for key, value in facts.items():
        SubElement(options, "Option", name=key, value=value, type="QString")
    for key, value in facts.items():  # QGIS before 3.26 reads these
        SubElement(drawn, "prop", k=key, v=value)


def _fill(style: Style) -> dict[str, str]:
    return {
        "color": _rgba(style.fill, style.fill_share),
        "style": "solid" if style.fill_share > 0 else "no",
        "outline_color": _rgba(style.stroke),
        "outline_style": _pen(style.dash),
        "outline_width": _mm(style.weight_px),
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }


def _line(style: Style) -> dict[str, str]:
    return {
        "line_color": _rgba(style.stroke),
        "line_style": "solid",
        "line_width": _mm(style.weight_px),
        "line_width_unit": "MM",
        "capstyle": "flat" if style.dash else "round",
        "joinstyle": "round",
        "use_custom_dash": "1" if style.dash else "0",
        "customdash": ";".join(_mm(length) for length in _even(style.dash)) or "5;2",
        "customdash_unit": "MM",
    }


def _marker(style: Style) -> dict[str, str]:
    name, angle = _MARKERS.get(style.shape, _MARKERS["circle"])
    return {
        "name": name,
        "angle": str(angle),
        "color": _rgba(style.fill),
        "outline_color": _rgba(style.stroke),
        "outline_style": "solid",
        "outline_width": _mm(style.weight_px),
        "outline_width_unit": "MM",
        "size": _mm(2 * style.size_px),
        "size_unit": "MM",
    }


def _add_labels(root: Element, column: str) -> None:
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    written = SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontFamily="Noto Sans CJK SC",
        fontSize="8",
        fontSizeUnit="Point",
        textColor=_rgba(INK),
    )
    halo = {"bufferDraw": "1", "bufferSize": "0.8", "bufferSizeUnits": "MM", "bufferColor": "255,255,255,255"}
    SubElement(written, "text-buffer", **halo)
    SubElement(settings, "rendering", scaleVisibility="0", obstacle="1", drawLabels="1")


def _even(dash: Sequence[int]) -> Sequence[int]:
    return dash if len(dash) % 2 == 0 else (*dash, *dash)


def _pen(dash: Sequence[int]) -> str:
    if not dash:
        return "solid"
    return "dot" if dash[0] <= 2 else "dash dot" if len(dash) >= 4 else "dash"


def _mm(pixels: float) -> str:
    return f"{pixels * _MM_PER_PX:.3g}"


def _rgba(colour: str, share: float = 1.0) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"{red},{green},{blue},{round(share * 255)}"
