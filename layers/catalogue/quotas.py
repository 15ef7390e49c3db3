"""Water quotas: general and advanced values per unit of product, person or area."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="quotas",
    file="tables/quotas.csv",
    geometry="table",
    themes=("users",),
    fields=(
        Field("id", "id", "code", required=True, key=True),
        Field("name", "name", required=True),
        Field("sector", "sector", "choice", choices=("agriculture", "industry", "domestic", "services"), required=True),
        Field("item", "item", "code"),
        Field("unit", "unit", required=True),
        Field("general_value", "general", "number", low=0, required=True),
        Field("advanced_value", "advanced", "number", low=0),
        Field("standard", "standard", required=True),
        Field("confidence", "confidence", "choice", choices=("high", "medium", "low")),
    ),
    owner="water",
    label="name",
)
