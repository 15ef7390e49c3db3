"""Product of a township by year, at current prices."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="economy",
    file="tables/economy.csv",
    geometry="table",
    once=("township", "year"),
    themes=("general",),
    fields=(
        Field("township", "township", "code", required=True, refers_to="townships"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("gdp_yuan", "gdp_wy", "number", unit="yuan_as_wan_yuan", file_unit="wan_yuan"),
        Field("industrial_added_yuan", "ind_wy", "number", unit="yuan_as_wan_yuan", file_unit="wan_yuan"),
        Field("gdp_index", "gdp_index", "number", unit="ratio", low=0),
        Field("industrial_index", "ind_index", "number", unit="ratio", low=0),
    ),
    owner="statistics",
)
