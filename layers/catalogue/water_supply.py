"""Water supplied in a year by township and source, from meters and works, apart from use by sector."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="water_supply",
    file="tables/water_supply.csv",
    geometry="table",
    once=("township", "year", "source"),
    themes=("general",),
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
        Field("volume_m3", "vol_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0, required=True),
        Field("metered_share", "meter_pct", "number", unit="share", file_unit="percent", low=0, high=1),
    ),
    owner="water",
)
