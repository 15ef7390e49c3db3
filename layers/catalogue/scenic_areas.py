"""Scenic areas with visitors, water surfaces and greening."""

from __future__ import annotations

from layers.columns import GREEN, ID, NAME, OPERATOR, SUPPLIES, TOWNSHIP, USE
from layers.layer import Field, Layer

LAYER = Layer(
    id="scenic_areas",
    file="shapefiles/scenic_areas.shp",
    geometry="polygon",
    themes=("general", "reclaimed", "limits"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("grade", "grade", kind="choice", choices=("a5", "a4", "a3", "other")),
        Field("visitors_per_year", "visitors", kind="integer", unit="people", low=0),
        Field("area_m2", "area_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("water_area_m2", "water_m2", kind="number", unit="m2", low=0),
        GREEN,
        Field("source", "source", kind="choice", choices=SUPPLIES),
        USE,
        Field("world_heritage", "heritage", kind="boolean"),
        OPERATOR,
    ),
    owner="culture_tourism",
    label="name",
    symbol_by="grade",
)
