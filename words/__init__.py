"""Every sentence a person reads, in Chinese and English, found by key.

The first part of a key is its room. A room's words lie in `words/<language>/<room>.toml`, or in the files of the folder
`words/<language>/<room>/` where there are many; how they are shared out among those files is no part of the key.
A test holds both languages complete and every key said once.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
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


def text(key: str, language: Language = "zh", **facts: object) -> str:
    """The sentence under `key`, its `{names}` filled from `facts`.

    Raises KeyError for an unknown key: a missing sentence is a bug, found by the tests.
    """
    sentence = sentences(language)[key]
    return sentence.format(**facts) if facts else sentence
