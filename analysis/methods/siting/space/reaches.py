"""Judging rules in space: inside, near the line, or clear of it.

Inside keeps the rule's level and, within the tolerance of the line, carries 边界待核; outside but within the tolerance
is 需论证 (or the rule's own level where that is milder); farther away nothing is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.check import RANK, Inquiry, Judgement, Reach, lesser, not_asked, unknown
from analysis.methods.siting.ground.found import Group
from analysis.methods.siting.space.near import clipped, distances

_TOUCH_M2 = 0.01  # less common ground than this is touching, not lying inside
_TOUCH_M = 1e-6
MANY = 2_000  # corners of a feature that is cut to the site's neighbourhood before it is widened


@dataclass(frozen=True)
class Meeting:
    """How a site stands to the features of a group.

    `distance_m` is the way to the nearest; `inside` whether the rule's distance holds; `near` whether the site lies
    outside but within the tolerance; `border` whether it is inside with the line within the tolerance. `hits` are the
    positions of the features met, `share` the part of the site inside, `evidence` what to draw.
    """

    distance_m: float | None
    inside: bool = False
    near: bool = False
    border: bool = False
    hits: tuple[int, ...] = ()
    share: float = 0.0
    evidence: BaseGeometry | None = None


def meet(site: BaseGeometry, group: Group, *, within_m: float, tolerance_m: float) -> Meeting:
    """How a site stands to a group under a rule of `within_m` (0: inside or upon)."""
    if not len(group.shapes):
        return Meeting(None)
    found = np.sort(group.tree.query(site, predicate="dwithin", distance=within_m + tolerance_m))
    if not len(found):
        nearest = group.nearest(site)
        return Meeting(None if nearest is None else nearest[1])
    away = distances(site, group.shapes[found])
    distance = float(away.min())
    hits, parts = _hits(site, group, found, away, within_m)
    if not len(hits):
        at = found[int(away.argmin())]
        return Meeting(distance, near=True, hits=(int(at),), evidence=shapely.shortest_line(site, group.shapes[at]))
    common = shapely.union_all(parts)
    share = min(common.area / site.area, 1.0) if site.area else 0.0
    border = _by_the_line(site, group, hits, within_m=within_m, tolerance_m=tolerance_m)
    return Meeting(distance, True, False, border, tuple(int(at) for at in hits), share, common)


def _hits(
    site: BaseGeometry, group: Group, found: np.ndarray, away: np.ndarray, within_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """The features for which the rule holds, and the part of the site each of them concerns."""
    if within_m == 0:
        touched = found[away <= _TOUCH_M]
        parts = shapely.intersection(site, clipped(group.shapes[touched], site, margin_m=_TOUCH_M))
        size = shapely.area(parts) > _TOUCH_M2 if group.areal else shapely.get_dimensions(parts) >= 0
        return touched[size], parts[size]
    held = found[away < within_m - _TOUCH_M]
    local = clipped(group.shapes[held], site, margin_m=2 * within_m, few=MANY)
    parts = shapely.intersection(site, clipped(shapely.buffer(local, within_m), site, margin_m=_TOUCH_M))
    return held, parts


def _by_the_line(site: BaseGeometry, group: Group, hits: np.ndarray, *, within_m: float, tolerance_m: float) -> bool:
    """Whether the line of the rule passes within the tolerance of the site."""
    if within_m == 0 and group.areal:
        return bool(shapely.dwithin(group.borders[hits], site, tolerance_m).any())
    corners = shapely.points(shapely.get_coordinates(site))
    nearer = np.nextafter(within_m - tolerance_m, 0.0)  # less than the limit
    beyond = np.ones(len(corners), bool)
    for shape in group.shapes[hits]:
        beyond[beyond] = ~shapely.dwithin(shape, corners[beyond], nearer)
    return bool(beyond.any())


def judge_reaches(inquiry: Inquiry, reaches: tuple[Reach, ...]) -> Judgement:
    """The worst of the reaches; clear only when none is met and every group is known."""
    judged = [_judge(inquiry, reach) for reach in reaches]
    made = [judgement for judgement in judged if judgement.verdict in RANK]
    lacking = tuple(dict.fromkeys(need for judgement in judged for need in judgement.needs))
    worst = max(made, key=lambda one: (RANK[one.verdict], one.share or 0.0, -(one.distance_m or 0.0)), default=None)
    open_ = max((one for one in judged if one.needs), key=lambda one: one.reason != "missing", default=None)
    met = open_ is not None and open_.reason != "missing"  # inside something that may bar: no line near by outweighs it
    if open_ is not None and (worst is None or worst.verdict == "clear" or (met and worst.reason == "near")):
        return replace(open_, needs=lacking)
    assert worst is not None
    if worst.verdict == "clear":
        return _nearest(made)
    return worst


def by_reaches(reaches: Callable[[Inquiry], tuple[Reach, ...]]) -> Callable[[Inquiry], Judgement]:
    """The judge of a check that its reaches decide alone; no reach at all means the rule does not concern it."""

    def judge(inquiry: Inquiry) -> Judgement:
        asked = reaches(inquiry)
        return judge_reaches(inquiry, asked) if asked else not_asked("not_concerned")

    return judge


def _nearest(made: list[Judgement]) -> Judgement:
    """Of several clear judgements the one whose feature is nearest."""
    return min(made, key=lambda one: float("inf") if one.distance_m is None else one.distance_m)


def _judge(inquiry: Inquiry, reach: Reach) -> Judgement:
    group = inquiry.ground.group(reach.group)
    if group.missing:
        return unknown(_need(reach, group))
    met = meet(inquiry.site.geometry, group, within_m=reach.within_m, tolerance_m=inquiry.tolerance_m)
    value, threshold, unit = _numbers(reach, group, met)
    if not met.inside and not met.near:
        return Judgement("clear", "outside", value, threshold, unit, 0.0, met.distance_m, layer=group.layer)
    facts = _facts(group, met, reach)
    if reach.verdict not in RANK and met.inside:
        return unknown(*reach.needs, reason=reach.reason, name=facts["name"])
    verdict = reach.verdict if met.inside else "study" if reach.verdict not in RANK else lesser("study", reach.verdict)
    return Judgement(
        verdict,
        reach.reason if met.inside else "near",
        value=value,
        threshold=threshold,
        unit=unit,
        share=met.share,
        distance_m=met.distance_m,
        border=met.border or met.near or reach.unsure,
        layer=group.layer,
        evidence=met.evidence,
        draft=group.draft,
        facts=facts,
    )


def _need(reach: Reach, group: Group) -> str:
    family, _, kind = reach.group.partition(":")
    return f"{group.layer}.{kind.split(':')[0]}" if family == "zone" else group.layer


def _numbers(reach: Reach, group: Group, met: Meeting) -> tuple[float | None, float, str]:
    """Value, threshold and their unit: metres for a rule of distance, the share inside for a rule of place."""
    if reach.within_m > 0 or not group.areal:
        return met.distance_m, reach.within_m, "m"
    return met.share, 0.0, "share"


def _facts(group: Group, met: Meeting, reach: Reach) -> dict[str, object]:
    rows = group.frame.iloc[list(met.hits)]
    names = dict.fromkeys(filter(None, (group.label(at) for at in met.hits)))
    facts: dict[str, object] = {
        "name": "、".join(list(names)[:3]),
        "features": tuple(str(key) for key in rows["id"]) if "id" in rows else (),
        "group": reach.group,
    }
    if "official" in rows and reach.group.startswith("zone:"):
        facts["official"] = bool(rows["official"].astype("boolean").fillna(False).all())
        documents = [value for value in rows["document"] if isinstance(value, str)] if "document" in rows else []
        facts["document"] = "、".join(dict.fromkeys(documents))
    return facts
