"""Water used in the stream: hydropower, navigation and flow kept for the river, apart from off-stream use."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="in_stream_use",
    file="tables/in_stream_use.csv",
    geometry="table",
    once=("township", "year", "kind", "river"),
    themes=("general", "users"),
    fields=(
        Field("township", "township", "code", required=True, refers_to="townships"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field(
            "kind",
            "kind",
            "choice",
            choices=("hydropower", "navigation", "ecological_flow", "recreation"),
            required=True,
        ),
        Field("river", "river", "code", refers_to="rivers"),
        Field("volume_m3", "vol_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0, required=True),
    ),
    owner="water",
)
