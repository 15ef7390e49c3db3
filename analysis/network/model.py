"""The mixed-integer programme: which arcs at which diameter, which users, what flows.

Variables: y (a diameter of an arc, 0–1), s (a user served, 0–1, always whole), f (flow of a class of water in an arc),
g (water a plant gives). Flows are counted in units of the mean demand, money in units of the mean yearly cost, so that
no coefficient is far from one. Beside balance and capacity stand inequalities that every best network meets: an arc
out of a junction needs one into it, one into it needs one out, a corridor is built once; and, found one by one by
`cuts`, that around every served user some arc is built (z ≥ s over the cut).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from highspy.highs import HighsCallback
from scipy.sparse import csr_matrix

from analysis.network.problem import Problem

Aim = Literal["cost", "volume", "net"]


@dataclass
class Rows:
    """Rows of a linear programme being gathered: lower ≤ Σ value·column ≤ upper."""

    lower: list[float]
    upper: list[float]
    starts: list[int]
    columns: list[int]
    values: list[float]

    @classmethod
    def empty(cls) -> Rows:
        """No rows yet."""
        return cls([], [], [0], [], [])

    def add(self, terms: list[tuple[int, float]], lower: float = -np.inf, upper: float = np.inf) -> None:
        """One more row."""
        self.columns.extend(column for column, _ in terms)
        self.values.extend(value for _, value in terms)
        self.starts.append(len(self.columns))
        self.lower.append(lower)
        self.upper.append(upper)

    def matrix(self, columns: int) -> csr_matrix:
        """The rows as a sparse matrix, terms of one column added up."""
        found = csr_matrix((self.values, self.columns, self.starts), shape=(len(self.lower), columns))
        found.sum_duplicates()
        return found


@dataclass(frozen=True)
class Model:
    """The programme with its columns: `y[arc]` a slice of options, `f[arc]` flows by class, `s[user]`, `g[plant]`.

    `objective` in scaled money or m³ (to be minimised); `scale` turns it back: true value = scaled × `scale` × `sign`.
    """

    problem: Problem
    aim: Aim
    columns: int
    y: tuple[range, ...]
    f: tuple[dict[int, int], ...]
    s: dict[int, int]
    g: dict[int, dict[int, int]]
    objective: np.ndarray
    upper: np.ndarray
    rows: Rows
    volume_unit: float
    money_unit: float
    scale: float
    sign: float

    @property
    def integral(self) -> np.ndarray:
        """Columns that must be whole: diameters and users."""
        return np.array([n for span in self.y for n in span] + list(self.s.values()), dtype=np.int32)

    def chosen_share(self, values: np.ndarray) -> np.ndarray:
        """z of every arc: the sum of its options, shape (arcs,)."""
        return np.array([values[span.start : span.stop].sum() for span in self.y])


def aim_of(problem: Problem) -> Aim:
    """Least cost for a target, most weighted volume for a budget, else the greatest net benefit."""
    if problem.wishes.target_m3 is not None:
        return "cost"
    return "volume" if problem.wishes.budget_yuan is not None else "net"


def build(problem: Problem, *, aim: Aim | None = None) -> Model:
    """The programme of a problem, its aim by its wishes unless given."""
    aim = aim or aim_of(problem)
    y, f, s, g, columns = _columns(problem)
    demand = problem.demand[problem.users]
    volume_unit = float(demand.mean()) if len(demand) else 1.0
    money_unit = _money_unit(problem, volume_unit)
    cost = np.zeros(columns)
    for arc, span, flows in zip(problem.arcs, y, f, strict=True):
        cost[span.start : span.stop] = [option.cost / money_unit for option in arc.options]
        for column in flows.values():
            cost[column] = arc.energy * volume_unit / money_unit
    objective, scale, sign = _objective(problem, aim, cost, s, volume_unit=volume_unit, money_unit=money_unit)
    upper = np.ones(columns)
    for flows in (*f, *g.values()):
        upper[list(flows.values())] = np.inf
    model = Model(
        problem, aim, columns, y, f, s, g, objective, upper, Rows.empty(), volume_unit, money_unit, scale, sign
    )
    _physics(model)
    _strengthen(model)
    _wished(model, cost)
    return model


def _columns(
    problem: Problem,
) -> tuple[tuple[range, ...], tuple[dict[int, int], ...], dict[int, int], dict[int, dict[int, int]], int]:
    count, spans = 0, []
    for arc in problem.arcs:
        spans.append(range(count, count + len(arc.options)))
        count += len(arc.options)
    s = {int(user): count + n for n, user in enumerate(problem.users)}
    count += len(s)
    flows = []
    for arc in problem.arcs:
        flows.append({water: count + n for n, water in enumerate(sorted(arc.classes))})
        count += len(arc.classes)
    g = {}
    for plant in problem.plants:
        g[int(plant)] = {water: count + water for water in range(problem.classes)}
        count += problem.classes
    return tuple(spans), tuple(flows), s, g, count


def _money_unit(problem: Problem, volume_unit: float) -> float:
    costs = [option.cost for arc in problem.arcs for option in arc.options]
    costs += [arc.energy * volume_unit for arc in problem.arcs]
    known = [cost for cost in costs if cost > 0]
    return float(np.mean(known)) if known else 1.0


def _objective(
    problem: Problem, aim: Aim, cost: np.ndarray, s: dict[int, int], *, volume_unit: float, money_unit: float
) -> tuple[np.ndarray, float, float]:
    if aim == "cost":
        return cost, money_unit, 1.0
    objective = np.zeros(len(cost))
    if aim == "net":
        for user, column in s.items():
            objective[column] = -problem.demand[user] * problem.benefit[user] / money_unit
        return objective + cost, money_unit, -1.0
    for user, column in s.items():
        objective[column] = -problem.demand[user] * problem.weight[user] / volume_unit
    return objective, volume_unit, -1.0


def _physics(model: Model) -> None:
    """Balance of every class at every node, what plants have, what the chosen diameters carry."""
    problem, unit = model.problem, model.volume_unit
    balance: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for arc, flows in zip(problem.arcs, model.f, strict=True):
        for water, column in flows.items():
            balance.setdefault((arc.tail, water), []).append((column, -1.0))
            balance.setdefault((arc.head, water), []).append((column, 1.0))
    for plant, gives in model.g.items():
        for water, column in gives.items():
            balance.setdefault((plant, water), []).append((column, 1.0))
        model.rows.add([(column, 1.0) for column in gives.values()], upper=problem.supply[plant] / unit)
    for user, column in model.s.items():
        balance.setdefault((user, int(problem.water[user])), []).append((column, -problem.demand[user] / unit))
    for terms in balance.values():
        model.rows.add(terms, 0.0, 0.0)
    for arc, span, flows in zip(problem.arcs, model.y, model.f, strict=True):
        carried = [(n, -option.capacity / unit) for n, option in zip(span, arc.options, strict=True)]
        taken = [(column, problem.peaks[water]) for water, column in flows.items()]
        model.rows.add(taken + carried, upper=0.0)


def _strengthen(model: Model) -> None:
    """Corridors once; no arc out of a junction without one in, none in without one out (best networks need none)."""
    problem = model.problem
    wished = problem.wishes.held
    corridors: dict[object, list[int]] = {}
    into: dict[int, list[int]] = {}
    out: dict[int, list[int]] = {}
    for number, arc in enumerate(problem.arcs):
        corridors.setdefault(arc.corridor, []).append(number)
        into.setdefault(arc.head, []).append(number)
        out.setdefault(arc.tail, []).append(number)
    for numbers in corridors.values():
        columns = [column for number in numbers for column in model.y[number]]
        if len(columns) > 1:
            model.rows.add([(column, 1.0) for column in columns], upper=1.0)
    everyone = (problem.wishes.target_m3 or 0.0) >= problem.demand.sum() * (1 - 1e-9)
    for number, arc in enumerate(problem.arcs):
        if number in wished:
            continue
        if problem.supply[arc.tail] == 0:
            feeding = [n for n in into.get(arc.tail, []) if problem.arcs[n].tail != arc.head]
            _need_one(model, number, feeding)
        if problem.demand[arc.head] == 0:
            leaving = [n for n in out.get(arc.head, []) if problem.arcs[n].head != arc.tail]
            _need_one(model, number, leaving)
        elif not out.get(arc.head) and not everyone:
            user = model.s[arc.head]
            model.rows.add([(column, 1.0) for column in model.y[number]] + [(user, -1.0)], upper=0.0)


def _need_one(model: Model, number: int, others: list[int]) -> None:
    terms = [(column, 1.0) for column in model.y[number]]
    terms += [(column, -1.0) for other in others for column in model.y[other]]
    model.rows.add(terms, upper=0.0)


def _wished(model: Model, cost: np.ndarray) -> None:
    """What the planner holds fast: volume, money, users, plants and arcs by hand."""
    problem, wishes = model.problem, model.problem.wishes
    unit = model.volume_unit
    if wishes.target_m3 is not None:
        terms = [(column, problem.demand[user] / unit) for user, column in model.s.items()]
        model.rows.add(terms, lower=wishes.target_m3 / unit * (1 - 1e-9))
    if wishes.budget_yuan is not None and np.isfinite(wishes.budget_yuan):
        spent = [(int(n), cost[n]) for n in np.flatnonzero(cost)]
        model.rows.add(spent, upper=wishes.budget_yuan / model.money_unit)
    for user in sorted(wishes.users):
        model.rows.add([(model.s[user], 1.0)] if user in model.s else [], lower=1.0)
    for plant, least in sorted(wishes.plants.items()):
        gives = [(column, 1.0) for column in model.g.get(plant, {}).values()]
        model.rows.add(gives, lower=least / unit)
    for group in wishes.arcs.values():
        model.rows.add([(column, 1.0) for n in sorted(group) for column in model.y[n]], lower=1.0)


def to_highs(model: Model) -> highspy.HighsLp:
    """The programme without its whole-number demands, as HiGHS takes it."""
    matrix = model.rows.matrix(model.columns)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.columns, len(model.rows.lower)
    lp.col_cost_ = model.objective
    lp.col_lower_, lp.col_upper_ = np.zeros(model.columns), model.upper
    lp.row_lower_, lp.row_upper_ = np.array(model.rows.lower, float), np.array(model.rows.upper, float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    return lp


class _Silent(highspy.Highs):
    """HiGHS without the banner it prints on standard output when the first solver starts."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        kinds = range(int(highspy.cb.HighsCallbackType.kCallbackMax) + 1)
        self.callbacks = [HighsCallback(highspy.cb.HighsCallbackType(kind), self) for kind in kinds]
        self.enableCallbacks()


def quiet_highs(*, gap: float = 0.0, seconds: float | None = None) -> highspy.Highs:
    """A solver that prints nothing, works on one thread and answers the same every time it stops by gap."""
    solver = _Silent()
    options: dict[str, object] = {
        "output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": gap, "mip_abs_gap": 1e-9,
        "mip_feasibility_tolerance": 1e-7, "primal_feasibility_tolerance": 1e-8,
    }  # fmt: skip
    if seconds is not None:
        options["time_limit"] = max(seconds, 0.01)
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def make_whole(solver: highspy.Highs, columns: np.ndarray) -> None:
    """Demand whole numbers of these columns."""
    kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(len(columns), columns, kinds)
