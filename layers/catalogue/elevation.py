"""Ground elevation as a digital elevation model."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="elevation",
    file="rasters/elevation.tif",
    geometry="raster",
    themes=("general",),
    fields=(Field("elevation_m", "value", kind="number", unit="m", low=-500, high=9000),),
    owner="planning",
    shelf_life_years=30.0,  # ground and climate change slowly
)
