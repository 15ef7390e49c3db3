"""Branch and bound over who is served and which trunks are built: then the relaxation is nearly tight.

With users and arcs decided the relaxation and its cuts are within a percent of the best network. A node branches on
large users first, then where most money is in doubt: arcs built by the same share belong together (a trunk and what
hangs on it); if one user stands behind the share it is decided, else the dearest arc, built or not. Sizes come last.
Cuts found in a node hold everywhere. The next node is the better child while diving, else the one with the lowest
bound; nothing is left to chance or the clock but the end.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, field

import highspy
import numpy as np

from analysis.network.cuts import Cut, Relaxation, Separator, add_cuts
from analysis.network.flows import grown_from, read_columns
from analysis.network.growing import Ground, goal_of, grow, start, trim
from analysis.network.model import Model
from analysis.network.state import Search

_WHOLE = 1e-6
_ROUNDS = 3
_GUIDE_EVERY = 6
_TELL_EVERY = 0.5
_LARGE_SHARE = 0.05
Change = tuple[str, int, float, float]
Split = tuple[Change, Change, float]


@dataclass(frozen=True)
class Node:
    """Columns and rows held on the way here (which, number, lower, upper) and the bound inherited."""

    changes: tuple[Change, ...]
    bound: float


@dataclass
class Tree:
    """Branch and bound of one model; values and bounds in the model's scaled units, to be minimised."""

    search: Search
    model: Model
    relaxation: Relaxation
    known: dict[Cut, None] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    lowest_closed: float = np.inf
    solved: int = 0
    told: float = 0.0

    def __post_init__(self) -> None:
        """Take over the relaxation's solver and cuts."""
        self.solver, self.factor = self.relaxation.solver, self.model.scale * self.model.sign
        self.separator = Separator(self.model)
        self.known.update(dict.fromkeys(self.relaxation.cuts))
        self.held: set[tuple[str, int]] = set()
        options = self.model.problem.arcs
        self.cost = np.concatenate([np.array([o.cost for o in arc.options]) for arc in options])
        self.arc_of = np.repeat(np.arange(len(options)), [len(arc.options) for arc in options])

    @property
    def cutoff(self) -> float:
        """A node whose bound is no lower cannot improve the best by more than the gap asked."""
        if self.search.best is None:
            return np.inf
        value = self.search.value / self.factor
        return value - max(self.search.gap * abs(value), 1e-9)

    def run(self) -> None:
        """Work through the tree until the gap is reached, nothing is open, or the search is over."""
        count = itertools.count()
        heap: list[tuple[float, int, Node]] = []
        dive: Node | None = Node((), self.relaxation.objective)
        while (dive is not None or heap) and not self.search.over():
            node = dive if dive is not None else heapq.heappop(heap)[2]
            dive = None
            children = self._expand(node)
            if children:
                dive = children[0]
                for child in children[1:]:
                    heapq.heappush(heap, (child.bound, next(count), child))
            self._report(heap, dive)
        self._report(heap, dive, last=True)

    def _report(self, heap: list[tuple[float, int, Node]], dive: Node | None, *, last: bool = False) -> None:
        waiting = [entry[0] for entry in heap[:1]] + ([dive.bound] if dive is not None else [])
        bound = min([self.lowest_closed, *waiting])
        if np.isfinite(bound):
            self.search.tighten(bound * self.factor)
        if last or self.search.elapsed - self.told > _TELL_EVERY:
            self.told = self.search.elapsed
            self.search.tell("branching")

    def _close(self, bound: float) -> list[Node]:
        self.lowest_closed = min(self.lowest_closed, bound)
        return []

    def _expand(self, node: Node) -> list[Node]:
        """The children of a node, the one to dive into first; none when it is closed."""
        if node.bound >= self.cutoff:
            return self._close(node.bound)
        solved = self._solve(node)
        if solved is None:
            return self._close(node.bound) if self.search.over() else []
        bound, values = solved
        bound = max(bound, node.bound)
        if bound >= self.cutoff:
            return self._close(bound)
        if self.solved % _GUIDE_EVERY == 1:
            self._try_values(values)
        split = self._split(values)
        if split is None:
            self._take(values)
            return self._close(bound)
        down, up, share = split
        low, high = Node((*node.changes, down), bound), Node((*node.changes, up), bound)
        return [high, low] if share >= 0.5 else [low, high]

    def _solve(self, node: Node) -> tuple[float, np.ndarray] | None:
        """The relaxation of a node after some rounds of cuts; none when it is infeasible or time is up."""
        self._hold(node)
        found: tuple[float, np.ndarray] | None = None
        for number in range(_ROUNDS):
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(self.search.left, 0.01))
            self.solver.run()
            self.solved += number == 0
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return found if found is not None and self.search.over() else None
            values = np.array(self.solver.getSolution().col_value)
            found = (self.solver.getInfo().objective_function_value, values)
            if found[0] >= self.cutoff:
                break
            fresh = self.separator.violated(values, self.known)
            if not fresh or number == _ROUNDS - 1:
                break
            self.known.update(dict.fromkeys(fresh))
            add_cuts(self.solver, fresh)
        return found

    def _hold(self, node: Node) -> None:
        """Bounds of columns and rows as the node has them, all others free again."""
        bounds = {key: (0.0, 1.0) for key in self.held}
        for which, number, low, high in node.changes:
            before = bounds.get((which, number), (0.0, 1.0))
            bounds[(which, number)] = (max(before[0], low), min(before[1], high))
        self.held = {(which, number) for which, number, _, _ in node.changes}
        for (which, number), (low, high) in sorted(bounds.items()):
            change = self.solver.changeColBounds if which == "column" else self.solver.changeRowBounds
            change(number, low, high)

    def _split(self, values: np.ndarray) -> Split | None:
        """The two sides of the best branching; none when every whole number is whole."""
        model = self.model
        users = {u: values[c] for u, c in model.s.items() if _WHOLE < values[c] < 1 - _WHOLE}
        share = model.chosen_share(values)
        doubt = (share > _WHOLE) & (share < 1 - _WHOLE)
        money = np.bincount(self.arc_of, weights=self.cost * values[: len(self.cost)], minlength=len(share))
        large = self._large(users, values)
        if large is not None:
            return self._column(model.s[large], float(users[large]))
        if doubt.any():
            keys, group = np.unique(np.round(share[doubt], 4), return_inverse=True)
            stake = np.bincount(group, weights=money[doubt]) * (1 - keys)
            key = keys[int(np.argmax(stake))]
            user = self._behind(users, float(key))
            if user is None:
                members = np.flatnonzero(doubt)[group == int(np.argmax(stake))]
                return self._arc(int(members[np.argmax(money[members])]), float(key))
            return self._column(model.s[user], float(users[user]))
        if users:
            user = max(users, key=lambda u: (users[u] * (1 - users[u]) * model.problem.demand[u], -u))
            return self._column(model.s[user], float(users[user]))
        sizes = values[: len(self.cost)]
        broken = np.minimum(sizes, 1 - sizes)
        column = int(np.argmax(broken))
        return self._column(column, float(sizes[column])) if broken[column] > _WHOLE else None

    def _large(self, users: dict[int, float], values: np.ndarray) -> int | None:
        """The user in doubt with most water at stake, among those that take a good part of all that is served."""
        demand, model = self.model.problem.demand, self.model
        served = sum(demand[user] * values[column] for user, column in model.s.items())
        large = [user for user in users if demand[user] >= _LARGE_SHARE * served]
        return max(large, key=lambda u: (users[u] * (1 - users[u]) * demand[u], -u), default=None)

    def _behind(self, users: dict[int, float], key: float) -> int | None:
        """The user that takes at least half of what users of this share take, if there is one."""
        alike = {u: float(self.model.problem.demand[u]) for u, part in users.items() if abs(part - key) <= 1e-4}
        largest = max(alike, key=lambda u: (alike[u], -u), default=None)
        return largest if largest is not None and alike[largest] * 2 >= sum(alike.values()) else None

    def _column(self, column: int, share: float) -> Split:
        return ("column", column, 0.0, 0.0), ("column", column, 1.0, 1.0), share

    def _arc(self, number: int, share: float) -> Split:
        """Built or not, held by a row over the arc's sizes that is put in when first needed."""
        if number not in self.rows:
            self.rows[number] = self.solver.getNumRow()
            span = np.array(self.model.y[number], dtype=np.int32)
            self.solver.addRow(0.0, 1.0, len(span), span, np.ones(len(span)))
        row = self.rows[number]
        return ("row", row, 0.0, 0.0), ("row", row, 1.0, 1.0), share

    def _take(self, values: np.ndarray) -> None:
        """Offer the network of a node without fractions."""
        self.search.offer(grown_from(self.search.ground, *read_columns(self.model, values)))

    def _try_values(self, values: np.ndarray) -> None:
        """Grow a network along the values of a node: the users served most first, by the pipes it builds; offer it."""
        problem, goal = self.search.problem, goal_of(self.search.problem)
        share = np.minimum(self.model.chosen_share(values), 1.0)
        guide = Ground(problem, discount=1 - 0.9 * share)
        grown = start(guide, goal)
        if grown is None:
            return
        served = {user: values[column] for user, column in self.model.s.items() if values[column] > 0.5}
        for user in sorted(served, key=lambda u: (-served[u], u)):
            if user in grown.ways:
                continue
            trial = grown.copy()
            if guide.connect(trial, user) and guide.total(trial) <= goal.spend:
                grown = trial
        guide.ratios = self.search.ground.ratios
        self.search.offer(trim(self.search.ground, goal, grow(guide, goal, grown, stop=self.search.over)))
