"""Asking a method: the one door for pages, papers and commands.

What a method builds on (`ASKS`) is asked first, of the same district, day and assumptions, and handed in as `given`.
Analysis opens no store and asks no clock: the caller hands in the day and the records a method names.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from analysis import methods
from analysis.assumption import Assumption, resolve
from analysis.assumptions.former import renamed
from analysis.assumptions.money import SEWAGE
from analysis.finding import Indicator
from analysis.question import Answer, Cancelled, Choice, Plain, Progress, Question, chosen
from analysis.rules.choosing import fingerprints, in_force
from analysis.rules.thresholds import told
from layers.catalogue import CATALOGUE
from layers.district import District
from layers.years import gone_by
from words.errors import AtlasError


class Method(Protocol):
    """What a room of `analysis/methods` offers; `RULES` names the kinds of rules it may use."""

    METHOD: str
    EDITION: int
    NEEDS: tuple[str, ...]
    ASKS: tuple[str, ...]
    RECORDS: tuple[str, ...]
    RULES: tuple[str, ...]
    ASSUMPTIONS: tuple[Assumption, ...]
    CHOICES: tuple[Choice, ...]
    INDICATORS: tuple[Indicator, ...]

    def ask(
        self,
        district: District,
        question: Question,
        *,
        given: Mapping[str, Answer[Any]],
        on: date,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Answer[Any]:
        """The answer; the day is for choosing rules and ages only, and nothing may depend on it otherwise."""


@dataclass(frozen=True)
class Asked:
    """What a caller wants to know: on which day, of what, with which numbers and choices changed.

    `assumptions` may hold changes meant for other methods too; `records` maps a record a method names to its
    fingerprint.
    """

    on: date
    assumptions: Mapping[str, float] = field(default_factory=dict)
    choices: Mapping[str, Plain] = field(default_factory=dict)
    subject: object = None
    wish: Mapping[str, object] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)


Asker = Callable[[str, District, Asked], Answer[Any]]


@lru_cache(maxsize=1)
def known_methods() -> Mapping[str, Method]:
    """The methods by name, found by themselves."""
    names = sorted(module.name for module in pkgutil.iter_modules(methods.__path__))
    return {name: importlib.import_module(f"{methods.__name__}.{name}") for name in names}


@lru_cache(maxsize=1)
def known_assumptions() -> Mapping[str, Assumption]:
    """Every assumption of every method by id."""
    return {one.id: one for method in known_methods().values() for one in method.ASSUMPTIONS}


def indicators(*, subject: str) -> tuple[Indicator, ...]:
    """The indicators of all methods that speak of this kind of subject."""
    return tuple(one for method in known_methods().values() for one in method.INDICATORS if one.subject == subject)


def about_townships(district: District, asked: Asked, *, through: Asker | None = None) -> tuple[Answer[Any], ...]:
    """What the methods that speak of townships say of the whole district, the township method first.

    `through` asks in the place of `ask`, as a store does that keeps answers.
    """
    speaking = {one.method for one in indicators(subject="township")}
    names = [name for name, method in known_methods().items() if name in speaking and hasattr(method, "ask")]
    return tuple((through or ask)(name, district, asked) for name in sorted(names, key=lambda one: one != "township"))


def question(name: str, district: District, asked: Asked) -> Question:
    """The question as it will be asked, with its id; nothing is computed."""
    return _question(known_methods()[name], district, asked, given=None)


def ask(
    name: str,
    district: District,
    asked: Asked,
    *,
    made: Iterable[Answer[Any]] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[Any]:
    """The method's answer, after what it builds on has been asked.

    `made` are answers had before; a method may take over what a question of its own would give again, so they change
    how long it takes and nothing else. They are handed in as `given`, under the ids of their questions.
    AtlasError `errors.unknown_assumption`, `errors.assumption_out_of_range`, `errors.unknown_choice`,
    `errors.choice_wrong`; what the method itself refuses.
    """
    method = known_methods()[name]
    given = {other: ask(other, district, _handed_on(asked)) for other in method.ASKS}
    posed = _question(method, district, asked, given=given)
    given |= {one.question.id: one for one in made}
    return method.ask(district, posed, given=given, on=asked.on, progress=progress, cancelled=cancelled)


def _handed_on(asked: Asked) -> Asked:
    return Asked(on=asked.on, assumptions=asked.assumptions, subject=asked.subject, records=asked.records)


def _question(method: Method, district: District, asked: Asked, *, given: Mapping[str, Answer[Any]] | None) -> Question:
    if given is None:
        builds_on = {other: question(other, district, _handed_on(asked)).id for other in method.ASKS}
    else:
        builds_on = {other: answer.id for other, answer in given.items()}
    layers = sorted(set(_needs(method)))
    rules = in_force(district.rules, *method.RULES, code=district.settings.code, on=asked.on)
    return Question(
        method=method.METHOD,
        edition=method.EDITION,
        layers={layer: district.fingerprint(layer) for layer in layers},
        settings=_settings(district),
        assumptions=resolve(told(method.ASSUMPTIONS, rules), _own(method, asked.assumptions)),
        choices=_on(chosen(method.CHOICES, asked.choices), asked.on),
        subject=asked.subject,
        wish=asked.wish,
        rules=fingerprints(rules),
        aged=aged(district, layers, on=asked.on),
        builds_on=builds_on,
        records={name: asked.records[name] for name in method.RECORDS},
    )


def _on(choices: dict[str, Plain], day: date) -> dict[str, Plain]:
    """The choice `on` of a method that declares it is the day asked, unless another was given."""
    return choices | {"on": day} if "on" in choices and choices["on"] is None else choices


def _needs(method: Method) -> Iterator[str]:
    yield from method.NEEDS
    for other in method.ASKS:
        yield from _needs(known_methods()[other])


def _own(method: Method, told: Mapping[str, float]) -> dict[str, float]:
    """The changes that concern a method, under today's ids; an id that no method declares is an error."""
    changed = renamed(told, sewage_yuan_per_m3=SEWAGE.default)
    for id_ in changed:
        if id_ not in known_assumptions():
            raise AtlasError("errors.unknown_assumption", id=id_)
    mine = {one.id for one in method.ASSUMPTIONS}
    return {id_: value for id_, value in changed.items() if id_ in mine}


def _settings(district: District) -> dict[str, object]:
    """What of the district's settings may decide a figure: not its name, nor what only reading looks at."""
    settings = district.settings
    return {
        "code": settings.code,
        "metric_crs": settings.metric_crs.to_wkt(),
        "flags": settings.flags,
    }


def aged(district: District, layers: list[str], *, on: date) -> tuple[str, ...]:
    """The layers there whose source is older on the day than their declared shelf life, or has no date."""
    found = []
    for layer in filter(district.has, layers):
        life, day = CATALOGUE[layer].shelf_life_years, district.day_of(layer)
        if day is None or (life is not None and gone_by(day, years=life, on=on)):
            found.append(layer)
    return tuple(found)
