"""Reads `sources.toml`: per layer its issuer, date, licence and how far it may be trusted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from layers.layer import STATUSES, UNDATED, Source
from layers.versions.settings import read_toml, toml_text
from words import Named
from words.errors import AtlasError

FILE = "sources.toml"
UNKNOWN = Source(issuer="", as_of=UNDATED, licence="", status=STATUSES[-1])


def read_sources(folder: Path) -> tuple[dict[str, Source], tuple[AtlasError, ...]]:
    """The source of each layer named in `sources.toml`, and what is wrong in it; empty when there is no such file.

    A mistake costs the entry it stands in and no other: AtlasErrors name line and text, or layer and key.
    """
    path = folder / FILE
    if not path.is_file():
        return {}, ()
    try:
        tables, wrong = dict(read_toml(path)), list[AtlasError]()
    except AtlasError as error:
        tables, wrong = _entry_by_entry(path, error)
    found: dict[str, Source] = {}
    for layer, told in tables.items():
        try:
            found[layer] = _source(layer, told)
        except AtlasError as error:
            wrong.append(error)
    return found, tuple(wrong)


def _entry_by_entry(path: Path, whole: AtlasError) -> tuple[dict[str, object], list[AtlasError]]:
    """The entries that can be read alone, and the line and text of each that cannot; `whole` where none can."""
    try:
        lines = toml_text(path).splitlines()
    except (OSError, UnicodeDecodeError):
        return {}, [whole]
    heads = [at for at, line in enumerate(lines) if line.lstrip().startswith("[")]
    tables: dict[str, object] = {}
    wrong: list[AtlasError] = []
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        try:
            tables |= tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            at = next(at for at in range(start, end) if not _reads("\n".join(lines[start : at + 1])))
            facts = {"file": FILE, "line": at + 1, "text": lines[at].strip()[:60]}
            wrong.append(AtlasError("problems.toml_line", **facts))
    return (tables, wrong) if tables else ({}, wrong or [whole])


def _reads(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _layer(layer: str) -> Named:
    return Named(f"layers.{layer}.name", layer)


def _setting(key: str) -> Named:
    return Named(f"problems.settings.{key}", key)


def _source(layer: str, told: object) -> Source:
    if not isinstance(told, Mapping):
        raise AtlasError("problems.source_wrong", file=FILE, layer=_layer(layer), setting=layer, value=told)
    as_of = told.get("as_of")
    if isinstance(as_of, datetime) or not isinstance(as_of, date):
        raise AtlasError(
            "problems.source_wrong", file=FILE, layer=_layer(layer), setting=_setting("as_of"), value=as_of
        )
    for key in ("issuer", "licence", "status"):
        if not isinstance(told.get(key), str):
            raise AtlasError(
                "problems.source_wrong", file=FILE, layer=_layer(layer), setting=_setting(key), value=told.get(key)
            )
    if told["status"] not in STATUSES:
        raise AtlasError(
            "problems.source_wrong", file=FILE, layer=_layer(layer), setting=_setting("status"), value=told["status"]
        )
    return Source(issuer=told["issuer"], as_of=as_of, licence=told["licence"], status=told["status"])
