"""Zones in which supply pipes are judged and renewed together, within one supply zone."""

from __future__ import annotations

from layers.columns import ID, NAME, PEOPLE, PIPE_MATERIALS, RENOVATION, SUPPLY_ZONE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="pipeline_zones",
    file="shapefiles/pipeline_zones.shp",
    geometry="polygon",
    themes=("network",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        SUPPLY_ZONE,
        Field("pipe_length_m", "pipe_km", kind="number", unit="m_as_km", file_unit="km", low=0),
        Field("main_material", "material", kind="choice", choices=PIPE_MATERIALS),
        Field("mean_built_year", "mean_year", kind="integer", unit="year", low=1900, high=2100),
        Field("pressure_mpa", "press_mpa", kind="number", unit="mpa", low=0, high=4),
        Field("connections", "connects", kind="integer", unit="count", low=0),
        Field("households", "household", kind="integer", unit="households", low=0),
        PEOPLE,
        Field("household_metered_share", "hmeter_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("hospital_or_school", "hosp_sch", kind="boolean"),
        Field("estate_renewal", "est_renew", kind="boolean"),
        Field("road_works", "road_works", kind="boolean"),
        Field("landslide", "landslide", kind="boolean"),
        Field("renewal", "renewal", kind="choice", choices=RENOVATION),
        Field("planned_year", "plan_year", kind="integer", unit="year", low=1990, high=2100),
        Field("cost_yuan", "cost_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
    ),
    owner="urban_management",
    label="name",
    symbol_by="renewal",
)
