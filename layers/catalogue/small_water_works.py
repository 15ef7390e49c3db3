"""Small water works (五小水利): hill ponds, cisterns, small pumps, canals and intakes."""

from __future__ import annotations

from layers.columns import BUILT_YEAR, ID, NAME, PEOPLE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="small_water_works",
    file="shapefiles/small_water_works.shp",
    geometry="point",
    themes=("irrigation", "rain"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("kind", "kind", kind="choice", choices=("pond", "cistern", "pump", "canal", "intake")),
        Field("use", "use", kind="choice", choices=("domestic", "livestock", "irrigation", "multiple")),
        Field("village", "village", kind="code", refers_to="villages"),
        Field("volume_m3", "volume_m3", kind="number", unit="m3", low=0),
        Field("irrigated_area_m2", "irrig_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        PEOPLE,
        Field("catchment_area_m2", "catch_m2", kind="number", unit="m2", low=0),
        Field(
            "catchment_surface",
            "surface",
            kind="choice",
            choices=(
                "concrete",
                "cement_tile",
                "machine_tile",
                "hand_tile",
                "stone",
                "earth_yard",
                "slope_sparse",
                "slope_grass",
            ),
        ),
        Field("flow_m3_per_s", "flow_m3s", kind="number", unit="m3_per_s", low=0, high=50),
        Field("condition", "condition", kind="choice", choices=("good", "leaking", "silted", "broken")),
        Field("repair_cost_yuan", "repair_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
        BUILT_YEAR,
    ),
    label="name",
    symbol_by="kind",
)
