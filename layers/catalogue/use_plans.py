"""Planned and actual use of a customer by year."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="use_plans",
    file="tables/use_plans.csv",
    geometry="table",
    once=("user", "year"),
    themes=("users",),
    fields=(
        Field("user", "user", "code", required=True, refers_to="water_users"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("plan_m3", "plan_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("actual_m3", "actual_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
    ),
    owner="water",
)
