"""The layout simulated by EPANET through wntr, and written as its input file.

EPANET reads and writes files: it works in a temporary folder of its own, which is gone afterwards. Two steady states
stand in one input file, an hour each: the average (0:00) and the peak (1:00). Flows in L/s, heads in m.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.hydraulics.layout import Layout
from analysis.hydraulics.pipe import CASES, pump_gain_m
from words.errors import AtlasError
from words.markup import legible

if TYPE_CHECKING:
    from wntr.network import WaterNetworkModel
    from wntr.sim.results import SimulationResults

Place = tuple[float, float]
_HOUR_S = 3600
_PLAIN = re.compile(r"(?!.*_(?:[pacubvrw]|peak)\Z)[A-Za-z0-9_.:\-]{1,28}\Z")  # those ends are the names made here


@dataclass(frozen=True)
class Simulated:
    """What EPANET says, by case: heads in m by node, flows in m³/s and velocities in m/s by pipe."""

    heads: pd.DataFrame
    flows: pd.DataFrame
    velocities: pd.DataFrame


def names_of(ids: Iterable[str], *, prefix: str) -> dict[str, str]:
    """EPANET's name for each id: the id where it is plain ASCII of at most 28 signs, else prefix and number."""
    ids = list(ids)
    taken = {id_ for id_ in ids if _PLAIN.match(id_)}
    found: dict[str, str] = {}
    number = 0
    for id_ in ids:
        if id_ in taken:
            found[id_] = id_
            continue
        number += 1
        while f"{prefix}{number}" in taken:
            number += 1
        found[id_] = f"{prefix}{number}"
    return found


