"""Crop coefficients by month, 0 where the crop is not in the field."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="crop_coefficients",
    file="tables/crop_coefficients.csv",
    geometry="table",
    once=("crop", "month"),
    themes=("irrigation",),
    fields=(
        Field(
            "crop",
            "crop",
            "choice",
            choices=("rice", "maize", "rapeseed", "vegetables", "fruit", "tea", "tobacco"),
            required=True,
        ),
        Field("month", "month", "integer", low=1, high=12, required=True),
        Field("coefficient", "kc", "number", unit="ratio", low=0, high=2, required=True),
    ),
    owner="agriculture",
)
