"""The network problem as arrays: nodes, arcs with their diameters, and what the planner wishes.

Two plain data frames come in. Nodes: `id`, `kind` (plant, user, junction), `supply_m3` of plants, `demand_m3`,
`priority` and `unit_benefit_yuan` of users, and where waters differ `use`. Arcs: `from`, `to`, `diameters` (a list of
`dn_mm`, `capacity_m3`, `capital_yuan_per_year`), `energy_yuan_per_m3`, and where given `id`, `length_m`, `lift_m`,
`corridor` (arcs of one corridor exclude each other, such as the two directions of one trench) and `uses` (an arc that
carries water for these uses only, such as a treatment step). An arc is one way. Volumes are m³ a year, money yuan a
year. A user with a `peak_factor` (1 unless given) takes that many times its volume of a pipe's capacity.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from words.errors import AtlasError

KINDS = ("plant", "user", "junction")
_NODE_NUMBERS = {
    "supply_m3": 0.0, "demand_m3": 0.0, "priority": 1.0, "unit_benefit_yuan": 0.0, "peak_factor": 1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Option:
    """A diameter an arc may take: what it carries and costs a year; `choice` names a diameter of every member."""

    capacity: float
    cost: float
    choice: tuple[float, ...]


@dataclass(frozen=True)
class Arc:
    """A pipe that may be built, one way; `members` are the rows of the arcs frame it stands for, in order.

    `options` rise in capacity and cost. `classes` are the classes of water it may carry.
    """

    tail: int
    head: int
    energy: float
    options: tuple[Option, ...]
    members: tuple[int, ...]
    corridor: Hashable
    classes: frozenset[int]


@dataclass(frozen=True)
class Wishes:
    """What the planner holds fast: volume, money; by hand users, plants with the least they give, arcs.

    `arcs`: groups of arcs by the name they were wished for under, of each of which one must be built.
    """

    target_m3: float | None = None
    budget_yuan: float | None = None
    users: frozenset[int] = frozenset()
    plants: Mapping[int, float] = field(default_factory=dict)
    arcs: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def held(self) -> frozenset[int]:
        """Every arc of a group wished for."""
        return frozenset().union(*self.arcs.values())


@dataclass(frozen=True)
class Problem:
    """Nodes and arcs as arrays of one length each.

    `water` is the class of water a user needs, −1 for other nodes; `peaks` (classes,) says how much of a pipe's
    capacity a m³ of a class takes.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    supply: np.ndarray
    demand: np.ndarray
    weight: np.ndarray
    benefit: np.ndarray
    water: np.ndarray
    peaks: np.ndarray
    arcs: tuple[Arc, ...]
    wishes: Wishes

    @property
    def classes(self) -> int:
        """How many classes of water there are."""
        return len(self.peaks)

    @property
    def load(self) -> np.ndarray:
        """What serving every node takes of pipes: demand times the peak factor of its class, shape (nodes,)."""
        return self.demand * np.where(self.water >= 0, self.peaks[self.water], 1.0)

    @property
    def plants(self) -> np.ndarray:
        """Nodes that have water to give."""
        return np.flatnonzero(self.supply > 0)

    @property
    def users(self) -> np.ndarray:
        """Nodes that may be served."""
        return np.flatnonzero(self.demand > 0)

    def with_wishes(self, wishes: Wishes) -> Problem:
        """The same network under other wishes."""
        return replace(self, wishes=wishes)


def read_nodes(nodes: pd.DataFrame) -> pd.DataFrame:
    """The nodes frame with every column there, numbers checked; AtlasError for a kind, id or number that is wrong."""
    frame = _need(nodes, ("id", "kind"), "nodes").reset_index(drop=True).copy()
    frame["id"] = frame["id"].astype(str)
    twice = frame["id"][frame["id"].duplicated()]
    if len(twice):
        raise AtlasError("reclaimed.node_twice", id=str(twice.iloc[0]))
    strange = frame.loc[~frame["kind"].isin(KINDS)]
    if len(strange):
        raise AtlasError("reclaimed.node_kind", id=str(strange["id"].iloc[0]), kind=str(strange["kind"].iloc[0]))
    for column, default in _NODE_NUMBERS.items():
        frame[column] = _number(frame, column, "nodes", default)
    frame.loc[frame["kind"] != "plant", "supply_m3"] = 0.0
    frame.loc[frame["kind"] != "user", "demand_m3"] = 0.0
    frame["use"] = frame["use"].astype(object) if "use" in frame.columns else None
    return frame


