"""Land cover in the ten classes that runoff and routing tell apart."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="landcover",
    file="rasters/landcover.tif",
    geometry="raster",
    themes=("general", "rain"),
    fields=(Field("cover", "value", kind="choice", choices=("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")),),
    owner="planning",
)
