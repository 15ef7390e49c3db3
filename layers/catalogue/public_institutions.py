"""Public institutions with people, areas and water: offices, schools, hospitals and the like."""

from __future__ import annotations

from layers.columns import APPROVED, BUILT_YEAR, ID, NAME, PEOPLE, RAIN_STORAGE, SUPPLY_ZONE, SURFACES, TOWNSHIP, USE
from layers.layer import Field, Layer

LAYER = Layer(
    id="public_institutions",
    file="shapefiles/public_institutions.shp",
    geometry="point",
    themes=("users", "rain"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field(
            "kind",
            "kind",
            kind="choice",
            choices=("government", "school", "hospital", "culture", "transport", "welfare"),
        ),
        PEOPLE,
        Field("boarders", "boarders", kind="integer", unit="people", low=0),
        Field("beds", "beds", kind="integer", unit="count", low=0),
        Field("floor_area_m2", "floor_m2", kind="number", unit="m2", low=0),
        *SURFACES,
        Field("large_building", "large_bld", kind="boolean"),
        Field("dual_pipes", "dual_pipe", kind="boolean"),
        RAIN_STORAGE,
        USE,
        SUPPLY_ZONE,
        Field("water_sector", "water_sec", kind="boolean"),
        APPROVED,
        BUILT_YEAR,
    ),
    owner="institutions",
    label="name",
    symbol_by="kind",
)
