"""The one root of every error the atlas raises on purpose: a key and facts, never prose."""

from __future__ import annotations


class AtlasError(Exception):
    """A refusal that `words.text(key, language, **facts)` turns into a sentence.

    `key` is the dotted key of a sentence; `facts` hold what it needs (file, layer, row, field, value …).
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.key}({listed})"
