"""What a check is and what it says: declared as data, judged by a pure function, answered with evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry.base import BaseGeometry

from analysis.finding import Verdict
from analysis.methods.siting.demand import Demand, demand_of
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.site import Site
from analysis.proposal import Proposal
from layers.departments import Departments
from layers.layer import Status
from layers.rule import Rule

if TYPE_CHECKING:
    from analysis.methods.siting.ground.slope import Slopes

ORDER: tuple[Verdict, ...] = ("clear", "study", "restricted", "prohibited")  # worst last; unknown stands apart
RANK = {verdict: rank for rank, verdict in enumerate(ORDER)}
APPLICANT = "applicant"


@dataclass(frozen=True)
class Inquiry:
    """One question: may this proposal stand on this site, on this ground, under these assumptions, on this day.

    `aged` are the layers that on the day are past their shelf life or have no date.
    """

    site: Site
    proposal: Proposal
    ground: Ground
    assumed: Mapping[str, float]
    on: date
    aged: frozenset[str] = frozenset()

    @property
    def tolerance_m(self) -> float:
        """How far a line drawn on a map may be wrong: the assumption, or the site's own accuracy when worse."""
        return max(self.assumed["siting_tolerance_m"], self.site.accuracy_m)

    def speaks(self, check: Check) -> bool:
        """Whether instruments in force here bar or ask what the check looks for, with every number it compares with."""
        ruled = any(map(self.ground.rule, check.basis)) or any(map(self.ground.rules, check.kinds))
        return ruled and all(id_ in self.assumed for id_ in check.thresholds)

    @cached_property
    def slopes(self) -> Slopes | None:
        """The slopes of the site's ground, none without elevation."""
        return self.ground.slopes_of(self.site.geometry)

    @cached_property
    def demand(self) -> Demand:
        """What the project needs a year and how that is known."""
        quotas = self.ground.district.tables.get("quotas")
        return demand_of(self.proposal, quotas, area_m2=self.site.area_m2, assumed=self.assumed)


@dataclass(frozen=True)
class Reach:
    """A rule in space: within so many metres of any feature of a group (0: inside or upon it) the verdict holds.

    `reason` is the key under `siting.reasons` of the sentence that says why. The verdict `unknown` says that what
    holds there cannot be told without `needs`; `unsure` that the line itself is not known, so that it is 边界待核.
    """

    group: str
    verdict: Verdict
    reason: str
    within_m: float = 0.0
    needs: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class Judgement:
    """What the pure function of a check says.

    `value` and `threshold` are in `unit` (key of `words.units`); `share` is the part of the site concerned;
    `distance_m` the way to the nearest feature that matters; `border` marks a line too near to be sure (边界待核);
    `needs` lists layer ids, or `proposal.<field>`, without which no verdict is possible; `rules` are
    the rules that decided where a check chooses among several; `looked` the layers that were looked at where those are
    not all of the check.
    """

    verdict: Verdict
    reason: str
    value: float | None = None
    threshold: float | None = None
    unit: str | None = None
    share: float | None = None
    distance_m: float | None = None
    border: bool = False
    layer: str | None = None
    evidence: BaseGeometry | None = None
    draft: bool = False
    needs: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    looked: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Flip:
    """The smallest change that turns a check to a better verdict.

    `kind`: move (value: metres; sizes: east_m, north_m, bearing), demand (new demand m³ a year), substitute (m³ a year
    to be met from reclaimed water or rain), tank (m³ of storage to add), size (sizes: area_m2, earthworks_m3), source
    (`to`: the new one), document (`fields` of the proposal to be met), extend. `target` is the verdict after it.
    """

    kind: str
    target: Verdict
    value: float | None = None
    unit: str | None = None
    sizes: Mapping[str, float] = field(default_factory=dict)
    to: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """Sizes, source and fields by name, those that the kind has."""
        told: dict[str, object] = dict(self.sizes)
        if self.to is not None:
            told["to"] = self.to
        if self.fields:
            told["fields"] = self.fields
        return told


Reaches = Callable[[Inquiry], tuple[Reach, ...]]
Judge = Callable[[Inquiry], Judgement]
Flips = Callable[[Inquiry, Judgement], tuple[Flip, ...]]
Cells = Callable[[Inquiry, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Check:
    """One rule: what it needs, how it judges, on what it rests.

    `reaches` are its rules in space (they also make the suitability surface); `judge` decides where more is needed,
    else the reaches decide alone; `cells` gives the rank of each cell from its slope (rise over run). `basis` are
    ids of rules; `thresholds` assumption ids; `owner` the department that owes missing data; `hard`
    says that the tolerance never softens it; `kinds` are kinds of rules of which any one makes it speak.
    """

    id: str
    number: int
    layers: tuple[str, ...]
    levels: tuple[Verdict, ...]
    basis: tuple[str, ...]
    owner: str
    judge: Judge
    reaches: Reaches | None = None
    cells: Cells | None = None
    flips: Flips | None = None
    thresholds: tuple[str, ...] = ()
    hard: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """A check's judgement on one site, with where its evidence comes from and what would change it.

    `basis` are the rules in force here that it rests on; `broken` layers it lacks that are there and cannot be read;
    `status` and `layer_version` speak of the layers used, `as_of` of the oldest looked at; `owner` owes what is
    missing, a role of the district's `departments`; `aged` are the layers too old to judge by, or without a date.
    """

    check: Check
    judgement: Judgement
    as_of: str | None
    status: Status | None
    layer_version: str | None
    owner: str | None
    flips: tuple[Flip, ...] = ()
    basis: tuple[Rule, ...] = ()
    departments: Departments = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    aged: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The level, one of prohibited, restricted, study, clear, unknown."""
        return self.judgement.verdict


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of the verdicts that could be made; unknown when none could."""
    made = [verdict for verdict in verdicts if verdict in RANK]
    return max(made, key=RANK.__getitem__) if made else "unknown"


def lesser(a: Verdict, b: Verdict) -> Verdict:
    """The milder of two verdicts that were made."""
    return min(a, b, key=RANK.__getitem__)


def unknown(*needs: str, reason: str = "missing", **facts: object) -> Judgement:
    """A verdict that cannot be made, naming the layers or proposal fields it lacks."""
    return Judgement("unknown", reason, needs=needs, facts=facts)


def not_asked(reason: str, **facts: object) -> Judgement:
    """Nothing found against the project because the rule does not concern it."""
    return Judgement("clear", reason, facts=facts, looked=())
