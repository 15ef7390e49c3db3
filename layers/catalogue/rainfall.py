"""Mean annual rainfall."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="rainfall",
    file="rasters/rainfall.tif",
    geometry="raster",
    themes=("rain",),
    fields=(Field("rainfall_mm", "value", kind="number", unit="mm_per_year", low=0, high=12000),),
    shelf_life_years=30.0,  # ground and climate change slowly
)
