"""Public water mains, one line per pipe and township, with what renewal is judged by."""

from __future__ import annotations

from layers.columns import ID, LENGTH, PEOPLE, PIPE_MATERIALS, SUPPLY_ZONE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="water_mains",
    file="shapefiles/water_mains.shp",
    geometry="line",
    themes=("network",),
    fields=(
        ID,
        TOWNSHIP,
        Field("role", "role", kind="choice", choices=("trunk", "distribution", "connection")),
        SUPPLY_ZONE,
        Field("pipeline_zone", "pipe_zone", kind="code", refers_to="pipeline_zones"),
        Field("waterworks", "waterworks", kind="code", refers_to="waterworks"),
        Field("material", "material", kind="choice", choices=PIPE_MATERIALS),
        Field("diameter_mm", "dn_mm", kind="number", unit="mm", low=10, high=3000),
        LENGTH,
        Field("laid_year", "laid_year", kind="integer", unit="year", low=1900, high=2100),
        Field("pressure_mpa", "press_mpa", kind="number", unit="mpa", low=0, high=4),
        Field("pressure_class_mpa", "class_mpa", kind="number", unit="mpa", low=0, high=4),
        Field("breaks_5_years", "breaks_5a", kind="integer", unit="count", low=0),
        Field("complaints_per_year", "complaints", kind="integer", unit="count", low=0),
        Field("dead_end", "dead_end", kind="boolean"),
        PEOPLE,
        Field("hospital_or_school", "hosp_sch", kind="boolean"),
        Field("hidden_danger", "danger", kind="boolean"),
        Field("road", "road", kind="code", refers_to="roads"),
    ),
    owner="urban_management",
    label="id",
    symbol_by="role",
)
