"""What was asked: everything that decides an answer, and nothing else. Here alone result ids are made.

An id is twelve hex digits over the canonical form of a question. The language, the line ends of a file and the day
are no part of it: the day decides through the rules in force and the layers past their shelf life, which are, and
through the choice `on` of a method that declares one.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from analysis.finding import Finding
from words.errors import AtlasError

Progress = Callable[[Mapping[str, object]], None]
Cancelled = Callable[[], bool]
Plain = str | int | float | bool | date | None
Detail = TypeVar("Detail", covariant=True)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Choice:
    """What a person may choose in a method other than a number: its name, its usual value and what else it may be.

    No `options` means any value of the usual one's type.
    """

    name: str
    usual: Plain
    options: tuple[Plain, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question to one method, with all that decides its answer.

    `layers` maps each layer the method reads to its fingerprint or `missing`, `settings` is what the method takes
    from the district's own settings; `rules` the rules in force that it may use, by id and content; `aged` the layers
    past their shelf life. `subject` names what is asked about (none: the whole district), `wish` what is wanted.
    `builds_on` holds the ids of the answers it stands on, `records` the fingerprints of the records it reads.
    """

    method: str
    edition: int
    layers: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    assumptions: Mapping[str, float] = field(default_factory=dict)
    choices: Mapping[str, Plain] = field(default_factory=dict)
    subject: object = None
    wish: Mapping[str, object] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    aged: tuple[str, ...] = ()
    builds_on: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the answer, unless a clock ended the search for it."""
        told = {**vars(self), "aged": sorted(self.aged)}
        return digest(told)


@dataclass(frozen=True)
class Answer(Generic[Detail]):
    """What a method says to a question: findings for tables and cards, and a `detail` of the method's own kind.

    `ended` is the fingerprint of an answer whose search a clock or a person ended, so that it may differ from run to
    run; its id then is that of question and fingerprint together. Build one with `answer`.
    """

    question: Question
    detail: Detail
    findings: tuple[Finding, ...] = ()
    ended: str | None = None

    @property
    def id(self) -> str:
        """The result id that page, paper and command show."""
        return self.question.id if self.ended is None else digest([self.question.id, self.ended])


def answer(
    question: Question, detail: Made, *, findings: Iterable[Finding] = (), ended: str | None = None
) -> Answer[Made]:
    """An answer whose findings all carry its id."""
    made = Answer(question, detail, (), ended)
    id_ = made.id
    return replace(made, findings=tuple(replace(finding, result_id=id_) for finding in findings))


def digest(told: object) -> str:
    """Twelve hex digits over a value's canonical form."""
    text = json.dumps(canonical(told), ensure_ascii=True, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def canonical(value: object) -> object:
    """The value as JSON holds it: equal values alike, whole numbers as numbers, entries that are none left out.

    TypeError for what has no such form; ValueError for a number that is not finite.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"{value} decides no question")
        return float(value) + 0.0  # 1 and 1.0 are one number, and so are 0.0 and -0.0
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Mapping):
        return {str(name): canonical(one) for name, one in value.items() if one is not None}
    if isinstance(value, frozenset | set):
        return sorted((canonical(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    if isinstance(value, tuple | list):
        return [canonical(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def chosen(declared: Iterable[Choice], given: Mapping[str, Plain]) -> dict[str, Plain]:
    """Every declared choice with what was given, else its usual value.

    AtlasError `errors.unknown_choice` for a name nobody declared; `errors.choice_wrong` for a value it cannot take.
    """
    known = {choice.name: choice for choice in declared}
    for name, value in given.items():
        if name not in known:
            raise AtlasError("errors.unknown_choice", name=name, known=", ".join(sorted(known)))
        _check(known[name], value)
    return {name: given.get(name, choice.usual) for name, choice in known.items()}


def _check(choice: Choice, value: Plain) -> None:
    allowed = value in choice.options if choice.options else _alike(value, choice.usual)
    if not allowed:
        options = ", ".join(str(option) for option in choice.options) or type(choice.usual).__name__
        raise AtlasError("errors.choice_wrong", name=choice.name, value=value, options=options)


def _alike(value: Plain, usual: Plain) -> bool:
    if usual is None:
        return True
    if isinstance(usual, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(usual, bool)
    return isinstance(value, int | float) if isinstance(usual, int | float) else isinstance(value, type(usual))
