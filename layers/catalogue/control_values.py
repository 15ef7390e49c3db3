"""Control totals and intensity targets of the district and its departments, by year."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="control_values",
    file="tables/control_values.csv",
    geometry="table",
    once=("year", "subject", "indicator"),
    themes=("general",),
    fields=(
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("subject", "subject", required=True),
        Field(
            "indicator",
            "indicator",
            "choice",
            choices=(
                "total_use",
                "groundwater_use",
                "gdp_intensity_decline",
                "industry_intensity_decline",
                "irrigation_efficiency",
                "leakage",
                "unconventional_use",
                "reclaimed_share",
                "permitted_total",
                "efficient_irrigation",
                "industrial_reuse",
            ),
            required=True,
        ),
        Field("value", "value", "number", required=True),
        Field("unit", "unit", "choice", choices=("m3", "wan_m3", "yi_m3", "share", "percent", "ratio")),
        Field("base_year", "base_year", "integer", unit="year", low=1949, high=2100),
        Field("counts_unconventional", "counts_unc", "boolean"),
        Field("document", "document"),
    ),
    owner="water",
)
