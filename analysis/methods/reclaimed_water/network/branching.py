"""Branch and bound over users first: who is served decides nearly everything, and then the relaxation is tight.

With the users fixed the relaxation and its cuts are within a percent of the best network, so branching goes over users
(s), then over arcs (built or not), then over their sizes. Cuts found in a node hold everywhere. The next node is the
better child while diving, else the one with the lowest bound; nothing is left to chance or the clock but the end.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, field

import highspy
import numpy as np

from analysis.methods.reclaimed_water.network.cuts import Cut, Relaxation, Separator, add_cuts
from analysis.methods.reclaimed_water.network.flows import grown_from, read_columns
from analysis.methods.reclaimed_water.network.growing import Ground, goal_of, grow, start, trim
from analysis.methods.reclaimed_water.network.model import Model
from analysis.methods.reclaimed_water.network.state import Search

_WHOLE = 1e-6
_ROUNDS = 3
_GUIDE_EVERY = 6
_TELL_EVERY = 0.5
Change = tuple[int, float, float]


@dataclass(frozen=True)
class Node:
    """Columns held on the way here (column, lower, upper), the bound inherited, and the branching that made it."""

    changes: tuple[Change, ...]
    bound: float
    user: int | None = None
    up: bool = False
    share: float = 0.0


@dataclass
class Tree:
    """Branch and bound of one model; values and bounds in the model's scaled units, to be minimised."""

    search: Search
    model: Model
    relaxation: Relaxation
    known: dict[Cut, None] = field(default_factory=dict)
    gains: dict[tuple[int, bool], tuple[float, int]] = field(default_factory=dict)
    lowest_closed: float = np.inf
    solved: int = 0
    told: float = 0.0

    def __post_init__(self) -> None:
        """Take over the relaxation's solver and cuts."""
        self.solver, self.factor = self.relaxation.solver, self.model.scale * self.model.sign
        self.separator = Separator(self.model)
        self.known.update(dict.fromkeys(self.relaxation.cuts))
        self.held: set[int] = set()

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
        self._learn(node, bound)
        bound = max(bound, node.bound)
        if bound >= self.cutoff:
            return self._close(bound)
        if self.solved % _GUIDE_EVERY == 1:
            self._try_values(values)
        fixed = {column for column, low, high in node.changes if low == high}
        split = self._split(values, fixed)
        if split is None:
            self._take(values)
            return self._close(bound)
        down, up, user, share = split
        low = Node((*node.changes, *down), bound, user, False, share)
        high = Node((*node.changes, *up), bound, user, True, 1 - share)
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
        """Bounds of the columns as the node has them, all others free again."""
        bounds = {column: (0.0, 1.0) for column in self.held}
        for column, low, high in node.changes:
            before = bounds.get(column, (0.0, 1.0)) if column not in self.held else bounds[column]
            bounds[column] = (max(before[0], low), min(before[1], high))
        self.held = {column for column, _, _ in node.changes}
        if bounds:
            columns = np.array(sorted(bounds), dtype=np.int32)
            low, high = (np.array([bounds[int(c)][n] for c in columns]) for n in (0, 1))
            self.solver.changeColsBounds(len(columns), columns, low, high)

    def _learn(self, node: Node, bound: float) -> None:
        """How much the bound rose per unit of a user's share, for choosing later."""
        if node.user is not None and node.share > 0:
            total, count = self.gains.get((node.user, node.up), (0.0, 0))
            gain = max(bound - node.bound, 0.0) / node.share
            self.gains[(node.user, node.up)] = (total + gain, count + 1)

    def _split(
        self, values: np.ndarray, fixed: set[int]
    ) -> tuple[tuple[Change, ...], tuple[Change, ...], int | None, float] | None:
        """The two sides of the best branching; none when every whole number is whole."""
        users = [(u, values[c]) for u, c in self.model.s.items() if _WHOLE < values[c] < 1 - _WHOLE]
        if users:
            user, share = max(users, key=lambda entry: (self._score(*entry), -entry[0]))
            column = self.model.s[user]
            return ((column, 0.0, 0.0),), ((column, 1.0, 1.0),), user, float(share)
        return self._split_arcs(values, fixed)

    def _score(self, user: int, share: float) -> float:
        known = [total / count for total, count in self.gains.values()]
        usual = sum(known) / len(known) if known else 1.0
        weight = self.model.problem.demand[user] / self.model.volume_unit
        sides = []
        for up, part in ((False, share), (True, 1 - share)):
            total, count = self.gains.get((user, up), (0.0, 0))
            sides.append((total / count if count else usual * weight) * part)
        return max(sides[0], 1e-9) * max(sides[1], 1e-9)

    def _split_arcs(
        self, values: np.ndarray, fixed: set[int]
    ) -> tuple[tuple[Change, ...], tuple[Change, ...], int | None, float] | None:
        """Built or not where the sum over sizes is not whole, else smaller or larger."""
        best: tuple[float, int] | None = None
        for number, span in enumerate(self.model.y):
            part = values[span.start : span.stop]
            broken = float(np.minimum(part, 1 - part).max(initial=0.0))
            if broken > _WHOLE and (best is None or broken > best[0] + 1e-12):
                best = (broken, number)
        if best is None:
            return None
        span = self.model.y[best[1]]
        part = values[span.start : span.stop]
        column = span.start + int(np.argmax(np.minimum(part, 1 - part)))
        return ((column, 0.0, 0.0),), ((column, 1.0, 1.0),), None, float(values[column])

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
