"""The search: a first network grown, a bound from the relaxation and its cuts, then branch and bound.

Where users are in question the tree of `branching` goes over them; where only pipes are, HiGHS branches. All steps
before branching are counted, so a search stopped by its gap gives the same answer every time; a search stopped by
time or by hand gives the best so far.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from analysis.network.branching import Tree
from analysis.network.cuts import Relaxation, relax
from analysis.network.filtering import carry_over, without_hopeless
from analysis.network.flows import columns_of, grown_from, read_columns
from analysis.network.growing import Ground, goal_of, grow, start, trim
from analysis.network.improving import improve
from analysis.network.model import Model, build
from analysis.network.problem import Problem
from analysis.network.state import Progress, Search, gap_between, meets, total_cost

__all__ = ["Progress", "Search", "gap_between", "make_whole", "meets", "read_columns", "run", "total_cost", "unshared"]

ROUNDS = 20
_SMALL_ARCS = 80
_WORTH_SHARE = 0.8


def rounds_for(problem: Problem) -> int:
    """Rounds of improving: none for a small problem, which branching settles at once."""
    return ROUNDS if len(problem.arcs) > _SMALL_ARCS else 0


def run(search: Search) -> Search:
    """Carry a search through: grow, relax, grow along the relaxation, improve, branch and bound."""
    if unshared(search.problem):
        model = build(search.problem)
        return _branch(search, model, relax(model, seconds=0.0, cancelled=search.over, rounds=0))
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
    fractions = relaxation.values[list(model.s.values())]
    if rounds_for(search.problem) and int(((fractions > 1e-6) & (fractions < 1 - 1e-6)).sum()) > 1:
        return _over_users(search, model, relaxation)
    return _branch(search, model, relaxation)


def unshared(problem: Problem) -> bool:
    """Whether no pipe is shared: from every plant, or what its water comes to first, a pipe of its own to each user.

    Such an allocation is not small, yet the solver needs no help with it: its own relaxation is nearly exact.
    """
    fed = {arc.head for arc in problem.arcs if problem.supply[arc.tail] > 0}
    later = {arc.head for arc in problem.arcs if problem.supply[arc.tail] <= 0}
    ends = {arc.tail for arc in problem.arcs}
    return (
        len(problem.arcs) > _SMALL_ARCS
        and all(problem.supply[arc.tail] > 0 or arc.tail in fed - later for arc in problem.arcs)
        and not any(problem.demand[node] > 0 or problem.supply[node] > 0 for node in ends & (fed | later))
    )


def _over_users(search: Search, model: Model, relaxation: Relaxation) -> Search:
    """Branch over users first, on what is left when the hopeless is taken out."""
    inner = None if search.best is None else _filtered(search, model, relaxation)
    if inner is None:
        Tree(search, model, relaxation).run()
    else:
        search.offer(None if inner.best is None else carry_over(inner.best, inner.problem, search.ground))
        search.bound = inner.bound
    if search.best is None and not search.over():
        search.status = "infeasible"
        return search
    return _conclude(search)


def _filtered(search: Search, model: Model, relaxation: Relaxation) -> Search | None:
    """A search through the smaller problem, its bound never over what was taken out; none when little was."""
    assert search.best is not None
    value = search.value / (model.scale * model.sign)
    cutoff = value - max(search.gap * abs(value), 1e-9)
    left = without_hopeless(search.problem, model, relaxation, best=search.best, cutoff=cutoff)
    before, after = (sum(len(arc.options) for arc in one.arcs) for one in (search.problem, left))
    if after > _WORTH_SHARE * before:
        return None
    inner = replace(search, problem=left, best=None, value=float("nan"), bound=float("nan"))
    inner.offer(carry_over(search.best, search.problem, inner.ground))
    smaller = build(left)
    root = relax(smaller, seconds=search.left * 0.5, cancelled=search.over)
    inner.tighten(search.bound)
    if not root.feasible or inner.best is None:
        return None
    tree = Tree(inner, smaller, root)
    tree.lowest_closed = cutoff * (model.scale * model.sign) / tree.factor
    tree.run()
    return inner


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
    return search if search.status == "infeasible" else _conclude(search)


def _conclude(search: Search) -> Search:
    """Set the status: proven within the gap, stopped by hand, or out of time."""
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


def make_whole(solver: highspy.Highs, columns: np.ndarray) -> None:
    """Demand whole numbers of these columns."""
    kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(len(columns), columns, kinds)


def _listen(search: Search, model: Model, solver: highspy.Highs) -> None:
    """Let the solver report its bound and best, and stop it by hand."""
    factor = model.scale * model.sign

    def logged(event: highspy.HighsCallbackEvent) -> None:
        if np.isfinite(event.data_out.mip_dual_bound):
            search.tighten(event.data_out.mip_dual_bound * factor)
        found = event.data_out.mip_primal_bound
        search.tell("branching", found * factor if abs(found) < 1e30 else None)

    def asked(event: highspy.HighsCallbackEvent) -> None:
        if search.over():
            event.interrupt()

    if search.progress is not None:
        solver.cbMipLogging += logged
    solver.cbMipInterrupt += asked
