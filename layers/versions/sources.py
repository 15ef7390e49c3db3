"""Reads `sources.toml`: per layer its issuer, date, licence and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from layers.layer import STATUSES, Source
from layers.versions.settings import read_toml
from words.errors import AtlasError

FILE = "sources.toml"
UNKNOWN = Source(issuer="", as_of=date(1900, 1, 1), licence="", status=STATUSES[-1])


def read_sources(folder: Path) -> dict[str, Source]:
    """The source of each layer named in `sources.toml`, empty when there is no such file.

    AtlasError naming layer and key when an entry lacks issuer, as_of, licence or status.
    """
    if not (folder / FILE).is_file():
        return {}
    return {layer: _source(layer, told) for layer, told in read_toml(folder / FILE).items()}


def _source(layer: str, told: object) -> Source:
    if not isinstance(told, Mapping):
        raise AtlasError("problems.source_wrong", file=FILE, layer=layer, setting=layer, value=told)
    as_of = told.get("as_of")
    if isinstance(as_of, datetime) or not isinstance(as_of, date):
        raise AtlasError("problems.source_wrong", file=FILE, layer=layer, setting="as_of", value=as_of)
    for key in ("issuer", "licence", "status"):
        if not isinstance(told.get(key), str):
            raise AtlasError("problems.source_wrong", file=FILE, layer=layer, setting=key, value=told.get(key))
    if told["status"] not in STATUSES:
        raise AtlasError("problems.source_wrong", file=FILE, layer=layer, setting="status", value=told["status"])
    return Source(issuer=told["issuer"], as_of=as_of, licence=told["licence"], status=told["status"])
