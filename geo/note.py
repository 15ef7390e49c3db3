"""What a reader did or noticed without refusing the file: a key and facts, like an error that did not stop anyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """One remark on a file that was read: `words.text(key, language, **facts)` makes the sentence.

    `facts` may hold `rows` (numbered from 1 as a person counts, at most 20), `field`, `value`, `count`, `file`.
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """The three things a reader says besides what it read.

    `left_out` names what was not taken, a note a kind with its `count`; `assumed` what was decided without a person;
    `stated` what the file itself says of its content (an area, a unit, a count), for the caller to compare.
    """

    left_out: tuple[Note, ...] = ()
    assumed: tuple[Note, ...] = ()
    stated: Mapping[str, str | float] = field(default_factory=dict)

    def __add__(self, more: Said) -> Said:
        """Both together; of two statements on one thing the later counts."""
        stated = {**self.stated, **more.stated}
        return Said(self.left_out + more.left_out, self.assumed + more.assumed, stated)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Everything a person should read."""
        return self.assumed + self.left_out


def listed(rows: list[int], *, at_most: int = 20) -> str:
    """Row numbers (from 1) as one string for a sentence, the tail cut with an ellipsis."""
    shown = ", ".join(str(row) for row in rows[:at_most])
    return f"{shown} …" if len(rows) > at_most else shown
