"""Construction projects to be checked for siting: sector, demand, source, discharge and land use."""

from __future__ import annotations

from layers.columns import APPROVED, ID, NAME, OPERATOR, PEOPLE, RAIN_STORAGE, SUPPLIES, SURFACES, TOWNSHIP
from layers.layer import Field, Layer

SECTORS = (
    "industry", "chemical", "housing", "public", "tourism", "livestock", "farming", "road", "municipal",
    "waterworks", "mining", "tailings", "logistics",
)  # fmt: skip

LAYER = Layer(
    id="construction_projects",
    file="shapefiles/construction_projects.shp",
    geometry="polygon",
    themes=("limits", "industry"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("sector", "sector", kind="choice", choices=SECTORS),
        Field("nature", "nature", kind="choice", choices=("new", "rebuild", "extend")),
        Field("stage", "stage", kind="choice", choices=("proposed", "approved", "under_way")),
        Field("demand_m3_per_year", "demand_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("peak_m3_per_day", "peak_m3d", kind="number", unit="m3_per_day", low=0),
        Field("source", "source", kind="choice", choices=SUPPLIES),
        Field("discharge", "discharge", kind="choice", choices=("none", "sewer", "river", "ground")),
        Field("pollutants", "pollutants", kind="boolean"),
        Field("severe_polluter", "severe", kind="boolean"),
        Field("product", "product"),
        Field("output", "output", kind="number", unit="ratio", low=0),
        Field("output_unit", "out_unit"),
        PEOPLE,
        Field("floor_area_m2", "floor_m2", kind="number", unit="m2", low=0),
        *SURFACES,
        Field("water_area_m2", "water_m2", kind="number", unit="m2", low=0),
        Field("earthworks_m3", "earth_m3", kind="number", unit="m3_as_wan_m3", low=0),
        Field("saving_plan", "save_plan", kind="boolean"),
        Field("simultaneous", "three_sim", kind="boolean"),
        Field("water_evaluation", "water_eval", kind="boolean"),
        Field("green_ecological", "green_eco", kind="boolean"),
        RAIN_STORAGE,
        Field("investment_yuan", "invest_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
        APPROVED,
        OPERATOR,
    ),
    owner="planning",
    label="name",
    symbol_by="sector",
)
