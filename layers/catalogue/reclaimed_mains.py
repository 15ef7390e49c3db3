"""Reclaimed-water mains, built and planned, one line per pipe and township."""

from __future__ import annotations

from layers.columns import ID, LENGTH, NAME, PROGRESS, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="reclaimed_mains",
    file="shapefiles/reclaimed_mains.shp",
    geometry="line",
    themes=("reclaimed",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("plant", "plant", kind="code", refers_to="wastewater_plants"),
        Field("status", "status", kind="choice", choices=PROGRESS),
        Field("material", "material", kind="choice", choices=("ductile_iron", "pe", "steel_lined")),
        Field("diameter_mm", "dn_mm", kind="number", unit="mm", low=10, high=3000),
        LENGTH,
        Field("laid_year", "laid_year", kind="integer", unit="year", low=1900, high=2100),
        Field("pressure_class_mpa", "class_mpa", kind="number", unit="mpa", low=0, high=4),
        Field("capacity_m3_per_day", "cap_m3d", kind="number", unit="m3_per_day", low=0),
    ),
    owner="urban_management",
    label="name",
    symbol_by="status",
)
