"""Supply, registered use, pressure and breaks of a pipeline zone by year."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="zone_supply",
    file="tables/zone_supply.csv",
    geometry="table",
    once=("zone", "year"),
    themes=("network",),
    fields=(
        Field("zone", "zone", "code", required=True, refers_to="pipeline_zones"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("supplied_m3", "sup_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("registered_m3", "reg_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("household_metered_share", "hmeter_pct", "number", unit="share", file_unit="percent", low=0, high=1),
        Field("pressure_mpa", "press_mpa", "number", unit="mpa", low=0, high=4),
        Field("breaks", "breaks", "number", unit="count", low=0),
        Field("complaints", "complaints", "number", unit="count", low=0),
    ),
    owner="urban_management",
)
