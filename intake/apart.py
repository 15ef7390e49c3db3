"""What runs in the reading processes: each function opens one kind of thing that a stranger handed in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from analysis.proposal import Proposal
from geo.doubt import Answers
from geo.worker import letter
from intake.district import new
from intake.district.new import Made, Order
from intake.points import reading as points_reading
from intake.points.reading import PointsFile
from intake.rain.reading import RainFile, read_daily_rain
from intake.site import proposal as proposal_reading
from intake.site import reading as site_reading
from intake.site.corners import within_corners
from intake.site.reading import SiteFile
from layers.district import District, Settings
from layers.reading.rain.plausible import Bounds


@lru_cache(maxsize=2)
def district(written: bytes) -> District:
    """The district in a letter of the server: settings and townships, nothing else."""
    return letter.read(written, kinds=(District, Settings))


def get_ready(ground: bytes) -> None:
    """Work out once what does not depend on the stranger: the district, its index, its coordinate systems."""
    known = district(ground)
    place = known.townships.geometry.iloc[0].representative_point()
    site_reading.read_pasted(f"{place.x:.0f}, {place.y:.0f}", known)
    known.townships.sindex.query(place)


def nothing(ground: bytes) -> None:
    """Nothing but getting ready."""


def site(ground: bytes, path: Path, answers: Mapping[str, str]) -> SiteFile:
    """The site in a file."""
    return within_corners(site_reading.read_site(path, district(ground), answers=answers))


def pasted(ground: bytes, text: str, answers: Mapping[str, str]) -> SiteFile:
    """The site in a text."""
    return within_corners(site_reading.read_pasted(text, district(ground), answers=answers))


def rain(path: Path, answers: Mapping[str, str], bounds: Bounds) -> RainFile:
    """The daily rain in a file."""
    return read_daily_rain(path, Answers(answers), bounds=bounds)


def plants(ground: bytes, path: Path) -> PointsFile:
    """The plants in a file."""
    return points_reading.read_plants(path, district(ground))


def users(ground: bytes, path: Path) -> PointsFile:
    """The users in a file."""
    return points_reading.read_users(path, district(ground))


def proposal(path: Path) -> Proposal:
    """The facts of a proposal in a file."""
    return proposal_reading.read_proposal(path)


def new_district(order: Order) -> Made:
    """The folder of a district, made from a planner's files."""
    return new.make_district(order)
