"""Residential estates with households, areas, approval and renovation, on which rain duties rest."""

from __future__ import annotations

from layers.columns import (
    APPROVED,
    BUILT_YEAR,
    ID,
    NAME,
    PEOPLE,
    RAIN_STORAGE,
    RENOVATION,
    SUPPLY_ZONE,
    SURFACES,
    TOWNSHIP,
    USE,
)
from layers.layer import Field, Layer

LAYER = Layer(
    id="residential_estates",
    file="shapefiles/residential_estates.shp",
    geometry="polygon",
    themes=("users", "rain"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("households", "household", kind="integer", unit="households", low=0),
        PEOPLE,
        Field("floor_area_m2", "floor_m2", kind="number", unit="m2", low=0),
        *SURFACES,
        Field("managed", "managed", kind="boolean"),
        Field("central_supply", "central", kind="boolean"),
        Field("green_ecological", "green_eco", kind="boolean"),
        Field("renovation", "renovation", kind="choice", choices=RENOVATION),
        Field("renovation_approved", "reno_appr", kind="date"),
        APPROVED,
        BUILT_YEAR,
        RAIN_STORAGE,
        Field("dual_pipes", "dual_pipe", kind="boolean"),
        Field("secondary_supply", "secondary", kind="boolean"),
        SUPPLY_ZONE,
        USE,
    ),
    owner="housing",
    label="name",
    symbol_by="renovation",
)
