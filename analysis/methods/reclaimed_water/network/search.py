"""The search: a first network grown, a bound from the relaxation and its cuts, then branch and bound by HiGHS.

What is known at any moment is the best network so far and the bound no network can pass; their distance is the gap. All
steps before branching are counted, so a search stopped by its gap gives the same answer every time; a search stopped
by time or by hand gives the best so far.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import highspy
import numpy as np

from analysis.methods.reclaimed_water.network.cuts import Relaxation, relax
from analysis.methods.reclaimed_water.network.flows import columns_of, grown_from, wished_sizes
from analysis.methods.reclaimed_water.network.growing import Ground, Grown, goal_of, grow, start, trim
from analysis.methods.reclaimed_water.network.improving import improve
from analysis.methods.reclaimed_water.network.model import Model, aim_of, build
from analysis.methods.reclaimed_water.network.problem import Problem

ROUNDS = 20
_SMALL_ARCS = 80
Status = Literal["optimal", "time_limit", "cancelled", "infeasible"]
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

    def objective(self, grown: Grown) -> float:
        """Cost, weighted volume or net benefit of a network, by the problem's wishes."""
        goal = goal_of(self.problem)
        if self.least:
            return total_cost(self.ground, grown)
        served = float(sum(goal.value[user] for user in sorted(grown.ways)))
        return served - total_cost(self.ground, grown) if goal.net else served

    def offer(self, grown: Grown | None) -> bool:
        """Take a network if it meets the wishes and is better than the best; true if taken."""
        if grown is None or not meets(self.ground, grown):
            return False
        value = self.objective(grown)
        if self.best is not None:
            same = abs(value - self.value) <= 1e-12 * abs(value)
            better = value < self.value if self.least else value > self.value
            cheaper = total_cost(self.ground, grown) < total_cost(self.ground, self.best) * (1 - 1e-12)
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
    return 0.0 if distance <= 1e-9 else distance / max(abs(value), 1e-9)


def rounds_for(problem: Problem) -> int:
    """Rounds of improving: none for a small problem, which branching settles at once."""
    return ROUNDS if len(problem.arcs) > _SMALL_ARCS else 0


def total_cost(ground: Ground, grown: Grown) -> float:
    """Yearly cost of a network with the arcs wished for that carry nothing."""
    idle = wished_sizes(ground.problem, grown)
    return ground.total(grown) + sum(ground.problem.arcs[n].options[size].cost for n, size in idle.items())


def meets(ground: Ground, grown: Grown) -> bool:
    """Whether a network keeps every wish: volume, money, users, plants, arcs."""
    problem, wishes = ground.problem, ground.problem.wishes
    served = sum(problem.demand[user] for user in grown.ways)
    if wishes.target_m3 is not None and served < wishes.target_m3 * (1 - 1e-9):
        return False
    if wishes.budget_yuan is not None and total_cost(ground, grown) > wishes.budget_yuan * (1 + 1e-9) + 1e-6:
        return False
    given = problem.supply - grown.left
    least = problem.demand[problem.users].min(initial=np.inf)
    plants = all(given[p] >= min(problem.supply[p], least) * (1 - 1e-6) for p in wishes.plants)
    return plants and wishes.users <= set(grown.ways) and all(wishes.arcs)


def run(search: Search) -> Search:
    """Carry a search through: grow, relax, grow along the relaxation, improve, branch and bound."""
    goal = goal_of(search.problem)
    first = start(search.ground, goal)
    if first is not None:
        search.offer(trim(search.ground, goal, grow(search.ground, goal, first, stop=search.over)))
        search.tell("grown")
    model = build(search.problem)
    relaxation = relax(model, seconds=max(search.seconds - search.elapsed, 0.1) * 0.5, cancelled=search.over)
    if not relaxation.feasible:
        search.status = "infeasible"
        return search
    search.tighten(relaxation.objective * model.scale * model.sign)
    search.tell("bound")
    if first is not None and search.distance > search.gap and rounds_for(search.problem):
        _grow_along(search, model, relaxation)
    if search.best is not None and search.distance <= search.gap:
        search.status = "optimal"
        return search
    if search.over():
        search.status = "cancelled" if search.cancelled() else "time_limit"
        return search
    return _branch(search, model, relaxation)


