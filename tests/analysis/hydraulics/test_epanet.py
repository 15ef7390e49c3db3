"""The hydraulic check: flows by the plan's shares, pumps where head is lacking, EPANET's heads equal to ours."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assumption import resolve
from analysis.formulas.hydraulics import head_loss_m
from analysis.hydraulics.check import check
from analysis.hydraulics.epanet import inp_text, names_of, simulate
from analysis.hydraulics.layout import lay_out
from analysis.hydraulics.limits import ASSUMPTIONS
from words.errors import AtlasError

SHARED = {
    "reclaimed_roughness": 140,
    "reclaimed_local_share": 0.1,
    "reclaimed_service_head_m": 12,
    "reclaimed_stage_m": 150,
    "pump_efficiency": 0.7,
}
ASSUMED = resolve(ASSUMPTIONS, {}) | SHARED


def _nodes(*rows: tuple) -> pd.DataFrame:
    columns = ["id", "kind", "elevation_m", "average_m3_per_s", "peak_m3_per_s"]
    return pd.DataFrame([(*row, *(0.0,) * (5 - len(row))) for row in rows], columns=columns)


def _pipes(*rows: tuple) -> pd.DataFrame:
    columns = ["id", "from", "to", "length_m", "dn_mm", "flow_m3", "lift_m"]
    return pd.DataFrame([(*row, *(0.0,) * (7 - len(row))) for row in rows], columns=columns)


def _tree() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Plant at 200 m, a fork at 220 m, users at 230 and 180 m drawing 10 and 5 L/s, at peak 20 and 15."""
    nodes = _nodes(
        ("P", "plant", 200),
        ("J", "junction", 220),
        ("厂一", "user", 230, 0.010, 0.020),
        ("U2", "user", 180, 0.005, 0.015),
    )
    pipes = _pipes(
        ("a", "P", "J", 1500, 200, 450_000, 25),
        ("b", "J", "厂一", 800, 150, 300_000, 10),
        ("c", "J", "U2", 600, 100, 150_000),
    )
    return nodes, pipes


def _two_plants() -> tuple[pd.DataFrame, pd.DataFrame]:
    """One user fed three quarters by a low plant and a quarter by a high one that would otherwise drown it."""
    nodes = _nodes(("L", "plant", 100), ("H", "plant", 260), ("M", "junction", 150), ("U", "user", 160, 0.020, 0.032))
    pipes = _pipes(
        ("l", "L", "M", 2000, 250, 450_000, 50),
        ("h", "H", "M", 3000, 150, 150_000),
        ("u", "M", "U", 300, 250, 600_000, 10),
    )
    return nodes, pipes


def test_pipes_carry_what_lies_downstream():
    layout = lay_out(*_tree(), assumed=ASSUMED)
    assert layout.pipes["peak_m3_per_s"].to_dict() == pytest.approx({"a": 0.035, "b": 0.020, "c": 0.015})
    assert layout.pipes["average_m3_per_s"].to_dict() == pytest.approx({"a": 0.015, "b": 0.010, "c": 0.005})


def test_one_station_lifts_most_of_the_water_where_it_must_go():
    layout = lay_out(*_tree(), assumed=ASSUMED)
    roughness = 140 / 1.1 ** (1 / 1.852)
    loss = head_loss_m(0.035, 0.2, 1500, roughness)
    assert loss == pytest.approx(1.1 * head_loss_m(0.035, 0.2, 1500, 140))
    needed = 230 + 12 - 200 + loss + head_loss_m(0.020, 0.15, 800, roughness)
    assert layout.pipes["pump_head_m"].to_dict() == pytest.approx({"a": needed, "b": 0, "c": 0}, abs=0.11)
    assert layout.nodes.at["厂一", "head_peak_m"] == pytest.approx(242, abs=0.11)


def test_a_high_user_of_little_water_gets_its_own_station():
    nodes, pipes = _tree()
    nodes.loc[2, ["elevation_m", "average_m3_per_s", "peak_m3_per_s"]] = (300.0, 0.002, 0.004)
    pipes.loc[1, "lift_m"] = 80.0
    layout = lay_out(nodes, pipes, assumed=ASSUMED)
    assert layout.pipes.at["a", "pump_head_m"] < 60
    assert layout.pipes.at["b", "pump_head_m"] > 60
    assert layout.nodes.at["厂一", "head_peak_m"] == pytest.approx(312, abs=0.11)


