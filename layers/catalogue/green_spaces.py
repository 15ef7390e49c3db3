"""Urban green spaces with the watering that reclaimed water or rain could replace."""

from __future__ import annotations

from layers.columns import APPROVED, BUILT_YEAR, ID, NAME, OPERATOR, RAIN_STORAGE, SUPPLIES, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="green_spaces",
    file="shapefiles/green_spaces.shp",
    geometry="polygon",
    themes=("rain", "reclaimed", "users"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("kind", "kind", kind="choice", choices=("park", "square", "protective", "attached")),
        Field("area_m2", "area_m2", kind="number", unit="m2", low=0),
        Field("watered_area_m2", "water_m2", kind="number", unit="m2", low=0),
        Field("public", "public", kind="boolean"),
        Field("lawn", "lawn", kind="choice", choices=("cool_season", "warm_season")),
        Field("care_grade", "care_grade", kind="choice", choices=("special", "grade_1", "grade_2")),
        Field("source", "source", kind="choice", choices=SUPPLIES),
        RAIN_STORAGE,
        APPROVED,
        BUILT_YEAR,
        OPERATOR,
    ),
    owner="urban_management",
    label="name",
    symbol_by="kind",
)