def simulate(layout: Layout) -> Simulated:
    """Run EPANET on both cases; AtlasError `reclaimed.paper.not_simulated` when it takes or balances it not."""
    nodes, pipes = _names(layout)
    hours = [n * _HOUR_S for n in range(len(CASES))]

    def table(values: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
        picked = values.loc[hours, list(names.values())].T.astype(float)
        return picked.set_axis(list(names), axis=0).set_axis(list(CASES), axis=1)

    with _refused():
        results = _run(layout)
        return Simulated(
            heads=table(results.node["head"], nodes),
            flows=table(results.link["flowrate"], pipes),
            velocities=table(results.link["velocity"], pipes),
        )


def inp_text(
    layout: Layout, *, title: Sequence[str] = (), places: Mapping[str, Place] | None = None,
    bends: Mapping[str, Sequence[Place]] | None = None,
) -> str:  # fmt: skip
    """The layout as an EPANET input file (LPS, H-W) with title lines.

    `places` are x and y of the nodes by id, `bends` those of the points between the ends of a pipe, in [VERTICES].
    """
    import wntr

    with tempfile.TemporaryDirectory(prefix="epanet-") as folder, _refused():
        model = _model(layout, dict(places or {}))
        model.title = _title(layout, title)
        for id_, name in _names(layout)[1].items():
            model.get_link(name).vertices = [tuple(place) for place in (bends or {}).get(id_, ())]
        path = Path(folder) / "network.inp"
        wntr.network.write_inpfile(model, str(path), units="LPS", version=2.2)
        text = path.read_text(encoding="utf-8")
    return re.sub(r"^; Filename:.*\n; WNTR:.*\n; Created:.*\n", "", text, flags=re.MULTILINE)


def _title(layout: Layout, title: Sequence[str]) -> list[str]:
    renamed = [f"{new} = {old}" for names in _names(layout) for old, new in names.items() if new != old]
    return [re.sub(r"[\r\n\x85\u2028\u2029\[\]]", " ", legible(line))[:200] for line in (*title, *renamed)]


def _names(layout: Layout) -> tuple[dict[str, str], dict[str, str]]:
    return names_of(layout.nodes.index, prefix="N"), names_of(layout.pipes.index, prefix="P")


def _run(layout: Layout) -> SimulationResults:
    import wntr

    with tempfile.TemporaryDirectory(prefix="epanet-") as folder:
        simulator = wntr.sim.EpanetSimulator(_model(layout, {}))
        return simulator.run_sim(file_prefix=str(Path(folder) / "run"), version=2.2)


@contextmanager
def _refused() -> Iterator[None]:
    """Whatever EPANET or wntr does not take is a refusal with its reason: a check must never cost the plan.

    wntr has no errors of its own: it raises whatever it pleases, a plain RuntimeError for a valve at a reservoir.
    """
    try:
        yield
    except Exception as error:
        raise AtlasError("reclaimed.paper.not_simulated", reason=str(error) or type(error).__name__) from error


def _model(layout: Layout, places: dict[str, tuple[float, float]]) -> WaterNetworkModel:
    import wntr

    model = wntr.network.WaterNetworkModel()
    model.options.hydraulic.headloss = "H-W"
    model.options.hydraulic.inpfile_units = "LPS"
    model.options.hydraulic.accuracy = 1e-6
    model.options.hydraulic.trials = 200
    model.options.time.duration = _HOUR_S * (len(CASES) - 1)
    nodes, pipes = _names(layout)
    for id_, node in layout.nodes.iterrows():
        _add_node(model, nodes[id_], node, places.get(id_))
    for id_, pipe in layout.pipes.iterrows():
        _add_pipe(model, pipes[id_], pipe, layout.nodes, nodes)
    return model


def _add_node(model: WaterNetworkModel, name: str, node: pd.Series, place: tuple[float, float] | None) -> None:
    if node["kind"] == "plant":
        model.add_reservoir(name, base_head=node["elevation_m"], coordinates=place)
        return
    average, peak = node["average_m3_per_s"], node["peak_m3_per_s"]
    pattern = None
    if peak > 0:
        pattern = f"{name}_p"
        model.add_pattern(pattern, [average / peak, 1.0])
    model.add_junction(name, base_demand=peak, demand_pattern=pattern, elevation=node["elevation_m"], coordinates=place)


def _add_pipe(model: WaterNetworkModel, name: str, pipe: pd.Series, nodes: pd.DataFrame, names: dict[str, str]) -> None:
    """The pipe, with a pump or reducing valve before it and a flow-regulating one after it where it has them."""
    start, end = names[pipe["from"]], names[pipe["to"]]
    if pipe["pump_head_m"] > 0:
        outlet = f"{name}_a"
        _copy_junction(model, outlet, start, nodes.at[pipe["from"], "elevation_m"])
        design = pipe["peak_m3_per_s"]
        points = [(share * design, pump_gain_m(pipe["pump_head_m"], share)) for share in (0.0, 1.0, 2.0)]
        model.add_curve(f"{name}_c", "HEAD", points)
        model.add_pump(f"{name}_u", start, outlet, "HEAD", f"{name}_c")
        start = outlet
    if not np.isnan(pipe["valve_head_m"]):
        outlet, ground = f"{name}_r", nodes.at[pipe["from"], "elevation_m"]
        _copy_junction(model, outlet, start, ground)
        model.add_valve(f"{name}_w", start, outlet, pipe["dn_mm"] / 1000, "PRV", 0.0, pipe["valve_head_m"] - ground)
        start = outlet
    if pipe["regulated"]:
        inlet = f"{name}_b"
        _copy_junction(model, inlet, end, nodes.at[pipe["to"], "elevation_m"])
        _add_valve(model, f"{name}_v", inlet, end, pipe)
        end = inlet
    dimensions = {"length": pipe["length_m"], "diameter": pipe["dn_mm"] / 1000, "roughness": pipe["roughness"]}
    model.add_pipe(name, start, end, **dimensions)


def _add_valve(model: WaterNetworkModel, name: str, start: str, end: str, pipe: pd.Series) -> None:
    from wntr.network.controls import Control, ControlAction

    average, peak = (pipe[f"{case}_m3_per_s"] for case in CASES)
    model.add_valve(name, start, end, pipe["dn_mm"] / 1000, "FCV", 0.0, average)
    action = ControlAction(model.get_link(name), "setting", peak)
    model.add_control(f"{name}_peak", Control._time_control(model, _HOUR_S, "SIM_TIME", False, action))


def _copy_junction(model: WaterNetworkModel, name: str, beside: str, elevation_m: float) -> None:
    model.add_junction(name, elevation=elevation_m, coordinates=model.get_node(beside).coordinates)