def test_pump_lifts_over_the_highest_point():
    nodes = _nodes(("P", "plant", 200), ("U", "user", 190, 0.01, 0.02))
    layout = lay_out(nodes, _pipes(("a", "P", "U", 500, 150, 1.0, 40)), assumed=ASSUMED)
    loss = 1.1 * head_loss_m(0.02, 0.15, 500, 140)
    assert layout.pipes.at["a", "pump_head_m"] == pytest.approx(40 + 3 + loss, abs=0.11)


def test_dry_pipes_are_told_and_left_out():
    nodes, pipes = _tree()
    pipes.loc[len(pipes)] = ("spare", "P", "U2", 900, 100, 0.0, 0.0)
    layout = lay_out(nodes, pipes, assumed=ASSUMED)
    assert layout.dry == ("spare",)
    assert "spare" not in layout.pipes.index


def test_flows_in_a_circle_are_refused():
    nodes, pipes = _tree()
    pipes.loc[len(pipes)] = ("back", "U2", "P", 900, 100, 10.0, 0.0)
    with pytest.raises(AtlasError, match=r"reclaimed\.paper\.circle"):
        lay_out(nodes, pipes, assumed=ASSUMED)


def test_missing_elevation_is_named():
    nodes, pipes = _tree()
    nodes.loc[1, "elevation_m"] = np.nan
    with pytest.raises(AtlasError) as refused:
        lay_out(nodes, pipes, assumed=ASSUMED)
    assert refused.value.facts == {"id": "J", "column": "elevation_m"}


@pytest.mark.parametrize("network", [_tree, _two_plants], ids=["tree", "two plants"])
def test_epanet_agrees_with_our_heads(network):
    layout = lay_out(*network(), assumed=ASSUMED)
    found = simulate(layout)
    for case in ("average", "peak"):
        assert found.heads[case].to_numpy() == pytest.approx(layout.nodes[f"head_{case}_m"].to_numpy(), abs=0.5)
        assert found.flows[case].to_numpy() == pytest.approx(layout.pipes[f"{case}_m3_per_s"].to_numpy(), abs=2e-5)


def test_regulated_way_gives_its_planned_share():
    layout = lay_out(*_two_plants(), assumed=ASSUMED)
    assert layout.pipes["regulated"].to_dict() == {"l": False, "h": True, "u": False}
    found = simulate(layout)
    assert found.flows.at["h", "peak"] == pytest.approx(0.008, abs=1e-5)
    assert found.flows.at["l", "average"] == pytest.approx(0.015, abs=1e-5)


@settings(deadline=None, max_examples=6)
@given(
    heights=st.lists(st.integers(100, 500), min_size=4, max_size=8),
    parents=st.lists(st.integers(0, 100), min_size=8, max_size=8),
    draws=st.lists(st.integers(1, 20), min_size=8, max_size=8),
)
def test_epanet_agrees_on_any_tree(heights, parents, draws):
    count = len(heights)
    rows = [("0", "plant", heights[0])]
    rows += [(str(n), "user", heights[n], draws[n] / 1000, draws[n] / 600) for n in range(1, count)]
    below = np.array([0, *draws[1:count]], float)
    ups = [0, *(parents[n] % n for n in range(1, count))]
    for n in range(count - 1, 0, -1):
        below[ups[n]] += below[n]
    lifts = [max(heights[n] - heights[ups[n]], 0) for n in range(count)]
    pipes = _pipes(*((f"p{n}", str(ups[n]), str(n), 400, 300, below[n], lifts[n]) for n in range(1, count)))
    found = check(lay_out(_nodes(*rows), pipes, assumed=ASSUMED), assumed=ASSUMED)
    assert found.difference_m <= 0.5
    assert not [one for one in found.outside if one.what == "head_low"]


def test_limits_name_what_is_outside_them():
    nodes, pipes = _tree()
    pipes.loc[2, "dn_mm"] = 300.0
    pipes.loc[1, "dn_mm"] = 100.0
    found = check(lay_out(nodes, pipes, assumed=ASSUMED), assumed=ASSUMED)
    named = {(one.id, one.case, one.what): one for one in found.outside}
    assert named["b", "peak", "velocity_high"].value == pytest.approx(4 * 0.020 / (np.pi * 0.01), rel=1e-3)
    (slow,) = [one for one in found.advice if one.id == "c"]
    assert slow.value == pytest.approx(4 * 0.015 / (np.pi * 0.09), rel=1e-3)
    assert [valve.pipe for valve in found.valves] == ["c"]  # U2 lies 40 m below the fork
    assert not found.ok


