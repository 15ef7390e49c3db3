"""Every declared layer is whole: columns a shapefile can hold, an owner, a source, documentation."""

from __future__ import annotations

import tomllib

import pytest
from places import ROOT

from layers.catalogue import CATALOGUE
from layers.layer import THEMES, Layer
from words.units import UNITS

EXPECTED = """
townships irrigation_districts industrial_parks pipeline_zones wastewater_plants reservoirs rivers water_users projects
urban_areas public_institutions residential_estates protection_zones water_mains reclaimed_mains roads green_spaces
car_wash_sites villages water_intakes waterworks supply_zones canals small_water_works scenic_areas
construction_projects elevation rainfall landcover soil_group
"""


def test_all_layers_of_the_programme_are_declared():
    assert set(EXPECTED.split()) <= set(CATALOGUE)


@pytest.mark.parametrize("layer", CATALOGUE.values(), ids=CATALOGUE)
def test_declaration_is_sound(layer: Layer):
    names = [field.name for field in layer.fields]
    columns = [field.column for field in layer.fields]
    assert len(set(names)) == len(names)
    assert len(set(columns)) == len(columns)
    assert set(layer.themes) <= set(THEMES)
    for field in layer.fields:
        assert field.unit is None or field.unit in UNITS, field
        assert field.refers_to is None or field.refers_to in CATALOGUE, field
        if layer.geometry not in ("raster", "table"):
            assert field.column.isascii()
            assert len(field.column) <= 10, field.column
    for part in (layer.label, layer.symbol_by):
        assert part is None or part in names


def test_every_layer_has_a_source_and_a_dictionary_entry():
    sources = tomllib.loads((ROOT / "data" / "sources.toml").read_text(encoding="utf-8"))
    dictionary = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert not [id_ for id_ in CATALOGUE if id_ not in sources]
    assert not [id_ for id_ in CATALOGUE if f"`{id_}`" not in dictionary]


def test_dictionary_is_what_the_declarations_say():
    from layers.dictionary import readme

    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == readme()
