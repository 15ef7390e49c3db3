"""What a wastewater plant owes its river each month."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="ecological_flow",
    file="tables/ecological_flow.csv",
    geometry="table",
    once=("plant", "month"),
    themes=("reclaimed", "limits"),
    fields=(
        Field("plant", "plant", "code", required=True, refers_to="wastewater_plants"),
        Field("month", "month", "integer", low=1, high=12, required=True),
        Field("flow_m3_per_day", "eco_m3d", "number", unit="m3_per_day", low=0),
    ),
    owner="environment",
)
