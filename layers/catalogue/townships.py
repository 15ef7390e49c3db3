"""Townships of today and of earlier years, told apart by their validity; a unit that ended names its successor."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="townships",
    file="shapefiles/townships.shp",
    geometry="polygon",
    themes=("general",),
    fields=(
        Field("code", "code", kind="code", required=True, key=True, aliases=("XZQDM", "adcode", "towncode")),
        Field("name", "name", required=True, aliases=("XZQMC", "townname")),
        Field("short_name", "short_name"),
        Field("aliases", "aliases"),
        Field("kind", "kind", kind="choice", choices=("subdistrict", "town", "township", "ethnic_township")),
        Field("code_list", "code_list"),
        Field("successor", "successor", kind="code", refers_to="townships"),
        Field("valid_from", "valid_from", kind="date"),
        Field("valid_to", "valid_to", kind="date"),
        Field("area_official_m2", "area_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("area_source", "area_src"),
        Field("area_year", "area_year", kind="integer", unit="year", low=1900, high=2100),
    ),
    owner="planning",
    required=True,
    label="name",
    symbol_by="kind",
)
