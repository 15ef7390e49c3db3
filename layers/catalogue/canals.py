"""Canals of irrigation districts with lining and flow, drawn downstream."""

from __future__ import annotations

from layers.columns import BUILT_YEAR, ID, LENGTH, NAME, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="canals",
    file="shapefiles/canals.shp",
    geometry="line",
    themes=("irrigation",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("irrigation_district", "irr_dist", kind="code", refers_to="irrigation_districts"),
        Field("level", "level", kind="choice", choices=("main", "branch", "lateral")),
        Field("lining", "lining", kind="choice", choices=("none", "concrete", "stone", "pipe")),
        Field("soil", "soil", kind="choice", choices=("clay", "heavy_loam", "loam", "light_loam", "sandy_loam")),
        LENGTH,
        Field("design_flow_m3_per_s", "flow_m3s", kind="number", unit="m3_per_s", low=0, high=500),
        Field("coefficient", "coef", kind="number", unit="ratio", low=0, high=1),
        Field("condition", "condition", kind="choice", choices=("good", "worn", "broken")),
        BUILT_YEAR,
        Field("renovated_year", "reno_year", kind="integer", unit="year", low=1900, high=2100),
    ),
    label="name",
    symbol_by="level",
)
