"""Water-saving certificates of enterprises, institutions and estates."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="certificates",
    file="tables/certificates.csv",
    geometry="table",
    themes=("users",),
    fields=(
        Field("id", "id", "code", required=True, key=True),
        Field(
            "kind",
            "kind",
            "choice",
            choices=("enterprise", "institution", "estate", "irrigation_district", "park"),
            required=True,
        ),
        Field("subject", "subject", "code", required=True),
        Field(
            "subject_layer",
            "subject_layer",
            "choice",
            choices=(
                "water_users",
                "public_institutions",
                "residential_estates",
                "irrigation_districts",
                "industrial_parks",
            ),
            required=True,
        ),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("standard", "standard"),
        Field("score", "score", "number", low=0, high=100),
        Field("valid_to", "valid_to", "date"),
    ),
    owner="water",
)
