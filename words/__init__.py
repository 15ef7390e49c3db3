"""Every sentence a person reads, in Chinese and English, found by key.

The first part of a key is its room. A room's words lie in `words/<language>/<room>.toml`, or in the files of the folder
`words/<language>/<room>/` where there are many; how they are shared out among those files is no part of the key.
A test holds both languages complete and every key said once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANG = {"zh": "zh-CN", "en": "en"}  # as documents name them
_FOLDER = Path(__file__).parent


def _flatten(prefix: str, node: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in node.items():
        key = f"{prefix}.{name}"
        found |= _flatten(key, value) if isinstance(value, dict) else {key: str(value)}
    return found


def files(language: Language) -> dict[Path, str]:
    """The files of a language with the room each belongs to."""
    home = _FOLDER / language
    alone = {path: path.stem for path in sorted(home.glob("*.toml"))}
    return alone | {path: path.parent.name for path in sorted(home.glob("*/*.toml"))}


@cache
def sentences(language: Language) -> dict[str, str]:
    """All sentences of a language by dotted key."""
    found: dict[str, str] = {}
    for path, room in files(language).items():
        found |= _flatten(room, tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def has(key: str, language: Language = "zh") -> bool:
    """Whether a sentence exists under this key."""
    return key in sentences(language)


@dataclass(frozen=True)
class Named:
    """A fact with a name of its own in either language beside the one a file writes: a field, a setting, a layer."""

    key: str
    written: str

    def __str__(self) -> str:
        return self.written

    def said(self, language: Language) -> str:
        """The name as people call it, with the written one behind it; the written one alone where words know none."""
        if not has(self.key, language):
            return self.written
        called = sentences(language)[self.key]
        return f"{called}（{self.written}）" if language == "zh" else f"{called} ({self.written})"


@dataclass(frozen=True)
class NamedAll:
    """Several such facts in a row."""

    each: tuple[Named, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.each))

    def said(self, language: Language) -> str:
        """All of them as people call them."""
        return ("、" if language == "zh" else ", ").join(one.said(language) for one in self.each)


def named_all(pairs: Iterable[tuple[str, str]]) -> NamedAll:
    """Facts of pairs of key and written name."""
    return NamedAll(tuple(Named(key, written) for key, written in pairs))


def text(key: str, language: Language = "zh", **facts: object) -> str:
    """The sentence under `key`, its `{names}` filled from `facts`.

    Raises KeyError for an unknown key: a missing sentence is a bug, found by the tests.
    """
    sentence = sentences(language)[key]
    if not facts:
        return sentence
    shown = {name: fact.said(language) if isinstance(fact, Named | NamedAll) else fact for name, fact in facts.items()}
    return sentence.format(**shown)
