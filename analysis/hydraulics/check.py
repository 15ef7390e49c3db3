"""A layout held to its limits: EPANET's heads beside ours, and every pipe, pump and user outside a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.formulas.hydraulics import GRAVITY, M_PER_MPA, pressure_class_mpa, pumping_stages
from analysis.hydraulics.epanet import Simulated, simulate
from analysis.hydraulics.layout import CASES, Case, Layout, gain_m


@dataclass(frozen=True)
class Outside:
    """One value outside its limit: a node or pipe, the case, what was compared, value, limit and the unit of both.

    `what`: head_low, head_high, velocity_low, velocity_high, pressure_high, stages.
    """

    kind: str
    id: str
    case: Case
    what: str
    value: float
    limit: float
    unit: str


@dataclass(frozen=True)
class Station:
    """A pumping station at the start of a pipe, at peak flow; `stages` more than one where the lift asks for it."""

    pipe: str
    node: str
    head_m: float
    flow_m3_per_s: float
    power_kw: float
    stages: int


@dataclass(frozen=True)
class HydraulicCheck:
    """What the simulation found.

    `nodes` by id: head and pressure head in m by case. `pipes` by id: flow, velocity and greatest pressure (MPa) by
    case and `class_mpa` (none beyond 2.5). `difference_m` is the largest gap between EPANET's heads and ours.
    """

    layout: Layout
    nodes: pd.DataFrame
    pipes: pd.DataFrame
    outside: tuple[Outside, ...]
    stations: tuple[Station, ...]
    difference_m: float

    @property
    def equipment(self) -> dict[str, float]:
        """How many stations (stages counted), how many kW in them, how many valves that hold flow or pressure."""
        return {
            "station": float(sum(station.stages for station in self.stations)),
            "station_power": float(sum(station.power_kw for station in self.stations)),
            "control_valve": float(self.layout.pipes["regulated"].sum()),
        }

    @property
    def ok(self) -> bool:
        """Whether everything keeps its limits."""
        return not self.outside


def check(layout: Layout, *, assumed: Mapping[str, float]) -> HydraulicCheck:
    """Simulate the layout at average and peak demand and compare with the limits in `assumed`."""
    found = simulate(layout)
    nodes, pipes = _nodes(layout, found), _pipes(layout, found)
    own = layout.nodes[[f"head_{case}_m" for case in CASES]].to_numpy()
    return HydraulicCheck(
        layout=layout,
        nodes=nodes,
        pipes=pipes,
        outside=(*_nodes_outside(nodes, assumed), *_pipes_outside(pipes, assumed)),
        stations=_stations(layout, assumed),
        difference_m=float(abs(found.heads.to_numpy() - own).max()) if len(nodes) else 0.0,
    )


def _nodes(layout: Layout, found: Simulated) -> pd.DataFrame:
    nodes = layout.nodes[["kind", "elevation_m", "service_head_m"]].copy()
    for case in CASES:
        nodes[f"head_{case}_m"] = found.heads[case]
        nodes[f"pressure_{case}_m"] = found.heads[case] - nodes["elevation_m"]
    return nodes


def _pipes(layout: Layout, found: Simulated) -> pd.DataFrame:
    pipes = layout.pipes[["from", "to", "length_m", "dn_mm", "lift_m", "pump_head_m", "regulated"]].copy()
    ground = layout.nodes["elevation_m"]
    for case in CASES:
        pipes[f"flow_{case}_m3_per_s"] = found.flows[case]
        pipes[f"velocity_{case}_m_per_s"] = found.velocities[case]
        gain = layout.pipes.apply(gain_m, axis=1, case=case) if len(pipes) else 0.0
        start = pipes["from"].map(found.heads[case]) + gain - pipes["from"].map(ground)
        end = pipes["to"].map(found.heads[case]) - pipes["to"].map(ground)
        pipes[f"pressure_{case}_mpa"] = pd.concat([start, end], axis=1).max(axis=1) / M_PER_MPA
    most = pipes[[f"pressure_{case}_mpa" for case in CASES]].max(axis=1)
    pipes["class_mpa"] = [pressure_class_mpa(max(mpa, 0.0) * M_PER_MPA) for mpa in most]
    return pipes


def _nodes_outside(nodes: pd.DataFrame, assumed: Mapping[str, float]) -> Iterator[Outside]:
    for id_, node in nodes.iterrows():
        if node["kind"] == "plant":
            continue
        user = node["kind"] == "user"
        least = node["service_head_m"] if user else 0.0
        for case in CASES:
            pressure = float(node[f"pressure_{case}_m"])
            if pressure < least - 0.1:
                yield Outside("node", str(id_), case, "head_low", pressure, float(least), "m")
            if user and pressure > assumed["hydraulic_most_user_head_m"]:
                yield Outside("node", str(id_), case, "head_high", pressure, assumed["hydraulic_most_user_head_m"], "m")


def _pipes_outside(pipes: pd.DataFrame, assumed: Mapping[str, float]) -> Iterator[Outside]:
    slow, fast = assumed["hydraulic_least_velocity_m_per_s"], assumed["hydraulic_most_velocity_m_per_s"]
    for id_, pipe in pipes.iterrows():
        for case in CASES:
            velocity, pressure = float(pipe[f"velocity_{case}_m_per_s"]), float(pipe[f"pressure_{case}_mpa"])
            if velocity > fast:
                yield Outside("pipe", str(id_), case, "velocity_high", velocity, fast, "m_per_s")
            if case == "peak" and velocity < slow:
                yield Outside("pipe", str(id_), case, "velocity_low", velocity, slow, "m_per_s")
            if pressure > assumed["hydraulic_most_pipe_mpa"]:
                yield Outside(
                    "pipe", str(id_), case, "pressure_high", pressure, assumed["hydraulic_most_pipe_mpa"], "mpa"
                )
        if pipe["pump_head_m"] > assumed["reclaimed_stage_m"]:
            yield Outside(
                "pipe", str(id_), "peak", "stages", float(pipe["pump_head_m"]), assumed["reclaimed_stage_m"], "m"
            )


def _stations(layout: Layout, assumed: Mapping[str, float]) -> tuple[Station, ...]:
    pumped = layout.pipes[layout.pipes["pump_head_m"] > 0]
    return tuple(
        Station(
            pipe=str(id_),
            node=pipe["from"],
            head_m=float(pipe["pump_head_m"]),
            flow_m3_per_s=float(pipe["peak_m3_per_s"]),
            power_kw=GRAVITY * float(pipe["peak_m3_per_s"]) * float(pipe["pump_head_m"]) / assumed["pump_efficiency"],
            stages=pumping_stages(pipe["pump_head_m"], stage_m=assumed["reclaimed_stage_m"]),
        )
        for id_, pipe in pumped.iterrows()
    )
