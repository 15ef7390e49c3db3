"""A plan as built: pipes with their price, nodes with height and unit cost, and a check or the reason for none."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from affine import Affine
from paper_district import paper_district
from shapely import LineString

from analysis.assumption import resolve
from analysis.hydraulics.limits import ASSUMPTIONS
from analysis.methods.reclaimed.built import Built, built

SHARED = {
    "reclaimed_roughness": 140,
    "reclaimed_local_share": 0.1,
    "reclaimed_service_head_m": 12,
    "reclaimed_stage_m": 150,
    "pump_efficiency": 0.7,
}
ASSUMED = resolve(ASSUMPTIONS, {}) | SHARED
ASSUMED |= {"reclaimed_class_1_6_factor": 1.1, "reclaimed_class_2_5_factor": 1.25}
ASSUMED |= {"reclaimed_hour_factor": 2.0}
GRID = Affine(10.0, 0.0, -15.0, 0.0, -10.0, 15.0)
SIZES = [{"dn_mm": 100.0, "investment_yuan": 7e5}, {"dn_mm": 150.0, "investment_yuan": 9e5}]


def _built(*, flows: int = 1, fall_m: float = 0.0) -> Built:
    """One plant, one user 1000 m away: 200 000 m³ at 2 yuan and 100 000 m³ at 5 yuan; 864 m³ on the peak day.

    The ground falls evenly to the user.
    """
    height = np.tile(200.0 - fall_m * np.clip((np.arange(130) - 1) / 100, 0, 1), (3, 1))
    arcs = pd.DataFrame({"id": ["a"], "geometry": [LineString([(0, 0), (1000, 0)])], "diameters": [SIZES]})
    found = SimpleNamespace(
        nodes=pd.DataFrame({"id": ["P", "U"], "kind": ["plant", "user"], "use": [None, "cooling"], "x": [0.0, 1000.0],
                            "y": 0.0}),
        arcs=arcs, surface=SimpleNamespace(height=height, transform=GRID),
        places=pd.DataFrame({"user": ["U"], "peak_day_m3": [864.0]}),
    )  # fmt: skip
    told = pd.DataFrame({"id": ["a"], "from": "P", "to": "U", "dn_mm": 150.0, "length_m": 1000.0, "lift_m": 3.0,
                         "flow_m3": 300_000.0, "peak_m3": 315_360.0}).head(flows)  # fmt: skip
    served = pd.DataFrame({"user": ["U", "U"], "m3": [200_000.0, 100_000.0], "unit_cost_yuan_per_m3": [2.0, 5.0]})
    plan = SimpleNamespace(flows=told, served=served)
    return built(paper_district(), found, plan, assumed=ASSUMED)


def test_pipes_carry_the_price_of_their_diameter_and_what_epanet_found():
    made = _built()
    assert made.refusal is None
    pipe = made.pipes.iloc[0]
    assert (pipe["id"], pipe["from_node"], pipe["to_node"], pipe["dn"]) == ("a", "P", "U", "150")
    assert (pipe["capital_yuan"], pipe["m3_per_year"]) == (9e5, 3e5)
    assert pipe["peak_m3_per_s"] == pytest.approx(864 * 2 / 86_400, rel=1e-3)
    assert isinstance(made.pipes, gpd.GeoDataFrame)
    assert made.pipes.crs == made.nodes.crs == paper_district().settings.metric_crs


def test_a_user_pays_the_mean_of_what_it_gets():
    nodes = _built().nodes.set_index("id")
    assert nodes.at["U", "m3_per_year"] == 300_000
    assert nodes.at["U", "unit_cost_yuan_per_m3"] == pytest.approx(3.0)  # (2 · 200 000 + 5 · 100 000) / 300 000
    assert nodes.at["U", "elevation_m"] == pytest.approx(200.0)
    assert nodes.at["P", "m3_per_year"] == 0


def test_a_pipe_that_falls_far_is_laid_in_pieces_with_a_valve_each_where_it_must_be():
    """300 m down: pieces of at most 112 m (0.75 of a stage), the last 10 m apart; length and price stay."""
    made = _built(fall_m=300.0)
    assert made.check is not None
    assert made.check.ok
    assert list(made.pipes["id"]) == ["a", "a.2", "a.3", "a.4"]
    assert list(made.pipes["from_node"]) == ["P", "a.2", "a.3", "a.4"]
    assert list(made.pipes["to_node"]) == ["a.2", "a.3", "a.4", "U"]
    assert made.pipes["length_m"].sum() == pytest.approx(1_000)
    assert made.pipes.geometry.length.sum() == pytest.approx(1_000)
    factors = made.pipes["class_mpa"].map({1.0: 1.0, 1.6: 1.1, 2.5: 1.25})
    assert (made.pipes["capital_yuan"] / factors).sum() == pytest.approx(9e5)
    assert len(made.check.valves) >= 2
    assert made.pipes["valve_m"].notna().sum() == len(made.check.valves)
    between = made.nodes.set_index("id").loc["a.2"]
    assert (between["kind"], between["m3_per_year"]) == ("junction", 0.0)
    assert between.geometry.coords[0] == made.pipes.geometry[1].coords[0]


def test_no_pipes_are_a_refusal_not_a_check():
    made = _built(flows=0)
    assert made.check is None
    assert made.refusal is not None
    assert made.refusal.key == "reclaimed.paper.check_empty"


def test_a_network_epanet_cannot_hold_keeps_its_figures(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("FCVs cannot be directly connected to a reservoir")

    whole = _built()
    monkeypatch.setattr("wntr.sim.EpanetSimulator.run_sim", refuse)
    made = _built()
    assert made.check is None
    assert made.refusal is not None
    assert made.refusal.key == "reclaimed.paper.not_simulated"
    assert "FCVs" in str(made.refusal.facts["reason"])
    kept = ["id", "from_node", "to_node", "dn", "length_m", "lift_m", "m3_per_year", "capital_yuan"]
    pd.testing.assert_frame_equal(pd.DataFrame(made.pipes[kept]), pd.DataFrame(whole.pipes[kept]))
    assert "velocity_m_per_s" not in made.pipes.columns


def test_the_average_and_the_peak_a_user_draws():
    nodes = _built().nodes.set_index("id")
    assert nodes.at["U", "average_m3_per_s"] == pytest.approx(300_000 / (365 * 86_400))
    assert nodes.at["U", "peak_m3_per_s"] == pytest.approx(864 * 2 / 86_400)
    assert nodes.at["U", "pressure_peak_m"] >= 11.9
    assert np.isnan(nodes.at["P", "unit_cost_yuan_per_m3"])


def test_the_check_names_velocity_and_class_of_each_pipe():
    """0.02 m³/s at peak through DN 150 is 1.132 m/s; some 25 m of head asks for the lowest class."""
    pipe = _built().pipes.iloc[0]
    assert pipe["velocity_m_per_s"] == pytest.approx(1.1318, rel=1e-3)
    assert (pipe["class_mpa"], bool(pipe["regulated"])) == (1.0, False)
    assert pipe["pump_head_m"] > 12
    assert pipe["lift_m"] == 0.0
