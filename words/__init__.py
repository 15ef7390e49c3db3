"""Every sentence a person reads, in Chinese and English, found by key.

Sentences live in `words/zh/*.toml` and `words/en/*.toml`; the file's stem is the first part of the key,
so `title` in `overview.toml` is found as `overview.title`. `layers_tables.toml` continues `layers.toml`,
as `indicators__rainwater.toml` continues `indicators.toml`.
A test holds both languages complete.
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


@cache
def sentences(language: Language) -> dict[str, str]:
    """All sentences of a language by dotted key."""
    found: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.toml")):
        found |= _flatten(
            path.stem.partition("__")[0].removesuffix("_tables"), tomllib.loads(path.read_text(encoding="utf-8"))
        )
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
