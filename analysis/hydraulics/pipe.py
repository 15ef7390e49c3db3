"""One pipe of a layout in one of its two cases: head lost, head gained, head let through, and the pressures in it."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.formulas.hydraulics import head_loss_m

Case = Literal["average", "peak"]
CASES: tuple[Case, ...] = ("average", "peak")
_SHUT_OFF, _SLOPE = 1.05, 0.05


def pump_gain_m(head_m: float, flow_share: float) -> float:
    """Head given by a station of design head `head_m` at a share of its design flow.

    A speed-regulated station keeps its head nearly level: 1.05 of it at no flow, 0.85 at twice the flow.
    """
    return head_m * (_SHUT_OFF - _SLOPE * flow_share**2)


def loss_m(pipe: pd.Series, case: Case) -> float:
    """Head lost over a pipe of a layout, local losses in it."""
    return head_loss_m(pipe[f"{case}_m3_per_s"], pipe["dn_mm"] / 1000, pipe["length_m"], pipe["roughness"])


def start_head_m(pipe: pd.Series, head_m: float, case: Case) -> float:
    """The head in a pipe behind its pump or reducing valve, from the head at its start."""
    let = pipe["valve_head_m"]
    return (min(head_m, let) if let == let else head_m) + gain_m(pipe, case)


def pressures_m(pipe: pd.Series, ground_m: tuple[float, float], heads_m: tuple[float, float]) -> tuple[float, ...]:
    """The pressure heads of a pipe at its start, end and lowest point, from ground and head at both ends."""
    low = heads_m[0] + (heads_m[1] - heads_m[0]) * pipe["low_share"] - pipe["low_m"]
    return heads_m[0] - ground_m[0], heads_m[1] - ground_m[1], low


def gain_m(pipe: pd.Series, case: Case) -> float:
    """Head the pipe's pump gives, 0 without a pump."""
    return pump_gain_m(pipe["pump_head_m"], pipe[f"{case}_m3_per_s"] / pipe["peak_m3_per_s"])
