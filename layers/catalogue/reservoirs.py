"""Reservoirs with their volumes and levels, drawn at normal level."""

from __future__ import annotations

from layers.columns import BUILT_YEAR, ID, NAME, OPERATOR, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="reservoirs",
    file="shapefiles/reservoirs.shp",
    geometry="polygon",
    themes=("general", "irrigation", "network"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("size", "size", kind="choice", choices=("large", "medium", "small_1", "small_2")),
        Field("use", "use", kind="choice", choices=("irrigation", "supply", "power", "flood", "multiple")),
        Field("total_m3", "total_wm3", kind="number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("useful_m3", "useful_wm3", kind="number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("dead_m3", "dead_wm3", kind="number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("normal_level_m", "normal_m", kind="number", unit="m", low=-500, high=9000),
        Field("dam_height_m", "dam_h_m", kind="number", unit="m", low=0, high=400),
        Field("basin_area_m2", "basin_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("drinking_source", "drinking", kind="boolean"),
        Field("ecological_flow_m3_per_s", "eco_m3s", kind="number", unit="m3_per_s", low=0),
        BUILT_YEAR,
        OPERATOR,
    ),
    label="name",
    symbol_by="size",
)
