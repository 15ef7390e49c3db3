"""Pipes under pressure: head lost, what a diameter carries, and what pumping takes.

SI throughout: m³/s, metres, m/s, kWh/m³. GB 50013-2018 and GB 50335-2016.
"""

from __future__ import annotations

import math

from analysis.formulas.arguments import numbers

NOMINAL_MM = (100, 150, 200, 250, 300, 400, 500, 600, 700, 800)
PRESSURE_CLASSES_MPA = (1.0, 1.6, 2.5)
GRAVITY = 9.81
M_PER_MPA = 1e6 / (1000 * GRAVITY)


def head_loss_m(flow_m3_per_s: float, diameter_m: float, length_m: float, roughness: float) -> float:
    """Friction loss in m by Hazen–Williams, 10.67·L·Q^1.852/(C^1.852·D^4.87) (GB 50013-2018); roughness is C."""
    flow = float(numbers("flow_m3_per_s", flow_m3_per_s, low=0.0))
    diameter = float(numbers("diameter_m", diameter_m, low=0.0, above=True))
    length = float(numbers("length_m", length_m, low=0.0))
    c = float(numbers("roughness", roughness, low=0.0, above=True))
    return 10.67 * length * flow**1.852 / (c**1.852 * diameter**4.87)


def capacity_m3_per_s(diameter_m: float, velocity: float) -> float:
    """The flow a pipe carries at a velocity in m/s."""
    diameter = float(numbers("diameter_m", diameter_m, low=0.0, above=True))
    return float(numbers("velocity", velocity, low=0.0)) * math.pi * diameter**2 / 4


def pump_energy_kwh_per_m3(head_m: float, efficiency: float) -> float:
    """Electricity to lift a cubic metre, 9.81·H/(3600·η) = 0.002725·H/η; no head, no energy."""
    head = float(numbers("head_m", head_m, low=0.0))
    share = float(numbers("efficiency", efficiency, low=0.0, high=1.0, above=True))
    return GRAVITY * head / (3600 * share)


def pressure_class_mpa(head_m: float) -> float | None:
    """The smallest pipe pressure class (1.0, 1.6, 2.5 MPa) that stands a head of water, none beyond 2.5 MPa."""
    pressure = float(numbers("head_m", head_m, low=0.0)) / M_PER_MPA
    return next((known for known in PRESSURE_CLASSES_MPA if pressure <= known), None)


def pumping_stages(head_m: float, *, stage_m: float = 150.0) -> int:
    """How many pumping stages a head needs when one may lift `stage_m`."""
    return math.ceil(float(numbers("head_m", head_m, low=0.0)) / stage_m - 1e-9)
