"""A reclaimed-water page whose plan is written by hand: two plants, four places, two served, two left out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods.reclaimed.economics import Economics, Rate
from analysis.methods.reclaimed.ground import Ground
from analysis.methods.reclaimed.investment import InvestmentLine
from analysis.methods.reclaimed.quality import Item, Suitability
from analysis.network.answer import LEFT_OUT, SERVED, NetworkPlan
from app.reclaimed.wish import Wish
from tests.small_district import A, B, D
from words import Language
from words.errors import AtlasError

PLANTS = pd.DataFrame(
    [("W1", "甲厂", A, 484_000.0, 3_254_000.0, 730_000.0, 0.0, 73_000.0, 584_000.0, 584_000.0),
     ("W2", None, D, 495_000.0, 3_246_000.0, 1_095_000.0, 200_000.0, 0.0, 785_500.0, 785_500.0)],
    columns=["plant", "name", "township", "x", "y", "treated_m3", "owed_m3", "reused_m3", "supply_m3", "even_m3"],
)  # fmt: skip
PLACES = pd.DataFrame(
    [("G1", "甲园", "greening", "green_spaces", A, 11_200.0, 61.5, 485_500.0, 3_254_500.0),
     ("U1", "甲厂房", "process", "water_users", A, 30_000.0, 100.0, 483_000.0, 3_253_000.0),
     ("R1", "乙街", "road", "roads", B, 5_000.0, 25.0, 493_000.0, 3_253_000.0),
     ("U3", "乙厂房", "process", "water_users", B, 90_000.0, 300.0, 493_500.0, 3_253_500.0)],
    columns=["user", "name", "use", "layer", "township", "annual_m3", "peak_day_m3", "x", "y"],
)  # fmt: skip


def fit(use: str, verdict: str, *items: Item) -> Suitability:
    """What a use finds."""
    return Suitability(use, verdict, verdict, False, items, f"GB {use}")


TN = Item("tn", "exceed", 15.0, 10.0, "class")
OK, TP = Item("cod", "ok", 42.5, 50.0, "reported"), Item("tp", "unknown", None, 1.0, "none")
FITS = {
    ("W1", "greening"): fit("greening", "ok", OK), ("W1", "process"): fit("process", "upgrade", OK, TN),
    ("W1", "road"): fit("road", "unknown", OK, TP), ("W2", "greening"): fit("greening", "polish", TN),
    ("W2", "process"): fit("process", "ok", OK), ("W2", "road"): fit("road", "unknown", TP),
}  # fmt: skip
TODAY = Rate(1_825_000.0, 73_000.0, 73_000.0)
AFTER = Rate(1_825_000.0, 73_000.0, 164_250.0)
LINES = (
    InvestmentLine("pipe", "m", 3_700.0, 200.0, 740_000.0, 200.0, 1.6),
    InvestmentLine("polish", "m3_per_day", 146.5, 1_250.0, 183_125.0),
    InvestmentLine("station", "count", 1.0, 311_375.0, 311_375.0),
)
MONEY = Economics(
    unit_cost_yuan_per_m3=2.345, investment_yuan=1_234_500.0, yearly_yuan=96_612.0, running_yuan=12_000.0,
    income_yuan=131_840.0, investment_lines=LINES, npv_yuan=-352_000.0, irr=0.025,
    tap_yuan_per_m3=4.5, price_yuan_per_m3=2.7, subsidy_yuan=20_600.0, saving_yuan=74_160.0, margin_yuan=-8_000.0,
    payback_years=12.5, break_even_subsidy_yuan_per_m3=0.35, contractor_yuan=44_496.0, user_yuan=29_664.0,
    contract_years=10.0, discharge_avoided_m3=41_200.0,
)  # fmt: skip
SERVED_ROWS = [("G1", "W1", 11_200.0, 1.25), ("U1", "W2", 30_000.0, 5.0)]
LEFT_ROWS = [("R1", 5_000.0, "no_water", "more_supply", None, None, 4_000.0),
             ("U3", 90_000.0, "dearer", "lower_cost", 6.5, 5.0, 135_000.0)]  # fmt: skip


def plan(**told: object) -> NetworkPlan:
    """The plan, other than told."""
    usual = {
        "status": "optimal", "aim": "rate", "objective": 96_612.0, "bound": 96_000.0, "gap": 0.0063,
        "cost_yuan": 96_612.0, "volume_m3": 41_200.0, "served": pd.DataFrame(SERVED_ROWS, columns=list(SERVED)),
        "flows": pd.DataFrame({"length_m": [1_500.0, 2_200.0]}), "diameters": {"a": 200.0},
        "cost_lines": pd.DataFrame(columns=["item", "id", "yuan"]),
        "left_out": pd.DataFrame(LEFT_ROWS, columns=list(LEFT_OUT)), "seconds": 3.4,
    }  # fmt: skip
    return NetworkPlan(**(usual | told))


MONTHS = pd.DataFrame([("W1", month, 2_000.0, 1_500.0 if month == 8 else 3_000.0) for month in range(1, 13)],
                      columns=["plant", "month", "wanted_m3", "available_m3"])  # fmt: skip
MONTHS["delivered_m3"] = MONTHS[["wanted_m3", "available_m3"]].min(axis=1)
MONTHS["short_m3"] = MONTHS["wanted_m3"] - MONTHS["delivered_m3"]


def done(*, rate: Rate = AFTER, money: Economics = MONEY, **told: object) -> SimpleNamespace:
    """What a solved plan holds."""
    arcs = pd.DataFrame({"id": ["a", "b"], "kind": ["pipe", "pipe"], "corridor": ["C1", "C2"]})
    candidates = SimpleNamespace(arcs=arcs, surface=None)
    return SimpleNamespace(
        plan=plan(**told), rate=rate, economics=money, candidates=candidates, built=None, months=MONTHS
    )


def solved(*, wish: Wish | None = None, id_: str = "0123456789ab", **told: Any) -> SimpleNamespace:
    """An answer to a wish."""
    asked = wish or Wish("rate", 0.09, 2e6)
    return SimpleNamespace(done=done(**told), wish=asked, result_id=id_, papers={}, network_id=id_)


def ground(**told: object) -> Ground:
    """Plants, places and suitability, other than told."""
    uses, months = ("greening", "process"), range(1, 13)
    demand = pd.DataFrame([(month, use, 1_000.0 * month * (1 + n)) for n, use in enumerate(uses) for month in months],
                          columns=["month", "use", "m3"])  # fmt: skip
    usual = {"plants": PLANTS, "places": PLACES, "fits": FITS, "demand_months": demand,
             "supply_months": np.arange(1, 13) * 20_000.0, "rate": TODAY, "unknown_plants": 0}  # fmt: skip
    return Ground(**(usual | told))


def scene(
    mark: str, language: Language = "zh", *, network: SimpleNamespace | None = None, wish: Wish | None = None,
    job: object = None, pipe: str | None = None, known: Ground | None = None, refusal: AtlasError | None = None,
) -> SimpleNamespace:  # fmt: skip
    """The page's subject; its search runs while the job is not over."""
    return SimpleNamespace(
        mark=mark, language=language, changed=(), choices=(), ground=known or ground(), pipe=pipe, ground_key=(),
        wish=wish or Wish("rate", 0.09, 2e6), job=job, solved=network, refusal=refusal,
        running=not getattr(job, "over", True),
        network=None if network is None or network.done.plan.objective is None else network,
    )  # fmt: skip
