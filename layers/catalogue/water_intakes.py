"""Water intakes of every kind, mine-water points included."""

from __future__ import annotations

from layers.columns import ELEVATION, ID, NAME, PEOPLE, TOWNSHIP, USE
from layers.layer import Field, Layer

LAYER = Layer(
    id="water_intakes",
    file="shapefiles/water_intakes.shp",
    geometry="point",
    themes=("network", "limits"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field(
            "kind", "kind", kind="choice", choices=("river", "reservoir", "well", "spring", "geothermal", "mine_water")
        ),
        Field(
            "use", "use", kind="choice", choices=("domestic", "industry", "irrigation", "service", "power", "multiple")
        ),
        Field("drinking_source", "drinking", kind="boolean"),
        Field("centralised", "central", kind="boolean"),
        PEOPLE,
        Field("permit_number", "permit_no"),
        Field("permit_from", "permit_fr", kind="date"),
        Field("permit_to", "permit_to", kind="date"),
        Field("permitted_m3_per_year", "permit_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        USE,
        Field("river", "river", kind="code", refers_to="rivers"),
        Field("reservoir", "reservoir", kind="code", refers_to="reservoirs"),
        Field("metered", "metered", kind="boolean"),
        Field("online_meter", "online", kind="boolean"),
        ELEVATION,
    ),
    label="name",
    symbol_by="kind",
)
