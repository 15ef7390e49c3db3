"""One site with everything a paper says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from analysis.asking import Asked, ask
from analysis.methods.siting import ASSUMPTIONS, METHOD, Better, Siting
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.answer.documents import Record, alternative_record, head
from analysis.methods.siting.answer.engine import Verdicts
from analysis.methods.siting.answer.record import as_record, water_record
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.water.advice import Water
from analysis.question import Answer
from analysis.rules.thresholds import spoken
from geo.note import Note
from layers.district import District
from maps.look.evidence import Evidence
from reports.siting.checks import in_order
from words import Language, text


@dataclass(frozen=True)
class SitingCase:
    """The answer for the site, the one for better places where they were asked for, how the coordinates were read.

    `on` is the day of the check; `called` names a site that has no name of its own; `day` is the date written on the
    paper, none to leave it out.
    """

    answer: Answer[Siting]
    on: date
    better: Answer[Better] | None = None
    notes: tuple[Note, ...] = ()
    called: str = ""
    day: date | None = None

    @property
    def result_id(self) -> str:
        """The id of the answer for the site; whether better places were asked for changes nothing in it."""
        return self.answer.id

    @property
    def inquiry(self) -> Inquiry:
        """Site, project, ground and assumptions."""
        return self.answer.detail.inquiry

    @property
    def verdicts(self) -> Verdicts:
        """What the checks say."""
        return self.answer.detail.verdicts

    @property
    def water(self) -> Water:
        """The water for the site."""
        return self.answer.detail.water

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The better places, none when they were not asked for."""
        return () if self.better is None else self.better.detail.places

    @property
    def changed(self) -> Mapping[str, float]:
        """The assumptions that are not at their defaults."""
        values = self.answer.question.assumptions
        here = spoken(ASSUMPTIONS, self.district, on=self.on)
        return {one.id: values[one.id] for one in here if one.id in values and values[one.id] != one.default}

    @property
    def district(self) -> District:
        """The data it rests on."""
        return self.inquiry.ground.district

    def record(self, language: Language) -> Record:
        """The site as a program reads it, with its checks, water and better places, which have an id of their own."""
        return {
            **head(self.result_id, self.district, on=self.on),
            **as_record(self.verdicts, language=language),
            "read_as": [text(note.key, language, **note.facts) for note in self.notes],
            "proposal": asdict(self.verdicts.proposal),
            "water": water_record(self.water),
            "alternatives": [alternative_record(one, self.district) for one in self.alternatives],
            "alternatives_id": None if self.better is None else self.better.id,
            "files": {},
        }

    def name(self, language: Language) -> str:
        """The project's name, else the site's, else that it has none."""
        own = self.verdicts.proposal.name or self.verdicts.site.name
        return own or self.called or text("siting.paper.no_name", language)

    def evidence(self) -> list[Evidence]:
        """What to draw on the map: the ground that decided a verdict which is not clear."""
        return [
            Evidence(result.check.number, result.verdict, result.judgement.evidence)
            for result in in_order(self.verdicts.results)
            if result.verdict in ("prohibited", "restricted", "study")
            and result.judgement.evidence is not None
            and not result.judgement.evidence.is_empty
        ]


def case_of(district: District, asked: Asked, *, better: str | None = None, notes: tuple[Note, ...] = ()) -> SitingCase:
    """Everything that is said of the site asked about; better places within `better` where heights are known."""
    found = ask(METHOD, district, asked)
    known = better is not None and found.detail.inquiry.ground.terrain is not None
    places = ask(METHOD, district, replace(asked, wish={"better": better})) if known else None
    return SitingCase(found, asked.on, places, notes)
