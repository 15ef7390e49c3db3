"""Areas supplied by one waterworks, with its people, connections and spare capacity."""

from __future__ import annotations

from layers.columns import ID, NAME, OPERATOR, PEOPLE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="supply_zones",
    file="shapefiles/supply_zones.shp",
    geometry="polygon",
    themes=("network",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("waterworks", "waterworks", kind="code", refers_to="waterworks"),
        PEOPLE,
        Field("households", "household", kind="integer", unit="households", low=0),
        Field("connections", "connects", kind="integer", unit="count", low=0),
        Field("pressure_mpa", "press_mpa", kind="number", unit="mpa", low=0, high=4),
        Field("household_metered_share", "hmeter_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("spare_m3_per_day", "spare_m3d", kind="number", unit="m3_per_day", low=0),
        OPERATOR,
    ),
    owner="urban_management",
    label="name",
)
