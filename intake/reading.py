"""The gate's door: everything strangers hand in is read in a reading process, through these functions and no others.

They give what the readers of `intake` give and raise what those raise, and besides `geo.errors.worker_*` for content
that hangs, grows or breaks its reader. Of the district a reader is handed only the settings and the townships.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.proposal import Proposal
from geo.atomic import folder_aside
from geo.note import Note, Said
from geo.worker import Limits, letter, run
from geo.worker import warm as warm_process
from geo.worker.limits import MB
from intake import apart
from intake.district.new import Made, Order, refuse_occupied
from intake.points.reading import PointsFile, users_told, with_plants
from intake.rain.reading import RainFile
from intake.site.reading import SiteFile
from layers.district import District, Settings
from layers.problem import Problem
from layers.reading.rain.plausible import Bounds, bounds_of
from words.errors import AtlasError

SMALL = Limits(memory_bytes=1024 * MB, seconds=20.0)
LARGE = Limits(memory_bytes=2048 * MB, seconds=120.0, answer_bytes=512 * MB, gives_way=False)  # of commands alone
_KINDS = (SiteFile, RainFile, PointsFile, Problem, Note, Said, Proposal, Bounds)
_ORDER = (Order, Made, Problem, Note, Said)

Cancelled = Callable[[], bool]


def _never() -> bool:
    return False


def warm(district: District | None = None) -> None:
    """Let a reading process wait with the readers loaded, and what depends on the district alone worked out."""
    warm_process("intake.apart")
    if district is not None:
        threading.Thread(target=_get_ready, args=(district,), daemon=True).start()


def _get_ready(district: District) -> None:
    with contextlib.suppress(AtlasError):
        _run(apart.nothing, district=district)


def read_site(
    path: str | Path,
    district: District,
    *,
    answers: Mapping[str, str] | None = None,
    cancelled: Cancelled = _never,
) -> SiteFile:
    """The site in a file, as `intake.site.reading.read_site`."""
    return _run(apart.site, Path(path).absolute(), dict(answers or {}), district=district, cancelled=cancelled)


def read_pasted(
    text: str, district: District, *, answers: Mapping[str, str] | None = None, cancelled: Cancelled = _never
) -> SiteFile:
    """The site in a text, as `intake.site.reading.read_pasted`."""
    return _run(apart.pasted, text, dict(answers or {}), district=district, cancelled=cancelled)


def read_daily_rain(
    path: Path, settings: Settings, *, answers: Mapping[str, str] | None = None, cancelled: Cancelled = _never
) -> RainFile:
    """The record in a file for a district, as `intake.rain.reading.read_daily_rain`."""
    return _run(apart.rain, path.absolute(), dict(answers or {}), bounds_of(settings), cancelled=cancelled)


def read_plants(path: Path, district: District, *, cancelled: Cancelled = _never) -> PointsFile:
    """The plants in a file, as `intake.points.reading.read_plants`."""
    return _run(apart.plants, path.absolute(), district=district, cancelled=cancelled)


def read_users(path: Path, district: District, *, cancelled: Cancelled = _never) -> PointsFile:
    """The users in a file, as `intake.points.reading.read_users`."""
    return _run(apart.users, path.absolute(), district=district, cancelled=cancelled)


def read_points(
    district: District, *, plants: Path | None, users: Path | None
) -> tuple[District, dict[str, object] | None, list[Problem]]:
    """The district with the plants of a file, the subject of a question about the users of one, what was wrong."""
    subject, problems = None, []
    if plants:
        found = read_plants(plants, district)
        district, problems = with_plants(district, found), [*found.problems]
    if users:
        found = read_users(users, district)
        subject, problems = {"users": users_told(found)}, [*problems, *found.problems]
    return district, subject, problems


def read_proposal(path: str | Path) -> Proposal:
    """The facts in a file, as `intake.site.proposal.read_proposal`."""
    return _run(apart.proposal, Path(path).absolute())


def _run(
    function: Callable[..., Any], *given: object, district: District | None = None, cancelled: Cancelled = _never
) -> Any:
    """What a function of `intake.apart` gives; with a district, whose letter comes first among its arguments."""
    if district is None:
        return run(function, given, limits=SMALL, kinds=_KINDS, cancelled=cancelled)
    ground = _ground(district)
    before = (apart.get_ready, (ground,))
    return run(function, (ground, *given), limits=SMALL, kinds=_KINDS, before=before, cancelled=cancelled)


def make_district(
    order: Order, *, progress: Callable[[str], None] = lambda key: None, cancelled: Cancelled = _never
) -> Made:
    """The district folder made, as `intake.district.new.make_district`; what is being read is told before all of it."""
    named: dict[str, Any] = {
        field.name: value.absolute()
        for field in dataclasses.fields(order)
        if isinstance(value := getattr(order, field.name), Path)
    }
    refuse_occupied(order.out)
    progress("intake.reading_townships")
    with ExitStack() as aside:  # ours, so that nothing is left of a reader that was ended half-way
        try:
            folder = aside.enter_context(folder_aside(order.out))
        except OSError as error:
            raise AtlasError("intake.out_unusable", folder=order.out, reason=error.strerror) from error
        given = dataclasses.replace(order, **(named | {"out": folder}))
        made = run(apart.new_district, (given,), limits=LARGE, kinds=_ORDER, cancelled=cancelled)
    return dataclasses.replace(made, dir=order.out)


@lru_cache(maxsize=4)
def _written(settings: _ById, version: str, townships: _ById) -> bytes:
    slim = District(settings.value, version, {"townships": townships.value})
    return letter.write(slim)


@dataclasses.dataclass(frozen=True, eq=False)
class _ById:
    """A value known by its identity, so that one that cannot be hashed can be a key."""

    value: Any

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.value is other.value


def _ground(district: District) -> bytes:
    """The settings and townships of a district as a letter, written once for each version."""
    return _written(_ById(district.settings), district.version, _ById(district.frames["townships"]))
