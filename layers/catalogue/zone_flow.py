"""Flow into a metered pipeline zone by the hour, from which night flow is read."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="zone_flow",
    file="tables/zone_flow.csv",
    geometry="table",
    once=("zone", "day", "hour"),
    themes=("network",),
    fields=(
        Field("zone", "zone", "code", required=True, refers_to="pipeline_zones"),
        Field("day", "day", "date", required=True),
        Field("hour", "hour", "integer", low=0, high=23, required=True),
        Field("flow_m3_per_hour", "flow_m3h", "number", unit="m3_per_hour", low=0),
    ),
    owner="urban_management",
)
