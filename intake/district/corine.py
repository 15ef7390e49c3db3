"""CORINE Land Cover classes (nomenclature of the European Environment Agency) as surfaces of the atlas."""

from __future__ import annotations

SURFACE_OF_CORINE: dict[str, str] = {
    "111": "urban", "112": "urban", "121": "urban", "122": "road_hard", "123": "urban", "124": "road_hard",
    "131": "bare_rock", "132": "bare_rock", "133": "urban", "141": "shrub_grass", "142": "shrub_grass",
    "211": "dry_cropland", "212": "dry_cropland", "213": "paddy", "221": "orchard", "222": "orchard",
    "223": "orchard", "231": "shrub_grass", "241": "dry_cropland", "242": "dry_cropland", "243": "dry_cropland",
    "244": "orchard", "311": "forest", "312": "forest", "313": "forest", "321": "shrub_grass", "322": "shrub_grass",
    "323": "shrub_grass", "324": "forest", "331": "bare_rock", "332": "bare_rock", "333": "shrub_grass",
    "334": "bare_rock", "335": "water", "411": "water", "412": "water", "421": "water", "422": "water",
    "423": "water", "511": "water", "512": "water", "521": "water", "522": "water", "523": "water",
}  # fmt: skip
CODE_COLUMNS = ("CODE_18", "CODE_12", "CODE_06", "CLC_CODE", "clc_code")
