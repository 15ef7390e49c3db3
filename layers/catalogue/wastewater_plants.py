"""Wastewater plants with capacity and effluent class, today and planned."""

from __future__ import annotations

from layers.columns import APPROVED, BUILT_YEAR, ELEVATION, ID, NAME, OPERATOR, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="wastewater_plants",
    file="shapefiles/wastewater_plants.shp",
    geometry="point",
    themes=("reclaimed", "network"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("level", "level", kind="choice", choices=("urban", "town", "village", "industrial")),
        Field("capacity_m3_per_day", "cap_m3d", kind="number", unit="m3_per_day", low=0),
        Field("treated_m3_per_day", "treat_m3d", kind="number", unit="m3_per_day", low=0),
        Field("planned_capacity_m3_per_day", "plan_m3d", kind="number", unit="m3_per_day", low=0),
        Field(
            "effluent_class",
            "eff_class",
            kind="choice",
            choices=("quasi_iv", "class_1a", "class_1b", "class_2", "class_3"),
        ),
        Field(
            "planned_class",
            "plan_class",
            kind="choice",
            choices=("quasi_iv", "class_1a", "class_1b", "class_2", "class_3"),
        ),
        Field(
            "process",
            "process",
            kind="choice",
            choices=("a2o", "oxidation_ditch", "sbr", "mbr", "contact_oxidation", "wetland"),
        ),
        Field("filtration", "filtration", kind="boolean"),
        Field("disinfection", "disinfect", kind="boolean"),
        Field("reused_m3_per_day", "reuse_m3d", kind="number", unit="m3_per_day", low=0),
        Field("ecological_m3_per_day", "eco_m3d", kind="number", unit="m3_per_day", low=0),
        Field("receiving_river", "recv_river", kind="code", refers_to="rivers"),
        ELEVATION,
        BUILT_YEAR,
        APPROVED,
        OPERATOR,
    ),
    owner="urban_management",
    label="name",
    symbol_by="level",
)