def _grow_along(search: Search, model: Model, relaxation: Relaxation) -> None:
    """Grow again with the pipes of the relaxation cheap, then improve the best on true costs."""
    share = model.chosen_share(relaxation.values)
    goal, latest = goal_of(search.problem), search.elapsed + (search.seconds - search.elapsed) * 0.3

    def late() -> bool:
        return search.over() or search.elapsed > latest

    for pull in (0.9, 0.6):
        guided = Ground(search.problem, discount=1 - pull * np.minimum(share, 1.0))
        first = start(guided, goal)
        if first is None:
            return
        search.offer(trim(search.ground, goal, grow(guided, goal, first, stop=late)))
    search.tell("guided")
    if search.best is not None and search.distance > search.gap:
        search.offer(improve(search.ground, goal, search.best, rounds=rounds_for(search.problem), stop=late))
        search.tell("improved")


def _branch(search: Search, model: Model, relaxation: Relaxation) -> Search:
    solver = relaxation.solver
    solver.clearSolver()
    solver.setOptionValue("mip_rel_gap", search.gap)
    make_whole(solver, model.integral)
    if search.best is not None:
        _hand_in(solver, columns_of(model, search.ground, search.best))
    _listen(search, model, solver)
    if not _solve(search, model, solver):
        solver.clearSolver()
        solver.setOptionValue("presolve", "off")
        _solve(search, model, solver)
    if search.status == "infeasible":
        return search
    _settle(search)
    reached = search.best is not None and search.distance <= search.gap * (1 + 1e-6) + 1e-6
    search.status = "optimal" if reached else "cancelled" if search.cancelled() else "time_limit"
    search.tell("done")
    return search


def _solve(search: Search, model: Model, solver: highspy.Highs) -> bool:
    """Run the solver and take its network and bound; false when its answer does not stand up to being counted anew."""
    solver.setOptionValue("time_limit", max(search.seconds - search.elapsed, 0.05))
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        search.status = "infeasible" if search.best is None else search.status
        return search.best is None
    _take(search, model, np.array(solver.getSolution().col_value))
    claimed = info.objective_function_value * model.scale * model.sign
    if status == highspy.HighsModelStatus.kOptimal and gap_between(search.value, claimed) > 1e-5 + search.gap:
        return False
    if np.isfinite(info.mip_dual_bound):
        search.tighten(info.mip_dual_bound * model.scale * model.sign)
    return True


def _settle(search: Search) -> None:
    """A bound a rounding error past the best network is the best network."""
    if search.best is not None and not np.isnan(search.bound):
        past = search.bound > search.value if search.least else search.bound < search.value
        if past:
            search.bound = search.value


def _hand_in(solver: highspy.Highs, values: np.ndarray) -> None:
    solution = highspy.HighsSolution()
    solution.col_value = values
    solver.setSolution(solution)


def _take(search: Search, model: Model, values: np.ndarray) -> None:
    """Offer the network that the programme's columns describe."""
    if len(values) == model.columns:
        search.offer(grown_from(search.ground, *read_columns(model, values)))


def read_columns(model: Model, values: np.ndarray) -> tuple[dict[int, int], list[int]]:
    """The chosen diameters (arc → option) and the users served that values of the columns mean."""
    sizes = {}
    for number, span in enumerate(model.y):
        chosen = [n for n in span if values[n] > 0.5]
        if chosen:
            sizes[number] = chosen[-1] - span.start
    return sizes, [user for user, column in model.s.items() if values[column] > 0.5]


def make_whole(solver: highspy.Highs, columns: np.ndarray) -> None:
    """Demand whole numbers of these columns."""
    kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(len(columns), columns, kinds)


def _listen(search: Search, model: Model, solver: highspy.Highs) -> None:
    """Let the solver report its bound and best, and stop it by hand."""
    factor = model.scale * model.sign

    def logged(event: highspy.HighsCallbackEvent) -> None:  # type: ignore[name-defined]
        if np.isfinite(event.data_out.mip_dual_bound):
            search.tighten(event.data_out.mip_dual_bound * factor)
        found = event.data_out.mip_primal_bound
        search.tell("branching", found * factor if abs(found) < 1e30 else None)

    def asked(event: highspy.HighsCallbackEvent) -> None:  # type: ignore[name-defined]
        if search.over():
            event.interrupt()

    if search.progress is not None:
        solver.cbMipLogging += logged
    solver.cbMipInterrupt += asked
