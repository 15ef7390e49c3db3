"""One project as asked about: its answer at once, its days and storm when first looked at, other sizes as a wish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.finding import Finding
from analysis.formulas.rain.record import Record
from analysis.methods.rainwater.detail import Days, Drainage, Months, Size, days_of, drainage, months_of, sizes_of
from analysis.methods.rainwater.ground import Ground
from analysis.methods.rainwater.outlook import Say
from analysis.methods.rainwater.projects import Answer, RainProject, answer, saved_yuan_per_m3
from analysis.rules.rain import storm_of
from words.errors import AtlasError

LAYERS = ("projects", "daily_rain", "rainfall")
MOST_SIZES = 20


@dataclass(frozen=True)
class ProjectDetail:
    """What is known of a project: `answer` is none without a daily record, `sizes` hold what was wished for.

    `local` is the record scaled to the project's township, `saved_yuan_per_m3` what a m³ less from the mains saves.
    """

    ground: Ground
    project: RainProject
    local: Record | None
    answer: Answer | None
    saved_yuan_per_m3: float
    sizes: tuple[Size, ...] = ()

    @cached_property
    def days(self) -> Days | None:
        """What the project's tank does on every day of the record."""
        if self.local is None or self.project.own_tank_m3 is None:
            return None
        return days_of(self.project, self.local, self.ground.assumed, **self.ground.rules)

    @cached_property
    def months(self) -> Months | None:
        """The mean calendar months."""
        return None if self.days is None else months_of(self.days)

    @cached_property
    def storm(self) -> Drainage | None:
        """A design storm on the project; none without a record or where the district has no storm formula."""
        if self.days is None:
            return None
        mean = float(self.days.trace.stored_m3.mean())
        storm = storm_of(self.ground.district, on=self.ground.on)
        return drainage(self.project, self.ground.assumed, storm=storm, stored_m3=mean)


def project_of(ground: Ground, id_: str) -> RainProject:
    """The project asked about; AtlasError `rainwater.unknown_project` when there is none with a catchment."""
    known = ground.projects or {}
    if id_ not in known:
        raise AtlasError("rainwater.unknown_project", id=id_, count=len(known))
    return known[id_]


def detail_of(ground: Ground, id_: str, wish: Mapping[str, object]) -> ProjectDetail:
    """The project's answer, or with the wish `{"part": "sizes", "tanks_m3": […]}` those tanks alone.

    AtlasError `rainwater.unknown_project`; `rainwater.unknown_wish` for any other wish.
    """
    project = project_of(ground, id_)
    local, saved = ground.local(project.township), saved_yuan_per_m3(ground.assumed)
    if not wish:
        said = None if local is None else answer(project, local, ground.assumed, printed=ground.printed, **ground.rules)
        return ProjectDetail(ground, project, local, said, saved)
    tanks = _tanks_m3(wish)
    sizes = [] if local is None else sizes_of(project, local, ground.assumed, tanks_m3=tanks, **ground.rules)
    return ProjectDetail(ground, project, local, None, saved, tuple(sizes))


def _tanks_m3(wish: Mapping[str, object]) -> list[float]:
    tanks = wish.get("tanks_m3")
    if wish.keys() != {"part", "tanks_m3"} or wish["part"] != "sizes" or not isinstance(tanks, list | tuple):
        raise AtlasError("rainwater.unknown_wish", wish=str(dict(wish)))
    numbers = [float(one) for one in tanks if isinstance(one, int | float) and one >= 0]
    if len(numbers) != len(tanks) or len(numbers) > MOST_SIZES:
        raise AtlasError("rainwater.unknown_wish", wish=str(dict(wish)))
    return numbers


def project_findings(detail: ProjectDetail, say: Say) -> Iterator[Finding]:
    """Yield and reliability with the tank it has; unknown without a daily record, its own rain, tank or uses.

    Where a surface or a use is not told the yield is a lower bound, and both say that they are of a part (`partly`).
    """
    said, id_, project = detail.answer, detail.project.id, detail.project
    facts: dict[str, object] = {"scaled": detail.local is not None, "absent": detail.ground.record is None}
    facts |= {"partly": True} if project.partly else {}
    needs = ("daily_rain",) if facts["absent"] else ("rainfall",) if detail.local is None else ("projects",)
    yearly, share = (None, None) if said is None else (said.yield_m3, said.volumetric_reliability)
    least = {"lower_bound": True} if project.partly and yearly is not None else {}
    yield say("rain_project_yield_m3", id_, yearly, layers=LAYERS, facts=facts | least, needs=needs)
    yield say("rain_project_reliability", id_, share, layers=LAYERS, facts=facts, needs=needs)
