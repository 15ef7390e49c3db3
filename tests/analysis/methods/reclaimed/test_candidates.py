"""The candidate network by hand: treatment by what uses need, lifts along a route, heads owed, factors of peak days."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from affine import Affine

from analysis.assumption import resolve
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from analysis.methods.reclaimed.candidates import (
    _connections,
    _laid,
    _nodes,
    _pipes,
    _pumping,
    _reached,
    _treatments,
    candidates,
    plant_fits,
    step_for,
)
from analysis.methods.reclaimed.pipes import energy_yuan_per_m3, treatment_yuan_per_m3
from analysis.methods.reclaimed.routing.routes import corridors, field_from
from analysis.methods.reclaimed.routing.surface import Surface
from tests.reclaimed_ground import reclaimed_district
from tests.small_district import A

ASSUMED = resolve(ASSUMPTIONS, {})
HEIGHTS = [200.0, 230.0, 260.0, 220.0, 250.0, 280.0]


def surface(heights: list[float] = HEIGHTS) -> Surface:
    """Two like rows of cells of 100 m, all of the same cost; middles of the first at x 50, 150 …, y −50."""
    height = np.array([heights, heights])
    return Surface(np.ones(height.shape), height, Affine(100, 0, 0, 0, -100, 0), 100.0)


def fit(verdict: str) -> Any:
    return SimpleNamespace(verdict=verdict)


PLANTS = pd.DataFrame({"plant": ["W1", "W2"], "even_m3": [9_000.0, 5_000.0], "x": [50.0, 550.0], "y": -50.0})


def treated(verdicts: dict[str, str], **changed: float) -> dict[str, tuple[str, ...]]:
    fits = {("W1", use): fit(verdict) for use, verdict in verdicts.items()}
    arcs = _treatments(PLANTS.iloc[:1], [(0, 0)], fits, {**ASSUMED, **changed})
    return {str(arc["step"]): arc["uses"] for arc in arcs}  # type: ignore[misc]


def test_each_treatment_serves_the_uses_it_is_enough_for():
    assert treated({"road": "ok", "toilet": "polish", "cooling": "upgrade"}) == {
        "as_is": ("road",), "polish": ("road", "toilet"), "upgrade": ("cooling", "road", "toilet")
    }  # fmt: skip
    assert treated({"road": "polish", "toilet": "polish"}) == {"polish": ("road", "toilet")}
    assert treated({"road": "upgrade"}) == {"upgrade": ("road",)}


def test_an_unknown_fit_is_polished_where_allowed_and_serves_nobody_else():
    assert treated({"road": "unknown"}) == {"polish": ("road",)}
    assert treated({"road": "unknown"}, reclaimed_unknown_allowed=0.0) == {}
    assert [step_for(fit(verdict), unknown_allowed=False) for verdict in ("ok", "unknown")] == ["as_is", None]


def test_a_treatment_costs_by_the_cubic_metre_alone():
    fits = {("W1", "road"): fit("polish"), ("W2", "road"): fit("upgrade")}
    first, second = _treatments(PLANTS, [(0, 0), (0, 5)], fits, ASSUMED)
    assert (first["id"], first["from"], first["to"]) == ("W1:polish", "W1", "J0-0")
    assert first["energy_yuan_per_m3"] == treatment_yuan_per_m3("polish", ASSUMED)
    assert second["energy_yuan_per_m3"] == treatment_yuan_per_m3("upgrade", ASSUMED)
    assert first["diameters"][0]["capital_yuan_per_year"] == 0.0  # type: ignore[index]


def test_pumping_lifts_and_overcomes_friction():
    """3 m a km and a tenth more: 2 km lose 6.6 m."""
    assert _pumping(20.0, 2_000.0, ASSUMED) == pytest.approx(energy_yuan_per_m3(26.6, ASSUMED))
    other = {**ASSUMED, "reclaimed_friction_m_per_km": 10.0, "reclaimed_local_share": 0.05}
    assert _pumping(0.0, 500.0, other) == pytest.approx(energy_yuan_per_m3(5.25, other))


def test_water_is_lifted_to_the_highest_point_on_the_way_from_the_nearest_plant():
    fields = [field_from(surface(), (0, 0)), field_from(surface(), (0, 5))]
    reached = _reached(surface(), fields, {(0, 0), (0, 2), (0, 3), (0, 5)})
    assert reached == {(0, 0): 200.0, (0, 2): 260.0, (0, 3): 280.0, (0, 5): 280.0}
    one = _reached(surface(), fields[:1], {(0, 3), (0, 4), (0, 5)})
    assert one == {(0, 3): 260.0, (0, 4): 260.0, (0, 5): 280.0}


def test_a_corridor_is_a_pipe_each_way_with_its_own_lift():
    route = [(0, n) for n in range(6)]
    found = corridors(surface(), [route], keep={(0, 0), (0, 3), (0, 5)})
    reached = {(0, 0): 200.0, (0, 3): 260.0, (0, 5): 280.0}
    arcs = {(arc["from"], arc["to"]): arc for arc in _pipes(surface(), found, reached, ASSUMED)}
    lifts = {ends: arc["lift_m"] for ends, arc in arcs.items()}
    assert lifts == {("J0-0", "J0-3"): 60.0, ("J0-3", "J0-0"): 0.0, ("J0-3", "J0-5"): 20.0, ("J0-5", "J0-3"): 0.0}
    there, back = arcs["J0-0", "J0-3"], arcs["J0-3", "J0-0"]
    assert there["length_m"] == back["length_m"] == 300.0
    assert there["corridor"] == back["corridor"] != arcs["J0-3", "J0-5"]["corridor"]
    assert there["energy_yuan_per_m3"] == pytest.approx(energy_yuan_per_m3(60 + 0.99, ASSUMED))
    assert list(there["geometry"].coords) == [(50, -50), (350, -50)]  # type: ignore[attr-defined]
    assert back["geometry"].coords[0] == (350, -50)  # type: ignore[attr-defined]


PLACES = pd.DataFrame({
    "user": ["U1", "U2", "U3"], "use": ["road", "greening", "road"], "x": [80.0, 250.0, 350.0],
    "y": [-90.0, -50.0, -50.0],
    "annual_m3": [3_650.0, 7_300.0, 3_650.0], "peak_day_m3": [30.0, 50.0, 50.0],
})  # fmt: skip


def test_a_connection_gives_the_head_owed_above_what_was_lifted_already():
    reached = {(0, 0): 200.0, (0, 2): 290.0}
    first, second = _connections(surface(), PLACES, [(0, 0), (0, 2), (0, 3)], reached, ASSUMED)
    assert (first["id"], first["from"], first["to"]) == ("S:U1", "J0-0", "U1")
    assert (first["length_m"], first["lift_m"]) == (50.0, 12.0)  # 30 m east and 40 m south; 200 + 12 − 200
    assert (second["length_m"], second["lift_m"]) == (20.0, 0.0)  # at least 20 m; 260 + 12 is below 290
    assert first["energy_yuan_per_m3"] == pytest.approx(energy_yuan_per_m3(12 + 0.165, ASSUMED))
    higher = next(_connections(surface(), PLACES, [(0, 0)] * 3, reached, {**ASSUMED, "reclaimed_service_head_m": 20.0}))
    assert higher["lift_m"] == 20.0


def test_users_of_a_use_share_its_peak_factor_and_benefit_is_tap_and_fee():
    nodes = _nodes(PLANTS, PLACES, [(0, 2)], surface(), ASSUMED).set_index("id")
    # roads: 80 m³ a peak day over 7,300/365 = 20; greening 50 over 20
    assert nodes.loc[["U1", "U3", "U2"], "peak_factor"].tolist() == [4.0, 4.0, 2.5]
    assert nodes.loc[["U1", "U2"], "priority"].tolist() == [1.3, 1.3]
    assert set(nodes.loc[["U1", "U2", "U3"], "unit_benefit_yuan"]) == {4.2}
    assert nodes.loc[["W1", "W2"], "supply_m3"].tolist() == [9_000.0, 5_000.0]
    assert nodes.loc["J0-2", ["kind", "x", "y"]].tolist() == ["junction", 250.0, -50.0]
    dear = _nodes(PLANTS, PLACES, [], surface(), {**ASSUMED, "tap_yuan_per_m3": 5.0, "sewage_yuan_per_m3": 2.0})
    assert set(dear["unit_benefit_yuan"].dropna()) == {7.0}


def test_a_place_is_joined_to_the_nearest_plants_within_the_longest_route():
    fields = [field_from(surface(), (0, 0)), field_from(surface(), (0, 5))]

    def laid(**changed: float) -> list[tuple[tuple[int, int], int]]:
        return [(route[0], len(route)) for route in _laid(surface(), fields, [(0, 1)], {**ASSUMED, **changed})]

    assert laid() == [((0, 0), 2), ((0, 5), 5)]
    assert laid(reclaimed_plants_per_user=1.0) == [((0, 0), 2)]
    assert laid(reclaimed_longest_route_m=400.0) == [((0, 0), 2), ((0, 5), 5)]  # four steps of 100 m
    assert laid(reclaimed_longest_route_m=399.0) == [((0, 0), 2)]


def test_fits_of_two_plants_of_two_classes():
    district = reclaimed_district(w2_class="class_1b")
    found = plant_fits(district, ["road"], planned=False)
    assert {key: one.verdict for key, one in found.items()} == {("W1", "road"): "polish", ("W2", "road"): "upgrade"}
    assert plant_fits(SimpleNamespace(frames={}, tables={}), ["road"], planned=False) == {}  # type: ignore[arg-type]


def test_a_plant_of_unknown_supply_is_no_node_of_the_network():
    district = reclaimed_district()
    frame = district.frames["wastewater_plants"].assign(ecological_m3_per_day=[0.0, None])
    places = PLACES.assign(x=485_000.0, y=3_254_000.0, township=A, name="x", layer="x", area_m2=0.0)
    poorer: Any = SimpleNamespace(
        frames={"wastewater_plants": frame}, tables={}, rasters={}, settings=district.settings
    )
    found = candidates(poorer, places, ASSUMED)
    assert found.plants["plant"].tolist() == ["W1", "W2"]
    assert found.nodes.loc[found.nodes["kind"] == "plant", "id"].tolist() == ["W1"]
    assert found.arcs.empty
