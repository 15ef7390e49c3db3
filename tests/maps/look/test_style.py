"""Every layer has a look; kinds differ without colour; colours keep their one meaning."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from places import ROOT

from layers.catalogue import CATALOGUE
from maps.look.legend import symbol
from maps.look.style import CHOICES, LOOKS, RENEWAL, SHAPES, THEME_COLOURS, ramp, style_of
from maps.screen.furniture import layer_head
from maps.screen.prepared import map_layers
from maps.screen.reclaimed_pipes import NETWORK_NODES, NETWORK_PIPES


@pytest.mark.parametrize("layer", map_layers(), ids=lambda layer: layer.id)
def test_every_map_layer_has_a_look(layer):
    look = style_of(layer)
    for style in (look.base, *look.symbols.values()):
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", style.stroke)
        assert style.shape in SHAPES
        assert style.weight_px > 0
        assert 0 <= style.fill_share <= 1


@pytest.mark.parametrize("layer", map_layers(), ids=lambda layer: layer.id)
def test_kinds_differ_in_more_than_colour_where_they_are_few(layer):
    seen = [(s.shape, s.dash, s.weight_px, s.fill_share) for s in style_of(layer).symbols.values()]
    if len(seen) <= 6:
        assert len(set(seen)) == len(seen)


def test_reclaimed_water_is_violet_and_renewal_amber():
    assert style_of(CATALOGUE["reclaimed_mains"]).base.stroke == THEME_COLOURS["reclaimed"]
    assert style_of(CATALOGUE["projects"]).symbols["reclaimed"].fill == THEME_COLOURS["reclaimed"]
    assert style_of(CATALOGUE["urban_areas"]).symbols["renewal"].fill == RENEWAL


def test_the_table_of_looks_names_declared_layers_and_choices():
    declared = {**CATALOGUE, **{layer.id: layer for layer in (NETWORK_PIPES, NETWORK_NODES)}}
    assert set(LOOKS) <= set(declared)
    for layer, choice in CHOICES:
        assert choice in declared[layer].field(declared[layer].symbol_by).choices


@pytest.mark.parametrize("layer", map_layers(), ids=lambda layer: layer.id)
def test_map_legend_and_card_of_a_layer_read_one_look(layer):
    look, head = style_of(layer), layer_head(layer, "zh")
    assert head["style"] == symbol(look.base)
    told = {one["code"]: {**head["style"], **one["style"]} for one in head["symbols"]}
    assert told == {code: symbol(style) for code, style in look.symbols.items()}


def test_no_colour_is_written_in_the_code_of_the_screen():
    written = {
        str(path.relative_to(ROOT)): found
        for path in (ROOT / "app").rglob("*.py")
        if (found := re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")))
    }
    assert not written


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("theme", THEME_COLOURS)
def test_a_ramp_darkens_step_by_step_in_grey(theme):
    greys = [_grey(colour) for colour in ramp(THEME_COLOURS[theme], 5)]
    assert all(a - b > 15 for a, b in pairwise(greys))


def test_a_ramp_of_one_class_is_one_colour():
    assert len(ramp("#2E6DA4", 1)) == 1
