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


def listed(rows: list[int], *, at_most: int = 20) -> str:
    """Row numbers (from 1) as one string for a sentence, the tail cut with an ellipsis."""
    shown = ", ".join(str(row) for row in rows[:at_most])
    return f"{shown} …" if len(rows) > at_most else shown
