"""Hydrologic soil group A–D, stored as 1–4."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="soil_group",
    file="rasters/soil_group.tif",
    geometry="raster",
    themes=("rain",),
    fields=(Field("group", "value", kind="choice", choices=("1", "2", "3", "4")),),
    owner="agriculture",
    shelf_life_years=30.0,  # ground and climate change slowly
)
