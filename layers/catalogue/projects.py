"""Rainwater and reclaimed-water projects, built and planned, with catchment, tank and demand."""

from __future__ import annotations

from layers.columns import APPROVED, ID, LEAD, NAME, OPERATOR, PEOPLE, PROGRESS, SURFACES, TOWNSHIP
from layers.layer import Field, Layer

KINDS = (
    "roof", "road", "plaza", "green_space", "estate", "school", "public_building", "park", "cistern", "plant_reuse",
    "building_reuse",
)  # fmt: skip

LAYER = Layer(
    id="projects",
    file="shapefiles/projects.shp",
    geometry="point",
    themes=("rain", "reclaimed"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("water", "water", kind="choice", choices=("rain", "reclaimed")),
        Field("kind", "kind", kind="choice", choices=KINDS),
        Field("status", "status", kind="choice", choices=PROGRESS),
        LEAD,
        *SURFACES,
        Field("tank_m3", "tank_m3", kind="number", unit="m3", low=0),
        Field("first_flush_mm", "flush_mm", kind="number", unit="mm", low=0, high=50),
        Field("capacity_m3_per_day", "cap_m3d", kind="number", unit="m3_per_day", low=0),
        Field("plant", "plant", kind="code", refers_to="wastewater_plants"),
        Field("watered_area_m2", "water_m2", kind="number", unit="m2", low=0),
        Field("swept_area_m2", "swept_m2", kind="number", unit="m2", low=0),
        PEOPLE,
        Field("cars_per_day", "cars_day", kind="integer", unit="count", low=0),
        Field("expected_m3_per_year", "expect_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("measured_m3_per_year", "meas_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("investment_yuan", "invest_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
        APPROVED,
        Field("completed", "completed", kind="date"),
        Field("site_layer", "site_layer"),
        Field("site", "site_id"),
        OPERATOR,
    ),
    owner="housing",
    label="name",
    symbol_by="water",
)
