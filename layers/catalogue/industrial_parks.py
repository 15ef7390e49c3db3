"""Industrial parks with firms, output and water; a park is a group (组团) where it has several sites."""

from __future__ import annotations

from layers.columns import APPROVED, ID, NAME, OPERATOR, RENOVATION, TOWNSHIP, USE
from layers.layer import Field, Layer

LAYER = Layer(
    id="industrial_parks",
    file="shapefiles/industrial_parks.shp",
    geometry="polygon",
    themes=("industry",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("level", "level", kind="choice", choices=("national", "municipal", "district")),
        Field("planned_area_m2", "plan_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("built_area_m2", "built_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("industries", "industries"),
        Field("firms", "firms", kind="integer", unit="count", low=0),
        Field("large_firms", "firms_big", kind="integer", unit="count", low=0),
        Field("workers", "workers", kind="integer", unit="people", low=0),
        Field("output_yuan", "output_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
        Field("value_added_yuan", "va_wy", kind="number", unit="yuan_as_wan_yuan", file_unit="wan_yuan", low=0),
        USE,
        Field("reuse_share", "reuse_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("plant", "plant", kind="code", refers_to="wastewater_plants"),
        Field("renovation", "renovation", kind="choice", choices=RENOVATION),
        APPROVED,
        OPERATOR,
    ),
    owner="industrial_park",
    label="name",
    symbol_by="level",
)
