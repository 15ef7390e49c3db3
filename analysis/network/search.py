"""The search: a first network grown, a bound from the relaxation and its cuts, then the solver's branch and cut.

The solver gets the cuts as rows and the best network grown as its start. All steps before it are counted, so a search
stopped by its gap gives the same answer every time; one stopped by time or by hand gives the best so far.
"""

from __future__ import annotations

import highspy
import numpy as np

from analysis.network.cuts import relax
from analysis.network.flows import columns_of, grown_from, read_columns
from analysis.network.growing import Ground, goal_of, grow, start, trim
from analysis.network.improving import improve
from analysis.network.model import Model, build, make_whole
from analysis.network.problem import Problem
from analysis.network.state import Search

ROUNDS = 20
_SMALL_ARCS = 80
_AGREES = 1e-5


def run(search: Search) -> Search:
    """Carry a search through: grow, relax, grow along the relaxation, improve, branch and cut.

    The first network is grown whole however little time there is: a busy machine gives a poorer answer, not none.
    """
    goal, plain = goal_of(search.problem), unshared(search.problem)
    first = None if plain else start(search.ground, goal)
    if first is not None:
        search.offer(trim(search.ground, goal, grow(search.ground, goal, first, stop=search.cancelled)))
        search.tell("grown")
    model = build(search.problem)
    rounds = {"rounds": 1} if plain else {}
    relaxation = relax(model, seconds=max(search.left, 0.1) * 0.5, cancelled=search.over, **rounds)
    if not relaxation.feasible and search.best is None:
        return _conclude(search, "infeasible")
    search.tighten(relaxation.objective * model.scale * model.sign)
    search.tell("bound")
    if first is not None and len(search.problem.arcs) > _SMALL_ARCS and search.distance > search.gap:
        _grow_along(search, model.chosen_share(relaxation.values))
    if search.distance <= search.gap or search.over():
        return _conclude(search, "time_limit")
    return _conclude(search, _branch(search, model, relaxation.solver))


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


def _grow_along(search: Search, share: np.ndarray) -> None:
    """Grow again with the pipes of the relaxation cheap, then improve the best on true costs."""
    goal, latest = goal_of(search.problem), search.elapsed + search.left * 0.3

    def late() -> bool:
        return search.over() or search.elapsed > latest

    for pull in (0.9, 0.6):
        guided = Ground(search.problem, discount=1 - pull * np.minimum(share, 1.0))
        first = start(guided, goal)
        if first is not None:
            search.offer(trim(search.ground, goal, grow(guided, goal, first, stop=late)))
    search.tell("guided")
    if search.best is not None and search.distance > search.gap:
        search.offer(improve(search.ground, goal, search.best, rounds=ROUNDS, stop=late))
        search.tell("improved")


def _branch(search: Search, model: Model, solver: highspy.Highs) -> str:
    """Let the solver branch and cut; what it says of its end, once its network stands up to being counted anew."""
    make_whole(solver, model.integral)
    solver.setOptionValue("mip_rel_gap", search.gap)
    _listen(search, model, solver)
    before = search.bound
    for presolve in ("choose", "off"):
        solver.clearSolver()
        solver.setOptionValue("presolve", presolve)
        solver.setOptionValue("time_limit", max(search.left, 0.05))
        if search.best is not None:
            known = highspy.HighsSolution()
            known.col_value = columns_of(model, search.ground, search.best)
            solver.setSolution(known)
        solver.run()
        said = _said(search, model, solver)
        if said != "unknown" or search.over():
            return said
        search.bound = before
    return "unknown"


def _said(search: Search, model: Model, solver: highspy.Highs) -> str:
    """Take the solver's network and bound; what its status means, `unknown` where its claims do not hold."""
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return "infeasible" if search.best is None else "unknown"
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        search.offer(grown_from(search.ground, *read_columns(model, np.array(solver.getSolution().col_value))))
    factor = model.scale * model.sign
    if status == highspy.HighsModelStatus.kOptimal:
        claimed = info.objective_function_value * factor
        worse = search.value - claimed if search.least else claimed - search.value
        if not worse <= _AGREES * max(abs(claimed), 1e-3):
            return "unknown"
    elif status not in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
        return "unknown"
    search.tighten(info.mip_dual_bound * factor)
    return "optimal" if status == highspy.HighsModelStatus.kOptimal else "time_limit"


def _conclude(search: Search, said: str) -> Search:
    """Set the status: proven within the gap or impossible, stopped by hand, out of time, or not known."""
    if search.best is not None and (search.bound > search.value if search.least else search.bound < search.value):
        search.bound = search.value  # a rounding error past the best network is the best network
    if search.best is not None and search.distance <= search.gap * (1 + 1e-6) + 1e-6:
        search.status = "optimal"
    elif search.cancelled():
        search.status = "cancelled"
    elif said == "infeasible":
        search.status = "infeasible"
    else:
        search.status = "time_limit" if said == "time_limit" or search.over() else "unknown"
    search.tell("done")
    return search


def _listen(search: Search, model: Model, solver: highspy.Highs) -> None:
    """Let the solver report its bound and best, and stop it by hand."""
    factor = model.scale * model.sign

    def logged(event: highspy.HighsCallbackEvent) -> None:
        search.tighten(event.data_out.mip_dual_bound * factor)
        found = event.data_out.mip_primal_bound
        search.tell("branching", found * factor if abs(found) < 1e30 else None)

    def asked(event: highspy.HighsCallbackEvent) -> None:
        if search.over():
            event.interrupt()

    solver.cbMipLogging += logged
    solver.cbMipInterrupt += asked
