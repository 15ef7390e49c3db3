"""Visitors of a scenic area by month."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="scenic_visitors",
    file="tables/scenic_visitors.csv",
    geometry="table",
    once=("scenic_area", "year", "month"),
    themes=("users",),
    fields=(
        Field("scenic_area", "scenic", "code", required=True, refers_to="scenic_areas"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("month", "month", "integer", low=1, high=12, required=True),
        Field("visitors", "visitors", "integer", unit="people", low=0),
    ),
    owner="culture_tourism",
)