def read_arcs(arcs: pd.DataFrame, known: Sequence[str]) -> pd.DataFrame:
    """The arcs frame with every column there; AtlasError for an unknown end, a wrong number or a double id."""
    frame = _need(arcs, ("from", "to", "diameters"), "arcs").reset_index(drop=True).copy()
    for end in ("from", "to"):
        frame[end] = frame[end].astype(str)
        lost = frame.loc[~frame[end].isin(set(known)), end]
        if len(lost):
            raise AtlasError("reclaimed.arc_end", id=str(lost.iloc[0]))
    for column in ("length_m", "lift_m", "energy_yuan_per_m3"):
        frame[column] = _number(frame, column, "arcs", 0.0, signed=column == "lift_m")
    if "id" not in frame.columns:
        frame["id"] = _arc_ids(frame)
    frame["id"] = frame["id"].astype(str)
    twice = frame["id"][frame["id"].duplicated()]
    if len(twice):
        raise AtlasError("reclaimed.arc_twice", id=str(twice.iloc[0]))
    for column, default in (("corridor", frame["id"]), ("uses", None)):
        frame[column] = frame[column].astype(object) if column in frame.columns else default
    frame["corridor"] = frame["corridor"].where(frame["corridor"].notna(), frame["id"])
    return frame


def make_problem(
    nodes: pd.DataFrame,
    arcs: pd.DataFrame,
    *,
    target_m3: float | None,
    budget_yuan: float | None,
    pinned: Iterable[object],
    forbidden: Iterable[object],
) -> Problem:
    """The problem of two frames that `read_nodes` and `read_arcs` returned, what is forbidden taken out."""
    place = {id_: row for row, id_ in enumerate(nodes["id"])}
    banned_nodes, banned_arcs = _named(forbidden, place, arcs)
    supply, demand = nodes["supply_m3"].to_numpy(float).copy(), nodes["demand_m3"].to_numpy(float).copy()
    kinds = tuple(nodes["kind"])
    for node in banned_nodes:
        supply[node], demand[node] = 0.0, 0.0
        if kinds[node] == "junction":
            ends = (arcs["from"] == nodes["id"][node]) | (arcs["to"] == nodes["id"][node])
            banned_arcs |= {int(row) for row in np.flatnonzero(ends)}
    water, peaks, allowed = _waters(nodes, arcs)
    kept = [
        _arc(record, row, place, allowed[row])
        for row, record in enumerate(arcs.to_dict("records"))
        if row not in banned_arcs
    ]
    built = tuple(arc for arc in kept if arc.options and arc.tail != arc.head)
    problem = Problem(
        ids=tuple(nodes["id"]),
        kinds=kinds,
        supply=supply,
        demand=demand,
        weight=nodes["priority"].to_numpy(float),
        benefit=nodes["unit_benefit_yuan"].to_numpy(float),
        water=np.where(demand > 0, water, -1),
        peaks=peaks,
        arcs=built,
        wishes=Wishes(target_m3, budget_yuan),
    )
    return problem.with_wishes(_wishes(problem, arcs, place, pinned))


def _need(frame: pd.DataFrame, columns: tuple[str, ...], name: str) -> pd.DataFrame:
    for column in columns:
        if column not in frame.columns:
            raise AtlasError("reclaimed.column_missing", frame=name, column=column)
    return frame


def _number(frame: pd.DataFrame, column: str, name: str, default: float, *, signed: bool = False) -> pd.Series:
    if column not in frame.columns:
        return pd.Series(default, index=frame.index)
    values = pd.to_numeric(frame[column], errors="coerce").where(frame[column].notna(), default).astype(float)
    wrong = ~np.isfinite(values) | ((values < 0) & (not signed))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise AtlasError(
            "reclaimed.number_wrong", frame=name, column=column, row=row, value=str(frame[column].iloc[row])
        )
    return values


def _arc_ids(frame: pd.DataFrame) -> pd.Series:
    plain = frame["from"] + ">" + frame["to"]
    count = plain.groupby(plain).cumcount()
    return plain.where(count == 0, plain + "#" + (count + 1).astype(str))


