"""The chosen network as layers: pipes by nominal diameter and nodes by kind, declared like every other layer.

They are results, not data of the district, so they stand outside the catalogue; style, headings and card follow alike.
"""

from __future__ import annotations

from analysis.formulas.hydraulics import NOMINAL_MM
from layers.layer import Field, Layer

_FLOW = "m3_per_s_as_l_per_s"
NETWORK_PIPES = Layer(
    id="network_pipes",
    file="",
    geometry="line",
    themes=("reclaimed",),
    fields=(
        Field("id", "id", key=True),
        Field("from_node", "from_node"),
        Field("to_node", "to_node"),
        Field("dn", "dn", kind="choice", choices=tuple(str(dn) for dn in NOMINAL_MM)),
        Field("length_m", "length_m", kind="number", unit="m", low=0),
        Field("lift_m", "lift_m", kind="number", unit="m"),
        Field("m3_per_year", "m3_a", kind="number", unit="m3_per_year", low=0),
        Field("average_m3_per_s", "avg_m3s", kind="number", unit=_FLOW, low=0),
        Field("peak_m3_per_s", "peak_m3s", kind="number", unit=_FLOW, low=0),
        Field("velocity_m_per_s", "v_ms", kind="number", unit="m_per_s", low=0),
        Field("pump_head_m", "pump_m", kind="number", unit="m", low=0),
        Field("valve_m", "valve_m", kind="number", unit="m", low=0),
        Field("class_mpa", "class_mpa", kind="number", unit="mpa", low=0),
        Field("regulated", "regulated", kind="boolean"),
        Field("capital_yuan", "cap_yuan", kind="number", unit="yuan_as_wan_yuan", low=0),
    ),
    label="dn",
    symbol_by="dn",
)
NETWORK_NODES = Layer(
    id="network_nodes",
    file="",
    geometry="point",
    themes=("reclaimed",),
    fields=(
        Field("id", "id", key=True),
        Field("name", "name"),
        Field("kind", "kind", kind="choice", choices=("plant", "user", "junction")),
        Field("use", "use"),
        Field("m3_per_year", "m3_a", kind="number", unit="m3_per_year", low=0),
        Field("average_m3_per_s", "avg_m3s", kind="number", unit=_FLOW, low=0),
        Field("peak_m3_per_s", "peak_m3s", kind="number", unit=_FLOW, low=0),
        Field("elevation_m", "elev_m", kind="number", unit="m"),
        Field("head_peak_m", "head_m", kind="number", unit="m"),
        Field("pressure_average_m", "pavg_m", kind="number", unit="m"),
        Field("pressure_peak_m", "ppeak_m", kind="number", unit="m"),
        Field("unit_cost_yuan_per_m3", "unit_cost", kind="number", unit="yuan_per_m3"),
    ),
    label="name",
    symbol_by="kind",
)
