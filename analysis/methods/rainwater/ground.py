"""What every answer of rainwater stands on: the record, each township's rain, the numbers and the rules chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypedDict, cast

import pandas as pd

from analysis.formulas.rain.record import LONG_ENOUGH_YEARS, Record
from analysis.formulas.rain.tank import FirstFlushRule, Rule
from analysis.methods.rainwater.potential import district_record, township_rain
from analysis.methods.rainwater.projects import RainProject, control_rain_mm, local_record, projects_of
from analysis.question import Choice, Question
from analysis.rules.rain import design_rain_of
from layers.district import District

CHOICES = (
    Choice("rule", "yas", ("yas", "ybs")),
    Choice("first_flush_rule", "per_spell", ("per_spell", "per_day")),
)


class TankRules(TypedDict):
    """How a tank is reckoned day by day, under the names its functions take."""

    rule: Rule
    first_flush_rule: FirstFlushRule


@dataclass(frozen=True)
class Ground:
    """A district under one question; nothing here is computed before it is asked for."""

    district: District
    assumed: Mapping[str, float]
    rules: TankRules
    on: date | None = None

    @cached_property
    def record(self) -> Record | None:
        """The district's daily rain with at least one whole year."""
        return district_record(self.district)

    @property
    def long_enough(self) -> bool:
        """Whether the record holds the 30 whole years that the control rate asks for."""
        return self.record is not None and len(self.record.whole_years) >= LONG_ENOUGH_YEARS

    @cached_property
    def rain_mm(self) -> pd.Series:
        """Mean annual rain by township; NaN where unknown."""
        return self.rain["mean"]

    @cached_property
    def rain(self) -> pd.DataFrame:
        """The same with the share of each township whose rain is known: `mean` and `known_share`."""
        return township_rain(self.district, self.record, least_share=self.assumed["known_cells_share"])

    @cached_property
    def design(self) -> tuple[float | None, bool]:
        """The design rain of the control rate in mm, and whether the district's own record gave it; none unknown."""
        return control_rain_mm(self.record, self.assumed, printed=self.printed)

    @cached_property
    def printed(self) -> Mapping[float, float]:
        """The design rain in mm printed for the place, by control rate."""
        return design_rain_of(self.district, on=self.on)

    @cached_property
    def projects(self) -> Mapping[str, RainProject] | None:
        """The rainwater projects with a catchment, by id; none when the layer is absent."""
        frame = self.district.frames.get("projects")
        return None if frame is None else {project.id: project for project in projects_of(frame)}

    @property
    def unsized(self) -> tuple[str, ...]:
        """The townships of the rainwater projects that tell no catchment, one for each."""
        frame = self.district.frames.get("projects")
        rain = [] if frame is None else frame[frame["water"] == "rain"].to_dict("records")
        return tuple(str(row["township"]) for row in rain if str(row["id"]) not in (self.projects or {}))

    def local(self, township: str) -> Record | None:
        """The record's whole years scaled to a township's mean rain; none without a record or where that is unknown."""
        return None if self.record is None else local_record(self.record, self.rain_mm.get(township))


def ground_of(district: District, question: Question, *, on: date | None = None) -> Ground:
    """What a question's answer stands on."""
    return Ground(district, question.assumptions, cast(TankRules, dict(question.choices)), on)
