"""Rainwater of the whole district: usable volume, runoff and duties of every township, and what each tank does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from analysis.finding import Finding
from analysis.methods.rainwater.catchments import loose
from analysis.methods.rainwater.cover import township_runoff
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.obligations import LAYERS, Obligation, obligations, rain_rules
from analysis.methods.rainwater.potential import CASES, Potential, headline, potential
from analysis.methods.rainwater.projects import RainProject, simulate
from analysis.methods.rainwater.tally import Tally, tally, whole
from layers.rule import Rule

POTENTIAL_LAYERS = (
    "townships", "daily_rain", "rainfall", "residential_estates", "public_institutions", "industrial_parks", "roads",
    "green_spaces", "small_water_works",
)  # fmt: skip
RUNOFF_LAYERS = ("landcover", "landcover_legend", "soil_group", "rainfall")
RUNOFF_NEEDS = ("landcover", "landcover_legend", "rainfall")
Say = Callable[..., Finding]


@dataclass(frozen=True)
class OwnTank:
    """A project with what the tank it has does: yearly yield in m³ and reliabilities, none where they are unknown.

    `partly` says that a surface or a use is not told, so that the yield is a lower bound.
    """

    project: RainProject
    yield_m3: float | None
    volumetric_reliability: float | None
    time_reliability: float | None
    partly: bool = False


@dataclass(frozen=True)
class Outlook:
    """Rainwater of every township of today. `potentials` and `runoff_m3` go by code; `runoff_m3` is none without cover.
    `runoff_shares` are the parts of the land it is known of, `unsized` the townships of projects without a catchment,
    `loose` that some catchment or cistern names no township.

    The design rain is `ground.design`. `own_tanks` are reckoned when first asked for.
    """

    ground: Ground
    potentials: Mapping[str, Potential]
    runoff_m3: Mapping[str, float | None] | None
    owed: tuple[Obligation, ...]
    texts: tuple[Rule, ...]
    runoff_shares: Mapping[str, float] = field(default_factory=dict)
    unsized: tuple[str, ...] = ()
    loose: bool = False

    @cached_property
    def own_tanks(self) -> Mapping[str, OwnTank]:
        """Every project by id with what its own tank does."""
        return {id_: _own(self.ground, project) for id_, project in (self.ground.projects or {}).items()}

    def tanks_in(self, township: str | None) -> list[OwnTank]:
        """The projects of a township, or of the district."""
        return [one for one in self.own_tanks.values() if township in (None, one.project.township)]

    def owed_in(self, township: str | None) -> list[Obligation]:
        """The places of a township, or of the district."""
        return [one for one in self.owed if township in (None, one.township)]

    def duties_in(self, township: str | None) -> list[Tally]:
        """The places of a township, or of the district, counted by township and lead."""
        return tally(self.owed_in(township))


def outlook_of(ground: Ground) -> Outlook:
    """The outlook under one question."""
    mean_mm = None if ground.record is None else ground.record.mean_mm
    runoff = township_runoff(ground.district, ground.assumed, mean_mm=mean_mm)
    return Outlook(
        ground=ground,
        potentials={found.township: found for found in potential(ground.district, ground.assumed)},
        runoff_m3=None if runoff is None else {code: one.volume_m3 for code, one in runoff.items()},
        owed=tuple(obligations(ground.district, ground.assumed, design_mm=ground.design[0], on=ground.on)),
        texts=rain_rules(ground.district, on=ground.on),
        runoff_shares={code: one.known_share for code, one in (runoff or {}).items()},
        unsized=ground.unsized,
        loose=loose(ground.district),
    )


def total_yield_m3(own: Iterable[OwnTank]) -> tuple[float | None, int]:
    """What the tanks yield in a year together, none where none is known, and how many of them are not known whole."""
    own = list(own)
    yields = [one.yield_m3 for one in own]
    known = [volume for volume in yields if volume is not None]
    partly = sum(one.partly for one in own if one.yield_m3 is not None)
    return (sum(known) if known else None), len(yields) - len(known) + partly


def _own(ground: Ground, project: RainProject) -> OwnTank:
    days, tank_m3 = ground.local(project.township), project.own_tank_m3
    if days is None or tank_m3 is None:
        return OwnTank(project, None, None, None)
    done = simulate(project, days, ground.assumed, capacity_m3=tank_m3, **ground.rules)
    shares = (float(share[0]) for share in (done.volumetric_reliability, done.time_reliability))
    volume, time = (share if np.isfinite(share) else None for share in shares)
    return OwnTank(project, float(done.yield_m3[0]) / len(days.whole_years), volume, time, project.partly)


def township_findings(outlook: Outlook, say: Say) -> Iterator[Finding]:
    """Usable rain, runoff and storage owed of every township, and of the district all but the runoff.

    Runoff is no supply and has no total. A value over something unknown is a lower bound: `facts["lower_bound"]`.
    """
    for code, found in outlook.potentials.items():
        yield _usable(found, say, share=float(outlook.ground.rain.at[code, "known_share"]))
        yield _runoff(outlook, code, say)
        yield _owed(outlook, code, code, say)
    code = outlook.ground.district.settings.code
    yield _usable_whole(list(outlook.potentials.values()), code, say, loose=outlook.loose)
    yield _owed(outlook, None, code, say)


def _runoff(outlook: Outlook, code: str, say: Say) -> Finding:
    """The runoff of the cells that are known, a lower bound where some are not."""
    if outlook.runoff_m3 is None:
        return say("rain_runoff_m3", code, None, layers=RUNOFF_LAYERS, facts={"absent": True}, needs=RUNOFF_NEEDS)
    volume, share = outlook.runoff_m3[code], outlook.runoff_shares[code]
    facts: dict[str, object] = {} if share == 1 else {"known_share": share}
    if facts and volume is not None:
        facts["lower_bound"] = True
    needs = tuple(layer for layer in RUNOFF_LAYERS if outlook.ground.district.has(layer))
    return say("rain_runoff_m3", code, volume, layers=RUNOFF_LAYERS, facts=facts, needs=needs)


def _usable(found: Potential, say: Say, *, share: float = 1.0) -> Finding:
    method, volume = headline(found)
    facts = {"method": method, "limited": found.limited, "absent": volume["central"] is None}
    facts |= {"known_share": share} if 0 < share < 1 else {}
    if found.partly:
        facts["lower_bound"] = True
    return say(
        "rain_usable_m3", found.township, volume["central"], layers=POTENTIAL_LAYERS, low=volume["low"],
        high=volume["high"], facts=facts, needs=found.needs,
    )  # fmt: skip


def _usable_whole(found: list[Potential], code: str, say: Say, *, loose: bool = False) -> Finding:
    """The townships that are known, added up; how many are not stands in the facts."""
    volumes = [headline(one)[1] for one in found]
    known = [volume for volume in volumes if volume["central"] is not None]
    missing = len(found) - len(known)
    facts: dict[str, object] = {"limited": all(one.limited for one in found if headline(one)[1]["central"] is not None)}
    facts |= {"absent": True} if not known else {}
    facts |= {"missing": missing} if missing else {}
    facts |= {"lower_bound": True} if missing or loose or any(one.partly for one in found) else {}
    low, central, high = (sum(v[case] or 0.0 for v in known) if known else None for case in CASES)
    needs = tuple(dict.fromkeys(layer for one in found for layer in one.needs))
    return say(
        "rain_usable_m3", code, central, layers=POTENTIAL_LAYERS, low=low, high=high, facts=facts, needs=needs
    )  # fmt: skip


def _owed(outlook: Outlook, township: str | None, subject: str, say: Say) -> Finding:
    """Storage lacking where a facility is 应建; a place without surfaces or date and an absent layer leave it open."""
    absent = tuple(layer for layer in LAYERS if layer not in outlook.ground.district.frames)
    counted = whole(outlook.duties_in(township))
    facts: dict[str, object] = {
        "places": counted.required, "unknown": counted.unknown, "undated": counted.undated, "without": absent,
    }  # fmt: skip
    value = None if len(absent) == len(LAYERS) else counted.missing_m3
    if value is not None and (counted.unknown or counted.partly or counted.undated or absent):
        facts["lower_bound"] = True
    if value is None:
        facts["absent"] = bool(absent)
    return say("rain_owed_m3", subject, value, layers=LAYERS, facts=facts, needs=absent or ("residential_estates",))
