"""Best networks: equal to trying everything, honest in their cost, flow and bound, clear about what cannot be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reclaimed_instances import best_by_trying, tiny

from analysis.network.answer import NetworkPlan
from analysis.network.plan import plan_network
from words.errors import AtlasError


def _size(dn: int, capacity: float, capital: float) -> dict[str, float]:
    return {"dn_mm": dn, "capacity_m3": capacity, "capital_yuan_per_year": capital}


def _nodes(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"id": id_, "kind": kind, "supply_m3": volume if kind == "plant" else 0.0,
             "demand_m3": volume if kind == "user" else 0.0, "priority": 1.0, "unit_benefit_yuan": 0.0}
            for id_, kind, volume in rows
        ]
    )  # fmt: skip


def _arcs(*rows: tuple[str, str, float, list[dict[str, float]]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "from": tail,
                "to": head,
                "length_m": 1000.0,
                "lift_m": 0.0,
                "diameters": sizes,
                "energy_yuan_per_m3": energy,
            }
            for tail, head, energy, sizes in rows
        ]
    )


def _line() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Plant P (100) – junction J – users A (30) and B (50), all pipes 40 or 100 m³ at 10 or 15 yuan; energy 0.1."""
    nodes = _nodes(("P", "plant", 100), ("J", "junction", 0), ("A", "user", 30), ("B", "user", 50))
    sizes = [_size(100, 40, 10), _size(200, 100, 15)]
    return nodes, _arcs(("P", "J", 0.1, sizes), ("J", "A", 0, sizes), ("J", "B", 0, sizes))


def _balanced(plan: NetworkPlan, nodes: pd.DataFrame) -> float:
    """The largest imbalance of any node."""
    net = plan.flows.groupby("to")["flow_m3"].sum().sub(plan.flows.groupby("from")["flow_m3"].sum(), fill_value=0.0)
    used = plan.served.groupby("user")["m3"].sum()
    given_ = plan.served.groupby("plant")["m3"].sum()
    expected = used.sub(given_, fill_value=0.0)
    every = nodes["id"]
    return float((net.reindex(every).fillna(0) - expected.reindex(every).fillna(0)).abs().max())


INSTANCES = {"seed": st.integers(0, 100_000), "share": st.floats(0.05, 1.0), "money": st.integers(3, 80)}


@given(**INSTANCES)
@settings(max_examples=12, deadline=None)
def test_the_answer_equals_trying_everything(seed, share, money):
    _equals_trying_everything(seed, share, money)


@pytest.mark.long
@given(**INSTANCES)
@settings(max_examples=240, deadline=None)
def test_the_answer_equals_trying_everything_on_many(seed, share, money):
    _equals_trying_everything(seed, share, money)


def _equals_trying_everything(seed: int, share: float, money: int) -> None:
    nodes, arcs = tiny(seed)
    target = float(np.ceil(share * nodes["demand_m3"].sum()))
    for wish in ({"target": target}, {"budget": float(money)}):
        best = best_by_trying(nodes, arcs, **wish)
        plan = plan_network(
            nodes, arcs, target_m3=wish.get("target"), budget_yuan=wish.get("budget"), gap=0, alternatives=0
        )
        if best is None:
            assert plan.status == "infeasible"
            assert plan.wishes[0].kind == "target"
            continue
        assert plan.status == "optimal"
        assert plan.objective == pytest.approx(best, rel=1e-6, abs=1e-6)
        assert plan.bound == pytest.approx(best, rel=1e-5, abs=1e-5)
        assert _balanced(plan, nodes) < 1e-6
        assert (plan.flows["peak_m3"] <= plan.flows["capacity_m3"] + 1e-6).all()


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 40))])
def test_benefit_alone_and_target_within_budget_equal_trying_everything(seed):
    nodes, arcs = tiny(seed)
    free = plan_network(nodes, arcs, gap=0, alternatives=0)
    assert free.objective == pytest.approx(best_by_trying(nodes, arcs), abs=1e-6)
    both = plan_network(nodes, arcs, target_m3=5, budget_yuan=30, gap=0, alternatives=0)
    best = best_by_trying(nodes, arcs, target=5, budget=30)
    assert (both.objective is None) if best is None else both.objective == pytest.approx(best, abs=1e-6)