def _waters(nodes: pd.DataFrame, arcs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[frozenset[int]]]:
    """Users whose uses every arc treats alike and whose peaks are alike share a class of water."""
    limits = [None if _all_uses(uses) else frozenset(map(str, uses)) for uses in arcs["uses"]]
    kinds = [limit for limit in dict.fromkeys(limits) if limit is not None]
    signatures = [
        (float(peak), *(str(use) in kind for kind in kinds))
        for use, peak in zip(nodes["use"], nodes["peak_factor"], strict=True)
    ]
    users = [sign for sign, demand in zip(signatures, nodes["demand_m3"], strict=True) if demand > 0]
    known = {signature: n for n, signature in enumerate(dict.fromkeys(users))} or {(1.0,): 0}
    water = np.array([known.get(signature, -1) for signature in signatures])
    every = frozenset(known.values())
    carried = {
        kind: frozenset(n for sign, n in known.items() if sign[1 + kinds.index(kind)]) for kind in kinds if users
    }
    peaks = np.array([signature[0] for signature in known])
    return water, peaks, [every if limit is None else carried.get(limit, frozenset()) for limit in limits]


def _all_uses(uses: object) -> bool:
    return uses is None or (isinstance(uses, float) and np.isnan(uses))


def _arc(record: Mapping[str, Any], row: int, place: Mapping[str, int], classes: frozenset[int]) -> Arc:
    options = tuple(
        Option(float(size["capacity_m3"]), float(size["capital_yuan_per_year"]), (float(size["dn_mm"]),))
        for size in record["diameters"]
        if float(size["capacity_m3"]) > 0
    )
    if any(not np.isfinite(option.cost) or option.cost < 0 or np.isnan(option.capacity) for option in options):
        raise AtlasError("reclaimed.diameter_wrong", id=record["id"])
    return Arc(
        tail=place[record["from"]], head=place[record["to"]], energy=float(record["energy_yuan_per_m3"]),
        options=efficient(options), members=(row,), corridor=record["corridor"], classes=classes,
    )  # fmt: skip


def efficient(options: Iterable[Option], *, most: float = np.inf) -> tuple[Option, ...]:
    """The options no other beats: rising in capacity and cost, none beyond the first that carries `most`."""
    found: list[Option] = []
    for option in sorted(options, key=lambda o: (o.cost, -o.capacity)):
        if not found or option.capacity > found[-1].capacity:
            if found and found[-1].capacity >= most:
                break
            found.append(option)
    return tuple(found)


def _named(named: Iterable[object], place: Mapping[str, int], arcs: pd.DataFrame) -> tuple[set[int], set[int]]:
    """Nodes and arc rows that the ids, corridors or (from, to) pairs name; AtlasError for an unknown one."""
    nodes: set[int] = set()
    rows: set[int] = set()
    for name in named:
        node, found = _find(name, place, arcs)
        nodes |= node
        rows |= found
    return nodes, rows


def _find(name: object, place: Mapping[str, int], arcs: pd.DataFrame) -> tuple[set[int], set[int]]:
    if isinstance(name, tuple | list) and len(name) == 2:
        rows = np.flatnonzero((arcs["from"] == str(name[0])) & (arcs["to"] == str(name[1])))
    elif str(name) in place:
        return {place[str(name)]}, set()
    else:
        rows = np.flatnonzero((arcs["id"] == str(name)) | (arcs["corridor"] == name))
    if not len(rows):
        raise AtlasError("reclaimed.unknown_wish", id=str(name))
    return set(), {int(row) for row in rows}


def _wishes(problem: Problem, arcs: pd.DataFrame, place: Mapping[str, int], pinned: Iterable[object]) -> Wishes:
    """The wishes of a problem with those by hand: a plant gives the smallest demand at least, or all it has if less."""
    least = problem.demand[problem.users].min(initial=np.inf)
    users: set[int] = set()
    plants: dict[int, float] = {}
    groups: dict[str, frozenset[int]] = {}
    for name in pinned:
        found, rows = _find(name, place, arcs)
        group = {n for n, arc in enumerate(problem.arcs) if arc.members[0] in rows}
        for node in found:
            if problem.kinds[node] == "user":
                users.add(node)
            elif problem.kinds[node] == "plant":
                plants[node] = float(min(problem.supply[node], least))
            else:
                group |= {n for n, arc in enumerate(problem.arcs) if node in (arc.tail, arc.head)}
        if rows or any(problem.kinds[node] == "junction" for node in found):
            groups[name_of(name)] = frozenset(group)
    return replace(problem.wishes, users=frozenset(users), plants=plants, arcs=groups)


def name_of(wished: object) -> str:
    """How a wish by hand is called: its id, or both ends of a pair."""
    return "→".join(map(str, wished)) if isinstance(wished, tuple | list) else str(wished)
