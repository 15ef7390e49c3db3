"""Villages and communities with people, supply, fields and livestock."""

from __future__ import annotations

from layers.columns import ELEVATION, NAME, PEOPLE, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="villages",
    file="shapefiles/villages.shp",
    geometry="point",
    themes=("general", "rain", "users"),
    fields=(
        Field("id", "id", kind="code", required=True, key=True, aliases=("XZDM", "code")),
        NAME,
        TOWNSHIP,
        Field("kind", "kind", kind="choice", choices=("village", "community")),
        Field("households", "household", kind="integer", unit="households", low=0),
        PEOPLE,
        Field("supply", "supply", kind="choice", choices=("urban", "central", "small", "scattered", "cistern")),
        Field("cultivated_area_m2", "cultiv_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        ELEVATION,
        Field("cattle", "cattle", kind="integer", unit="count", low=0),
        Field("pigs", "pigs", kind="integer", unit="count", low=0),
        Field("sheep", "sheep", kind="integer", unit="count", low=0),
        Field("poultry", "poultry", kind="integer", unit="count", low=0),
        Field("waterworks", "waterworks", kind="code", refers_to="waterworks"),
    ),
    owner="agriculture",
    label="name",
    symbol_by="kind",
)
