"""What a source gives at a guarantee, and what of it is spoken for."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="source_yields",
    file="tables/source_yields.csv",
    geometry="table",
    once=("source", "guarantee_share"),
    themes=("network", "limits"),
    fields=(
        Field("source", "source", "code", required=True),
        Field(
            "source_layer", "source_layer", "choice", choices=("reservoirs", "rivers", "water_intakes"), required=True
        ),
        Field("guarantee_share", "guar_pct", "number", unit="share", file_unit="percent", low=0, high=1, required=True),
        Field("yield_m3_per_year", "yield_wm3", "number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("allocated_m3_per_year", "alloc_wm3", "number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("ecological_m3_per_year", "eco_wm3", "number", unit="m3_per_year", file_unit="wan_m3", low=0),
    ),
    owner="water",
)
