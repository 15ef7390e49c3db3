"""A layout held to its limits: EPANET's heads beside ours, and every pipe, pump and user outside a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.formulas.hydraulics import GRAVITY, M_PER_MPA, PRESSURE_CLASSES_MPA, pressure_class_mpa, pumping_stages
from analysis.hydraulics.epanet import Simulated, simulate
from analysis.hydraulics.layout import Layout
from analysis.hydraulics.pipe import CASES, Case, loss_m, pressures_m, start_head_m


@dataclass(frozen=True)
class Outside:
    """One value outside its limit: a node or pipe, the case, what was compared, value, limit and the unit of both.

    `what`: head_low, head_high, velocity_low, velocity_high, pressure_high, stages. Slow water is advice, no fault.
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
class ReducingValve:
    """A pressure-reducing valve at the start of a pipe: the pressure heads before and behind it at peak, in m."""

    pipe: str
    node: str
    before_m: float
    behind_m: float


@dataclass(frozen=True)
class HydraulicCheck:
    """What the simulation found.

    `nodes` by id: head and pressure head in m by case. `pipes` by id: flow, velocity and greatest pressure (MPa) by
    case and `class_mpa` (none beyond 2.5). `outside` are faults, `advice` is what to flush. `difference_m` is the
    largest gap between EPANET's heads and ours.
    """

    layout: Layout
    nodes: pd.DataFrame
    pipes: pd.DataFrame
    outside: tuple[Outside, ...]
    advice: tuple[Outside, ...]
    stations: tuple[Station, ...]
    valves: tuple[ReducingValve, ...]
    difference_m: float

    @property
    def equipment(self) -> dict[str, float]:
        """How many stations (stages counted), how many kW in them, how many valves that hold flow or pressure."""
        return {
            "station": float(sum(station.stages for station in self.stations)),
            "station_power": float(sum(station.power_kw for station in self.stations)),
            "control_valve": float(self.layout.pipes["regulated"].sum() + len(self.valves)),
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
        advice=tuple(_slow(pipes, assumed)),
        stations=_stations(layout, assumed),
        valves=_valves(layout, nodes),
        difference_m=float(abs(found.heads.to_numpy() - own).max()) if len(nodes) else 0.0,
    )


def _nodes(layout: Layout, found: Simulated) -> pd.DataFrame:
    nodes = layout.nodes[["kind", "elevation_m", "service_head_m"]].copy()
    for case in CASES:
        nodes[f"head_{case}_m"] = found.heads[case]
        nodes[f"pressure_{case}_m"] = found.heads[case] - nodes["elevation_m"]
    return nodes


def _pipes(layout: Layout, found: Simulated) -> pd.DataFrame:
    kept = ["from", "to", "length_m", "dn_mm", "lift_m", "pump_head_m", "valve_head_m", "regulated"]
    pipes = layout.pipes[kept].copy()
    for case in CASES:
        pipes[f"flow_{case}_m3_per_s"] = found.flows[case]
        pipes[f"velocity_{case}_m_per_s"] = found.velocities[case]
        most = [_most_m(layout, pipe, found.heads[case], case) for _, pipe in layout.pipes.iterrows()]
        pipes[f"pressure_{case}_mpa"] = [metres / M_PER_MPA for metres in most]
    most = pipes[[f"pressure_{case}_mpa" for case in CASES]].max(axis=1)
    pipes["class_mpa"] = [pressure_class_mpa(max(mpa, 0.0) * M_PER_MPA) for mpa in most]
    return pipes


def _most_m(layout: Layout, pipe: pd.Series, heads: pd.Series, case: Case) -> float:
    """The greatest pressure head of a pipe, at its start behind pump or valve, its end or its lowest point."""
    ground = layout.nodes.at[pipe["from"], "elevation_m"], layout.nodes.at[pipe["to"], "elevation_m"]
    end = heads[pipe["to"]]
    if pipe["regulated"]:  # before the valve that holds its flow
        end = start_head_m(pipe, heads[pipe["from"]], case) - loss_m(pipe, case)
    return max(pressures_m(pipe, ground, (start_head_m(pipe, heads[pipe["from"]], case), end)))


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
    fast, stage = assumed["hydraulic_most_velocity_m_per_s"], assumed["reclaimed_stage_m"]
    most = PRESSURE_CLASSES_MPA[-1]
    for id_, pipe in pipes.iterrows():
        for case in CASES:
            velocity, pressure = float(pipe[f"velocity_{case}_m_per_s"]), float(pipe[f"pressure_{case}_mpa"])
            if velocity > fast:
                yield Outside("pipe", str(id_), case, "velocity_high", velocity, fast, "m_per_s")
            if pressure > most:
                yield Outside("pipe", str(id_), case, "pressure_high", pressure, most, "mpa")
        if pipe["pump_head_m"] > stage:
            yield Outside("pipe", str(id_), "peak", "stages", float(pipe["pump_head_m"]), stage, "m")


def _slow(pipes: pd.DataFrame, assumed: Mapping[str, float]) -> Iterator[Outside]:
    """Pipes slow at peak: no smaller one may be laid or would do, so they are flushed."""
    slow = assumed["hydraulic_least_velocity_m_per_s"]
    for id_, velocity in pipes["velocity_peak_m_per_s"].items():
        if velocity < slow:
            yield Outside("pipe", str(id_), "peak", "velocity_low", float(velocity), slow, "m_per_s")


def _valves(layout: Layout, nodes: pd.DataFrame) -> tuple[ReducingValve, ...]:
    reduced = layout.pipes[layout.pipes["valve_head_m"].notna()]
    return tuple(
        ReducingValve(
            pipe=str(id_),
            node=pipe["from"],
            before_m=float(nodes.at[pipe["from"], "pressure_peak_m"]),
            behind_m=float(pipe["valve_head_m"] - layout.nodes.at[pipe["from"], "elevation_m"]),
        )
        for id_, pipe in reduced.iterrows()
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
