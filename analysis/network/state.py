"""The state of a search: the best network so far, the bound no network can pass, and how far they are apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from analysis.network.growing import Ground, Grown, goal_of
from analysis.network.model import aim_of
from analysis.network.problem import Problem

Status = Literal["optimal", "time_limit", "cancelled", "infeasible", "unknown"]
Progress = Callable[[Mapping[str, object]], None]


@dataclass
class Search:
    """The state of a search over one reduced problem; `best` none until a network is known."""

    problem: Problem
    gap: float
    seconds: float
    progress: Progress | None = None
    cancelled: Callable[[], bool] = lambda: False
    began: float = field(default_factory=time.monotonic)
    best: Grown | None = None
    value: float = float("nan")
    bound: float = float("nan")
    status: Status = "time_limit"

    def __post_init__(self) -> None:
        """Set up the ground and which way is better."""
        self.ground = Ground(self.problem)
        self.least = aim_of(self.problem) == "cost"

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds until the search must end."""
        return self.seconds - self.elapsed

    def objective(self, grown: Grown) -> float:
        """Cost, weighted volume or net benefit of a network, by the problem's wishes."""
        goal = goal_of(self.problem)
        if self.least:
            return self.ground.total(grown)
        served = float(sum(goal.value[user] for user in sorted(grown.ways)))
        return served - self.ground.total(grown) if goal.net else served

    def offer(self, grown: Grown | None) -> bool:
        """Take a network if it meets the wishes and is better than the best; true if taken."""
        grown = None if grown is None else self.ground.settle(grown)
        if grown is None or not meets(self.ground, grown):
            return False
        value = self.objective(grown)
        if self.best is not None:
            same = abs(value - self.value) <= 1e-12 * abs(value)
            better = value < self.value if self.least else value > self.value
            cheaper = self.ground.total(grown) < self.ground.total(self.best) * (1 - 1e-12)
            if not (cheaper if same else better):
                return False
        self.best, self.value = grown, value
        return True

    def tighten(self, bound: float) -> None:
        """Take a bound if it is closer."""
        if np.isfinite(bound):
            known = [bound] if np.isnan(self.bound) else [bound, self.bound]
            self.bound = max(known) if self.least else min(known)

    @property
    def distance(self) -> float:
        """The gap: how far the best may be from the bound, as a share of the best; infinite without either."""
        return gap_between(self.value, self.bound)

    def tell(self, phase: str, found: float | None = None) -> None:
        """Report progress; `found` is an objective the solver knows and the search has not taken yet."""
        if self.progress is not None:
            known = [value for value in (found, self.value) if value is not None and not np.isnan(value)]
            value = (min(known) if self.least else max(known)) if known else None
            self.progress({
                "phase": phase, "seconds": self.elapsed, "objective": value,
                "bound": None if np.isnan(self.bound) else self.bound,
                "gap": None if value is None else gap_between(value, self.bound),
            })  # fmt: skip

    def over(self) -> bool:
        """Whether the search must stop: by hand or by time."""
        return self.cancelled() or self.elapsed >= self.seconds


def gap_between(value: float, bound: float) -> float:
    """|value − bound| as a share of |value|, 0 where both are 0; infinite where one is unknown."""
    if np.isnan(value) or np.isnan(bound):
        return float("inf")
    distance = abs(value - bound)
    return 0.0 if distance <= 1e-6 else distance / max(abs(value), 1e-9)


def meets(ground: Ground, grown: Grown) -> bool:
    """Whether a network keeps every wish: volume, money, users, plants, arcs, and no corridor is built twice."""
    problem, wishes, built = ground.problem, ground.problem.wishes, grown.size >= 0
    served = sum(problem.demand[user] for user in grown.ways)
    if wishes.target_m3 is not None and served < wishes.target_m3 * (1 - 1e-9):
        return False
    if wishes.budget_yuan is not None and ground.total(grown) > wishes.budget_yuan * (1 + 1e-9) + 1e-6:
        return False
    given = problem.supply - grown.left
    plants = all(given[plant] >= least * (1 - 1e-6) for plant, least in wishes.plants.items())
    arcs = all(built[sorted(group)].any() for group in wishes.arcs.values())
    once = len(np.unique(ground.corridor[built])) == built.sum()
    return plants and arcs and bool(once) and wishes.users <= set(grown.ways)
