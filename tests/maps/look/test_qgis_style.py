"""QML that QGIS 3 reads: valid XML, the colours of the atlas, one symbol per choice."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from layers.catalogue import CATALOGUE
from maps.look.qgis_style import qml
from maps.look.style import style_of
from words import LANGUAGES, Language
from words.errors import AtlasError

VECTORS = [layer for layer in CATALOGUE.values() if layer.geometry in ("polygon", "line", "point")]


def _rgba(colour: str, share: float = 1.0) -> str:
    return ",".join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5)) + f",{round(share * 255)}"


def _options(root: ElementTree.Element, symbol: str) -> dict[str, str]:
    found = root.findall(f".//symbol[@name='{symbol}']/layer/Option/Option")
    return {option.get("name", ""): option.get("value", "") for option in found}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", VECTORS, ids=lambda layer: layer.id)
def test_every_layer_has_a_whole_style(layer, language: Language):
    root = ElementTree.fromstring(qml(layer, language=language))
    assert root.tag == "qgis"
    renderer = root.find("renderer-v2")
    assert renderer is not None
    used = [category.get("symbol") for category in renderer.iter("category")] or ["0"]
    drawn = [symbol.get("name") for symbol in renderer.iter("symbol")]
    assert used == drawn
    kind = {"polygon": "fill", "line": "line", "point": "marker"}[layer.geometry]
    assert {symbol.get("type") for symbol in renderer.iter("symbol")} == {kind}


def test_a_layer_with_kinds_is_categorised_by_their_words():
    root = ElementTree.fromstring(qml(CATALOGUE["rivers"]))
    renderer = root.find("renderer-v2")
    assert renderer is not None
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "等级")
    assert [category.get("value") for category in renderer.iter("category")] == ["干流", "一级支流", "溪沟", ""]


def test_headings_of_the_file_are_followed():
    root = ElementTree.fromstring(qml(CATALOGUE["rivers"], headings={"rank": "河流等级", "name": "河名"}))
    assert root.find("renderer-v2").get("attr") == "河流等级"
    assert root.find(".//text-style").get("fieldName") == "河名"


def test_fill_and_outline_are_the_colours_of_the_atlas():
    layer = CATALOGUE["urban_areas"]
    style = style_of(layer).symbols["new_district"]
    found = _options(ElementTree.fromstring(qml(layer)), "1")
    assert found["color"] == _rgba(style.fill, style.fill_share)
    assert found["outline_color"] == _rgba(style.stroke)


def test_sizes_are_millimetres_of_a_96_dpi_screen():
    layer = CATALOGUE["villages"]
    style = style_of(layer).symbols["village"]
    found = _options(ElementTree.fromstring(qml(layer)), "0")
    assert float(found["size"]) == pytest.approx(2 * style.size_px * 25.4 / 96, rel=0.01)
    assert found["size_unit"] == "MM"


def test_a_dashed_line_keeps_its_dash():
    layer = CATALOGUE["reclaimed_mains"]
    root = ElementTree.fromstring(qml(layer))
    dashed = [_options(root, str(n)) for n, style in enumerate(style_of(layer).symbols.values()) if style.dash]
    assert dashed
    assert all(found["use_custom_dash"] == "1" and ";" in found["customdash"] for found in dashed)


def test_old_qgis_reads_the_same_facts():
    root = ElementTree.fromstring(qml(CATALOGUE["rivers"]))
    drawn = root.find(".//symbol[@name='0']/layer")
    assert {prop.get("k"): prop.get("v") for prop in drawn.findall("prop")} == _options(root, "0")


def test_a_raster_or_table_has_no_style_of_this_kind():
    for layer in ("elevation", "water_use"):
        with pytest.raises(AtlasError, match=r"print\.not_on_map"):
            qml(CATALOGUE[layer])
