"""Crops of an irrigation district by year with area and net quota."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="crops",
    file="tables/crops.csv",
    geometry="table",
    once=("irrigation_district", "year", "crop"),
    themes=("irrigation",),
    fields=(
        Field("irrigation_district", "irrig_id", "code", required=True, refers_to="irrigation_districts"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field(
            "crop",
            "crop",
            "choice",
            choices=("rice", "maize", "rapeseed", "vegetables", "fruit", "tea", "tobacco"),
            required=True,
        ),
        Field("area_m2", "area_mu", "number", unit="m2_as_mu", file_unit="mu", low=0),
        Field("net_quota_mm", "quota_m3mu", "number", unit="mm", file_unit="m3_per_mu", low=0),
    ),
    owner="agriculture",
)