def test_least_cost_for_a_target_by_hand():
    nodes, arcs = _line()
    plan = plan_network(nodes, arcs, target_m3=50, gap=0, alternatives=0)
    assert plan.objective == pytest.approx(15 + 15 + 50 * 0.1)
    assert plan.cost_yuan == 35.0
    assert list(plan.served["user"]) == ["B"]
    assert plan.diameters == {"P>J": 200.0, "J>B": 200.0}
    assert plan.served["unit_cost_yuan_per_m3"].iloc[0] == pytest.approx(35 / 50)
    left = plan.left_out.set_index("user").loc["A"]
    assert (left["reason"], left["would_come_in_if"]) == ("target_met", "higher_target")
    assert left["cost_yuan_per_m3"] == pytest.approx((10 + 3) / 30)


def test_most_water_for_a_budget_by_hand():
    nodes, arcs = _line()
    plan = plan_network(nodes, arcs, budget_yuan=23.0, gap=0, alternatives=0)
    assert (plan.volume_m3, plan.cost_yuan) == (30.0, 23.0)
    left = plan.left_out.set_index("user").loc["B"]
    assert (left["reason"], left["would_come_in_if"], left["more"]) == ("budget", "more_budget", pytest.approx(25.0))
    nothing = plan_network(nodes, arcs, budget_yuan=22.99, gap=0, alternatives=0)
    assert (nothing.volume_m3, nothing.status) == (0, "optimal")
    assert [(one.kind, one.asked, one.attainable) for one in nothing.wishes] == [
        ("budget", 22.99, pytest.approx(23.0))
    ]  # A alone
    heavy = nodes.assign(priority=[1, 1, 1, 0.1])
    assert plan_network(heavy, arcs, budget_yuan=35, gap=0, alternatives=0).served["user"].tolist() == ["A"]


def test_cost_is_the_sum_of_its_lines_to_the_fen():
    nodes, arcs = tiny(3)
    arcs["energy_yuan_per_m3"] += 1 / 3
    plan = plan_network(nodes, arcs, target_m3=4, gap=0, alternatives=0)
    assert round(sum(round(line * 100) for line in plan.cost_lines["yuan"])) == round(plan.cost_yuan * 100)
    assert plan.cost_yuan == pytest.approx(plan.objective, abs=0.01 * len(plan.cost_lines))
    borne = (plan.served["m3"] * plan.served["unit_cost_yuan_per_m3"]).sum()
    assert borne == pytest.approx(plan.objective, rel=1e-9)


def test_hand_made_wishes_are_kept():
    nodes, arcs = _line()
    assert set(plan_network(nodes, arcs, target_m3=30, pinned=["B"], gap=0, alternatives=0).served["user"]) == {"B"}
    assert set(plan_network(nodes, arcs, target_m3=30, pinned=[("J", "B")], gap=0, alternatives=0).diameters) >= {"J>B"}
    assert set(plan_network(nodes, arcs, target_m3=30, forbidden=["A"], gap=0, alternatives=0).served["user"]) == {"B"}
    plan = plan_network(nodes, arcs, target_m3=0, pinned=["P"], gap=0, alternatives=0)
    assert plan.served["user"].tolist() == ["A"]


@pytest.mark.parametrize(
    ("wish", "kind", "reason", "attainable"),
    [
        ({"target_m3": 81}, "target", "more_than_attainable", 80.0),
        ({"target_m3": 60, "budget_yuan": 20}, "budget", "less_than_needed", 48.0),
        ({"target_m3": 10, "pinned": ["A"], "forbidden": ["A"]}, "pinned", "forbidden_too", None),
        ({"target_m3": 10, "pinned": ["B"], "forbidden": [("J", "B")]}, "pinned", "no_way", None),
        ({"target_m3": 10, "pinned": ["B"], "budget_yuan": 20}, "budget", "less_than_needed", 35.0),
    ],
)
def test_an_impossible_wish_is_named(wish, kind, reason, attainable):
    nodes, arcs = _line()
    plan = plan_network(nodes, arcs, gap=0, **wish)
    assert plan.status == "infeasible"
    assert (plan.wishes[0].kind, plan.wishes[0].reason) == (kind, reason)
    assert plan.wishes[0].attainable == (None if attainable is None else pytest.approx(attainable))


def test_waters_that_suit_no_use_do_not_pass():
    nodes, arcs = _line()
    nodes["use"] = [None, None, "road", "toilet"]
    arcs["uses"] = [("road",), None, None]
    plan = plan_network(nodes, arcs, budget_yuan=1e6, gap=0, alternatives=0)
    assert plan.served["user"].tolist() == ["A"]
    assert plan.left_out["reason"].tolist() == ["quality"]


