"""One site with everything a paper says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shapely.geometry.base import BaseGeometry

from analysis.finding import Verdict
from analysis.methods.siting import Inquiry, Verdicts, Water
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.check import worst
from geo.crs import transformer
from geo.note import Note
from geo.zones import LONLAT
from layers.district import District
from maps.look.evidence import Evidence
from reports.siting.checks import in_order
from words import Language, text


@dataclass(frozen=True)
class SitingCase:
    """The question, the verdicts, the water, the assumptions changed, how the coordinates were read, better places.

    `day` is the date written on the paper, none to leave it out.
    """

    inquiry: Inquiry
    verdicts: Verdicts
    water: Water
    changed: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    day: date | None = None

    @property
    def district(self) -> District:
        """The data it rests on."""
        return self.inquiry.ground.district

    def name(self, language: Language) -> str:
        """The project's name, else the site's, else that it has none."""
        return self.verdicts.proposal.name or self.verdicts.site.name or text("siting.paper.no_name", language)

    def evidence(self) -> list[Evidence]:
        """What to draw on the map: the ground that decided a verdict which is not clear."""
        return [
            Evidence(result.check.number, result.verdict, result.judgement.evidence)
            for result in in_order(self.verdicts.results)
            if result.verdict in ("prohibited", "restricted", "study")
            and result.judgement.evidence is not None
            and not result.judgement.evidence.is_empty
        ]


def place_verdict(verdicts: Verdicts) -> Verdict:
    """The worst of the checks that depend on the place; the others are the same wherever the project stands."""
    placed = (one for one in verdicts.results if one.check.reaches is not None or one.check.cells is not None)
    return worst([one.verdict for one in placed])


def centre_of(district: District, shape: BaseGeometry) -> tuple[float, float]:
    """Longitude and latitude of the middle of a shape of the district, to about a decimetre."""
    middle = shape.centroid
    lon, lat = transformer(district.settings.metric_crs, LONLAT).transform(middle.x, middle.y)
    return round(float(lon), 6), round(float(lat), 6)