def test_high_lift_asks_for_stages_and_class():
    nodes = _nodes(("P", "plant", 200), ("U", "user", 400, 0.01, 0.02))
    found = check(lay_out(nodes, _pipes(("a", "P", "U", 2000, 150, 1.0, 200)), assumed=ASSUMED), assumed=ASSUMED)
    station = found.stations[0]
    assert (station.stages, found.pipes.at["a", "class_mpa"]) == (2, 2.5)
    assert {one.what for one in found.outside if one.kind == "pipe"} == {"stages"}
    assert station.power_kw == pytest.approx(9.81 * 0.02 * station.head_m / 0.7)


def test_a_network_within_limits_is_ok():
    nodes = _nodes(("P", "plant", 200), ("U", "user", 205, 0.01, 0.02))
    found = check(lay_out(nodes, _pipes(("a", "P", "U", 500, 150, 1.0, 5)), assumed=ASSUMED), assumed=ASSUMED)
    assert found.ok
    assert found.nodes.at["U", "pressure_peak_m"] == pytest.approx(12, abs=0.3)


def test_input_file_is_read_by_epanet_again(tmp_path):
    import wntr

    layout = lay_out(*_two_plants(), assumed=ASSUMED)
    text = inp_text(layout, title=("再生水 禁止饮用", "[x]\nReclaimed"), places={"U": (1.0, 2.0)},
                    bends={"l": [(3.0, 4.0), (5.0, 6.0)]})  # fmt: skip
    assert "再生水 禁止饮用" in text
    assert "Created" not in text
    path = tmp_path / "net.inp"
    path.write_text(text, encoding="utf-8")
    again = wntr.network.WaterNetworkModel(str(path))
    heads = wntr.sim.EpanetSimulator(again).run_sim(file_prefix=str(tmp_path / "run")).node["head"]
    assert heads.at[3600, "U"] == pytest.approx(layout.nodes.at["U", "head_peak_m"], abs=0.5)
    assert heads.at[0, "U"] == pytest.approx(layout.nodes.at["U", "head_average_m"], abs=0.5)
    assert again.get_node("U").coordinates == (1.0, 2.0)
    assert again.get_link("l").vertices == [(3.0, 4.0), (5.0, 6.0)]
    assert again.get_link("u").vertices == []


def test_ids_epanet_cannot_hold_are_renamed_and_told():
    assert names_of(["厂一", "N1", "a b", "x" * 40], prefix="N") == {
        "厂一": "N2", "N1": "N1", "a b": "N3", "x" * 40: "N4"
    }  # fmt: skip
    assert "N1 = 厂一" in inp_text(lay_out(*_tree(), assumed=ASSUMED))


def test_nothing_is_left_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    simulate(lay_out(*_tree(), assumed=ASSUMED))
    assert not list(tmp_path.iterdir())
    assert io.StringIO(inp_text(lay_out(*_tree(), assumed=ASSUMED))).readline().startswith("[TITLE]")


def _plant_to_plant() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Water led on to another plant: its pipe ends in a valve at a reservoir, which EPANET does not hold."""
    nodes = _nodes(("P", "plant", 300), ("Q", "plant", 200), ("U", "user", 150, 0.01, 0.02))
    return nodes, _pipes(("p", "P", "Q", 1000, 200, 100_000), ("q", "Q", "U", 1000, 200, 300_000))


def test_what_wntr_does_not_take_is_a_refusal_with_its_reason():
    layout = lay_out(*_plant_to_plant(), assumed=ASSUMED)
    assert bool(layout.pipes.at["p", "regulated"])
    for ask in (simulate, inp_text):
        with pytest.raises(AtlasError, match="not_simulated") as refused:
            ask(layout)
        assert "reservoir" in str(refused.value.facts["reason"])


@pytest.mark.parametrize("raised", [KeyError("x"), RuntimeError(), OSError("no library")])
def test_any_other_failure_of_epanet_is_a_refusal_too(monkeypatch, raised):
    import wntr

    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(wntr.sim.EpanetSimulator, "run_sim", fail)
    with pytest.raises(AtlasError, match="not_simulated") as refused:
        simulate(lay_out(*_tree(), assumed=ASSUMED))
    assert refused.value.facts["reason"]
