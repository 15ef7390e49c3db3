"""Water use of a year by township, source and sector, as the bulletin counts it."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="water_use",
    file="tables/water_use.csv",
    geometry="table",
    once=("township", "year", "source", "sector"),
    themes=("general", "users"),
    fields=(
        Field("township", "township", "code", required=True, refers_to="townships"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field(
            "source",
            "source",
            "choice",
            choices=("surface", "groundwater", "reclaimed", "rain", "mine_water"),
            required=True,
        ),
        Field(
            "sector",
            "sector",
            "choice",
            choices=("agriculture", "industry", "urban_domestic", "rural_domestic", "services", "ecology"),
            required=True,
        ),
        Field("volume_m3", "vol_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0, required=True),
    ),
    owner="water",
)
