"""Roads and streets, cut at township borders and at junctions so that they form a network."""

from __future__ import annotations

from layers.columns import APPROVED, ID, LENGTH, NAME, PROGRESS, RAIN_STORAGE, RENOVATION, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="roads",
    file="shapefiles/roads.shp",
    geometry="line",
    themes=("general", "rain"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field(
            "level",
            "level",
            kind="choice",
            choices=("expressway", "national", "provincial", "county", "township", "street"),
        ),
        Field("surface", "surface", kind="choice", choices=("asphalt", "concrete", "gravel", "earth")),
        Field("width_m", "width_m", kind="number", unit="m", low=1, high=100),
        LENGTH,
        Field("urban", "urban", kind="boolean"),
        Field("swept", "swept", kind="boolean"),
        Field("status", "status", kind="choice", choices=PROGRESS),
        Field("works_status", "works", kind="choice", choices=RENOVATION),
        Field("works_year", "works_year", kind="integer", unit="year", low=1990, high=2100),
        APPROVED,
        RAIN_STORAGE,
        Field("from_node", "from_node"),
        Field("to_node", "to_node"),
    ),
    owner="transport",
    label="name",
    symbol_by="level",
)
