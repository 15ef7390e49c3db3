"""The columns a planner's file of plants or users may have, declared like a layer's."""

from __future__ import annotations

from dataclasses import replace

from analysis.methods.reclaimed.assumptions import PRIORITIES
from layers.catalogue import CATALOGUE
from layers.columns import ID, NAME, TOWNSHIP
from layers.layer import Field, Layer

HELP = """
--plants CSV: id, name, lon, lat (or x, y in the district's projection), treat_m3d (treated, m3/d), eff_class
  (quasi_iv, class_1a, class_1b, class_2, class_3), reuse_m3d, eco_m3d, disinfect, filtration, elev_m, cap_m3d, and any
  concentration of the layer effluent (cod_mgl, bod5_mgl, nh3n_mgl, tp_mgl, tn_mgl, turb_ntu, ...). A file without
   reuse_m3d or eco_m3d says that nothing is reused or owed; a cell left empty among others leaves its plant unknown.
--users CSV: id, name, lon, lat (or x, y), use (process, cooling, greening, road, car_wash, scenic_lake, toilet),
  m3_year (m3 a year) or area_m2 (by quota), peak_m3d (m3 on the peak day, else by rule)
Headers may also be the Chinese or English names of the fields; docs/methods/reclaimed.md explains them.
"""
_NOT_QUALITY = ("plant", "year", "month", "treated_m3", "reused_m3")

PLANTS = replace(CATALOGUE["wastewater_plants"], file="")
QUALITY = replace(
    CATALOGUE["effluent"], fields=tuple(f for f in CATALOGUE["effluent"].fields if f.name not in _NOT_QUALITY)
)
PLACES = Layer(
    id="reclaimed_places",
    file="",
    geometry="table",
    themes=("reclaimed",),
    fields=(
        Field("lon", "lon", kind="number", low=-180, high=180, aliases=("longitude", "经度")),
        Field("lat", "lat", kind="number", low=-90, high=90, aliases=("latitude", "纬度")),
        Field("x_m", "x", kind="number", unit="m", aliases=("east_m", "横坐标")),
        Field("y_m", "y", kind="number", unit="m", aliases=("north_m", "纵坐标")),
    ),
)
USERS = Layer(
    id="reclaimed_users",
    file="",
    geometry="point",
    themes=("reclaimed",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("use", "use", kind="choice", choices=tuple(PRIORITIES), required=True),
        Field("m3_per_year", "m3_year", kind="number", unit="m3_per_year", file_unit="m3", low=0),
        Field("area_m2", "area_m2", kind="number", unit="m2", low=0),
        Field("peak_m3_per_day", "peak_m3d", kind="number", unit="m3_per_day", low=0),
    ),
    label="name",
)
