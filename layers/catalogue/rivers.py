"""Rivers and streams drawn downstream; a river on a border belongs to no single township."""

from __future__ import annotations

from layers.columns import ID, NAME
from layers.layer import Field, Layer

LAYER = Layer(
    id="rivers",
    file="shapefiles/rivers.shp",
    geometry="line",
    themes=("general", "limits"),
    fields=(
        ID,
        NAME,
        Field("rank", "rank", kind="choice", choices=("main", "tributary", "stream")),
        Field("flows_into", "flows_into", kind="code", refers_to="rivers"),
        Field("length_m", "length_km", kind="number", unit="m_as_km", file_unit="km", low=0),
        Field("width_m", "width_m", kind="number", unit="m", low=0, high=20_000),
        Field("basin_area_m2", "basin_km2", kind="number", unit="m2_as_km2", file_unit="km2", low=0),
        Field("upper_m", "upper_m", kind="number", unit="m", low=-500, high=9000),
        Field("lower_m", "lower_m", kind="number", unit="m", low=-500, high=9000),
        Field("mean_flow_m3_per_s", "flow_m3s", kind="number", unit="m3_per_s", low=0),
        Field("ecological_flow_m3_per_s", "eco_m3s", kind="number", unit="m3_per_s", low=0),
        Field("target_class", "target", kind="choice", choices=("class_1", "class_2", "class_3", "class_4")),
        Field("yangtze_tributary", "yangtze", kind="boolean"),
        Field("important_tributary", "important", kind="boolean"),
    ),
    label="name",
    symbol_by="rank",
)
