"""What a file leaves open and a person has to say: a reader asks, it does not guess.

Every decision of a reader that can be answered otherwise goes through `Answers.choose`: an answer counts first, then
what the file itself proves, and where neither decides the question is kept. `Answers.ask` then raises all of them at
once, so that one round of answers is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from words import Language, text
from words.errors import AtlasError


@dataclass(frozen=True)
class Choice:
    """One answer to a question: `value` is handed back; `key` and `facts` make its sentence, else it is shown."""

    value: str
    key: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: Language) -> str:
        """The answer as a person reads it."""
        return text(self.key, language, **self.facts) if self.key else self.value


@dataclass(frozen=True)
class Doubt:
    """A question a file leaves open: `key` is what an answer goes by (`rain.unit`).

    Its sentence is `intake.questions.<key>`. Without `choices` any text is an answer and the reader judges it.
    """

    key: str
    choices: tuple[Choice, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The key of the question in words."""
        return f"intake.questions.{self.key}"

    def said(self, language: Language) -> str:
        """The question as a person reads it."""
        return text(self.sentence, language, **self.facts)


class UndecidedError(AtlasError):
    """A refusal until the questions are answered."""

    def __init__(self, doubts: tuple[Doubt, ...]) -> None:
        super().__init__("intake.undecided", count=len(doubts))
        self.doubts = doubts


class Answers:
    """The answers a person gave, by the keys of the questions, and the questions still open."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self.given = dict(given or {})
        self._open: dict[str, Doubt] = {}
        self._made: dict[str, Doubt] = {}

    def choose(self, doubt: Doubt, found: str | None = None) -> str | None:
        """The person's answer, else `found` (what the file proves), else none, and the question is kept open.

        AtlasError `intake.answer_unknown` for an answer that is none of the choices.
        """
        said = self.given.get(doubt.key)
        self._made[doubt.key] = doubt
        if said is None:
            if found is None:
                self._open[doubt.key] = doubt
            return found
        values = [choice.value for choice in doubt.choices]
        if values and said not in values:
            raise AtlasError("intake.answer_unknown", question=doubt.key, given=said, choices=", ".join(values))
        return said

    @property
    def made(self) -> tuple[Doubt, ...]:
        """The decisions that were made with more than one answer possible, for a person who would answer otherwise."""
        return tuple(doubt for key, doubt in self._made.items() if key not in self._open and len(doubt.choices) > 1)

    def ask(self) -> None:
        """Raise the questions still open; UndecidedError."""
        if self._open:
            raise UndecidedError(tuple(self._open.values()))
