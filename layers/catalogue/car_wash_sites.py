"""Car washes with method, daily cars and source."""

from __future__ import annotations

from layers.columns import ID, NAME, OPERATOR, SUPPLIES, TOWNSHIP, USE
from layers.layer import Field, Layer

LAYER = Layer(
    id="car_wash_sites",
    file="shapefiles/car_wash_sites.shp",
    geometry="point",
    themes=("users", "reclaimed"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("method", "method", kind="choice", choices=("high_pressure", "recycled", "wipe")),
        Field("bays", "bays", kind="integer", unit="count", low=0),
        Field("cars_per_day", "cars_day", kind="integer", unit="count", low=0),
        Field("buses", "buses", kind="boolean"),
        Field("source", "source", kind="choice", choices=SUPPLIES),
        USE,
        Field("registered", "registered", kind="date"),
        OPERATOR,
    ),
    owner="urban_management",
    label="name",
    symbol_by="method",
)
