"""Waterworks with capacity, supply, source and the head they deliver."""

from __future__ import annotations

from layers.columns import BUILT_YEAR, ELEVATION, ID, NAME, OPERATOR, PEOPLE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="waterworks",
    file="shapefiles/waterworks.shp",
    geometry="point",
    themes=("network",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("level", "level", kind="choice", choices=("urban", "town", "village")),
        Field("capacity_m3_per_day", "cap_m3d", kind="number", unit="m3_per_day", low=0),
        Field("supply_m3_per_day", "sup_m3d", kind="number", unit="m3_per_day", low=0),
        Field("intake", "intake", kind="code", refers_to="water_intakes"),
        Field("outlet_pressure_mpa", "press_mpa", kind="number", unit="mpa", low=0, high=4),
        ELEVATION,
        PEOPLE,
        Field("process", "process", kind="choice", choices=("conventional", "advanced", "membrane", "slow_sand")),
        BUILT_YEAR,
        OPERATOR,
    ),
    owner="urban_management",
    label="name",
    symbol_by="level",
)