def test_reasons_for_those_who_cannot_be_reached():
    nodes = _nodes(("P", "plant", 40), ("A", "user", 30), ("B", "user", 20), ("C", "user", 5))
    arcs = _arcs(("P", "A", 0, [_size(100, 40, 10)]), ("P", "B", 0, [_size(100, 40, 50)]))
    plan = plan_network(nodes, arcs, target_m3=30, gap=0, alternatives=0)
    reasons = plan.left_out.set_index("user")
    assert reasons.loc["B", "reason"] == "no_water"
    assert reasons.loc["B", "more"] == pytest.approx(10)
    assert reasons.loc["C", "reason"] == "no_way"


def test_frames_that_make_no_sense_are_refused():
    nodes, arcs = _line()
    with pytest.raises(AtlasError, match="arc_end"):
        plan_network(nodes, arcs.replace({"to": {"A": "Z"}}), target_m3=1)
    with pytest.raises(AtlasError, match="unknown_wish"):
        plan_network(nodes, arcs, target_m3=1, pinned=["Z"])
    with pytest.raises(AtlasError, match="column_missing"):
        plan_network(nodes.drop(columns="kind"), arcs, target_m3=1)
    with pytest.raises(AtlasError, match="wish_wrong"):
        plan_network(nodes, arcs, target_m3=-1)
    with pytest.raises(AtlasError, match="number_wrong"):
        plan_network(nodes.assign(demand_m3=[0, 0, -3, 5]), arcs, target_m3=1)


def _town(plants: int = 2, users: int = 14, *, seed: int = 4) -> tuple[pd.DataFrame, pd.DataFrame]:
    from benchmarks.reclaimed_instances import network

    return network(plants, users, 12, seed=seed)


def test_a_search_stopped_by_its_gap_says_the_same_twice():
    nodes, arcs = _town()
    target = 0.4 * nodes["supply_m3"].sum()
    plans = [plan_network(nodes, arcs, target_m3=target, gap=0.02, alternatives=1, time_limit_s=300) for _ in range(2)]
    assert plans[0].status == "optimal"
    assert plans[0].gap <= 0.02 + 1e-6
    pd.testing.assert_frame_equal(plans[0].flows, plans[1].flows)
    assert plans[0].objective == plans[1].objective  # other networks are sought for seconds: they may differ


def test_alternatives_keep_the_wishes_and_differ():
    nodes, arcs = _town()
    target = 0.4 * nodes["supply_m3"].sum()
    plan = plan_network(nodes, arcs, target_m3=target, gap=0.02, alternatives=2, time_limit_s=300)
    assert plan.alternatives
    for other in plan.alternatives:
        assert other.differs_share >= 0.2
        assert other.worse_share <= 0.25
        assert other.volume_m3 >= target * (1 - 1e-9)
        assert other.cost_yuan == pytest.approx(other.objective, rel=1e-4)


def test_progress_is_told_and_a_search_can_be_stopped():
    nodes, arcs = _town()
    heard: list[str] = []
    target = 0.4 * nodes["supply_m3"].sum()
    plan = plan_network(
        nodes, arcs, target_m3=target, gap=0.0, progress=lambda state: heard.append(str(state["phase"])),
        cancelled=lambda: "bound" in heard, alternatives=0,
    )  # fmt: skip
    assert plan.status == "cancelled"
    assert heard[0] == "grown"
    assert plan.bound <= plan.objective
    assert plan.gap > 0


def test_a_time_limit_gives_the_best_so_far_with_its_gap():
    nodes, arcs = _town(4, 40, seed=2)
    target = 0.6 * nodes["supply_m3"].sum()
    plan = plan_network(nodes, arcs, target_m3=target, gap=0.0, time_limit_s=1.5, alternatives=0)
    assert plan.status in ("time_limit", "optimal")
    assert plan.volume_m3 >= target * (1 - 1e-9)
    assert plan.seconds < 8


def test_a_search_without_time_gives_the_first_network_grown():
    nodes, arcs = _town()
    target = 0.4 * nodes["supply_m3"].sum()
    plan = plan_network(nodes, arcs, target_m3=target, gap=0.0, time_limit_s=0.0, alternatives=0)
    assert plan.status == "time_limit"
    assert plan.volume_m3 >= target * (1 - 1e-9)
    assert plan.objective == pytest.approx(plan.cost_yuan, rel=1e-4)
