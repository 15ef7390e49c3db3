"""Irrigation districts with their areas, efficiencies and source; crops by year are a table."""

from __future__ import annotations

from layers.columns import BUILT_YEAR, ID, NAME, OPERATOR, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="irrigation_districts",
    file="shapefiles/irrigation_districts.shp",
    geometry="polygon",
    themes=("irrigation",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("scale", "scale", kind="choice", choices=("large", "key_medium", "medium", "small")),
        Field("design_area_m2", "design_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        Field("effective_area_m2", "effect_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        Field("actual_area_m2", "actual_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        Field("saving_area_m2", "saving_mu", kind="number", unit="m2_as_mu", file_unit="mu", low=0),
        Field("source_kind", "src_kind", kind="choice", choices=("reservoir", "river", "pond", "spring", "lift")),
        Field("reservoir", "reservoir", kind="code", refers_to="reservoirs"),
        Field("intake", "intake", kind="code", refers_to="water_intakes"),
        Field("method", "method", kind="choice", choices=("canal", "pipe", "sprinkler", "micro")),
        Field(
            "main_crop",
            "main_crop",
            kind="choice",
            choices=("rice", "maize", "rapeseed", "vegetables", "fruit", "tea", "tobacco"),
        ),
        Field("canal_coefficient", "canal_coef", kind="number", unit="ratio", low=0, high=1),
        Field("field_coefficient", "field_coef", kind="number", unit="ratio", low=0, high=1),
        Field("lined_share", "lined_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("guarantee_share", "guar_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("intake_m3_per_year", "intake_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("percolation_mm_per_day", "perco_mmd", kind="number", unit="mm_per_day", low=0, high=50),
        Field("ponding_mm", "pond_mm", kind="number", unit="mm", low=0, high=300),
        Field("main_grain_area", "grain_area", kind="boolean"),
        Field("water_short_area", "short_area", kind="boolean"),
        Field("metered", "metered", kind="boolean"),
        Field("monitored", "monitored", kind="boolean"),
        BUILT_YEAR,
        Field("renovated_year", "reno_year", kind="integer", unit="year", low=1900, high=2100),
        OPERATOR,
    ),
    label="name",
    symbol_by="scale",
)
