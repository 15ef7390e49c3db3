"""Effluent of a wastewater plant by month: volume and concentrations."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="effluent",
    file="tables/effluent.csv",
    geometry="table",
    once=("plant", "year", "month"),
    themes=("reclaimed",),
    fields=(
        Field("plant", "plant", "code", required=True, refers_to="wastewater_plants"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("month", "month", "integer", low=1, high=12, required=True),
        Field("treated_m3", "treat_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("reused_m3", "reuse_wm3", "number", unit="m3_as_wan_m3", file_unit="wan_m3", low=0),
        Field("cod_mg_per_l", "cod_mgl", "number", unit="mg_per_l", low=0),
        Field("bod5_mg_per_l", "bod5_mgl", "number", unit="mg_per_l", low=0),
        Field("ss_mg_per_l", "ss_mgl", "number", unit="mg_per_l", low=0),
        Field("tn_mg_per_l", "tn_mgl", "number", unit="mg_per_l", low=0),
        Field("nh3n_mg_per_l", "nh3n_mgl", "number", unit="mg_per_l", low=0),
        Field("tp_mg_per_l", "tp_mgl", "number", unit="mg_per_l", low=0),
        Field("las_mg_per_l", "las_mgl", "number", unit="mg_per_l", low=0),
        Field("tds_mg_per_l", "tds_mgl", "number", unit="mg_per_l", low=0),
        Field("chloride_mg_per_l", "chloride_mgl", "number", unit="mg_per_l", low=0),
        Field("turbidity_ntu", "turb_ntu", "number", unit="ratio", low=0),
        Field("colour_pt_co", "colour", "number", unit="ratio", low=0),
        Field("ph", "ph", "number", unit="ratio", low=0, high=14),
        Field("coliform_per_l", "coli_per_l", "number", unit="count", low=0),
        Field("water_degree_c", "temp_c", "number", unit="degree", low=-5, high=60),
    ),
    owner="urban_management",
)
