"""Reads the rules that ship with the product, `rules/<level>/*.toml`, and those a district adds in `<data>/rules/`.

A file names its instrument once, at the top, and its rules as `[[rule]]` tables; what a rule says of itself
goes before. A district may add rules and end others (`ends = ["<rule id>"]` with `since`); it can never replace one
of ours without a word: the same id twice is an error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from layers.rule import LEVELS, Confidence, Level, Rule
from layers.versions.settings import FILE as SETTINGS
from layers.versions.settings import read_toml
from words.errors import AtlasError

SHIPPED = Path(__file__).resolve().parents[2] / "rules"
_OF_INSTRUMENT = (
    "instrument", "instrument_en", "issuer", "number", "codes", "since", "until", "confidence", "source",
)  # fmt: skip
_CONFIDENCE: tuple[Confidence, ...] = ("high", "medium", "low")


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the product, in the order of their ids."""
    found = [
        rule for level in LEVELS for path in sorted((SHIPPED / level).glob("*.toml")) for rule in _of_file(path, level)
    ]
    return _sorted(found)


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """The shipped rules and those of the data folder, the shipped ones that it ends with their last day.

    AtlasError `problems.rule_wrong` naming file, rule and key; `problems.rule_twice` for an id met before.
    """
    own: list[Rule] = []
    ended: dict[str, date | None] = {}
    for path in sorted((folder / "rules").glob("*.toml")):
        told = read_toml(path)
        ends = told.get("ends", [])
        if not isinstance(ends, list):
            raise AtlasError("problems.rule_wrong", file=path.name, rule="", part="ends")
        for id_ in ends:
            ended[str(id_)] = _day(told, "since", path, str(id_))
        own += _of_file(path, "district")
    own += _storm_of_settings(folder)
    known = {rule.id: rule for rule in shipped_rules()}
    for id_, day in ended.items():
        if id_ not in known:
            raise AtlasError("problems.rule_unknown", rule=id_, folder=folder.name)
        known[id_] = dataclasses.replace(known[id_], until=day)
    return _sorted([*known.values(), *own])


def _storm_of_settings(folder: Path) -> Iterator[Rule]:
    """The storm formula that `district.toml` held before there were rules, as the district's own."""
    path = folder / SETTINGS
    told = read_toml(path) if path.is_file() else {}
    storm = told.get("storm")
    if isinstance(storm, Mapping) and storm:
        said = {"instrument": SETTINGS, "issuer": SETTINGS, "source": SETTINGS, "clause": "[storm]"}
        asks = {key: value for key, value in storm.items() if not isinstance(value, str)}
        about = {"id": "district_storm", "kind": "storm", "confidence": "low", "codes": [told.get("code")]}
        yield _rule({**said, **about, "asks": asks, "source": storm.get("source") or SETTINGS}, "district", path)


def _sorted(rules: list[Rule]) -> tuple[Rule, ...]:
    by_id: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in by_id:
            raise AtlasError("problems.rule_twice", rule=rule.id)
        by_id[rule.id] = rule
    return tuple(by_id[id_] for id_ in sorted(by_id))


def _of_file(path: Path, level: Level) -> Iterator[Rule]:
    told = read_toml(path)
    tables = told.get("rule", [])
    if not isinstance(tables, list):
        raise AtlasError("problems.rule_wrong", file=path.name, rule="", part="rule")
    shared = {key: told[key] for key in _OF_INSTRUMENT if key in told}
    for table in tables:
        yield _rule({**shared, **table}, level, path)


def _rule(told: Mapping[str, object], level: Level, path: Path) -> Rule:
    id_ = _text(told, "id", path)
    confidence = _text(told, "confidence", path)
    asks, codes = told.get("asks", {}), told.get("codes") or ()
    if confidence not in _CONFIDENCE or not isinstance(asks, Mapping) or not isinstance(codes, list | tuple):
        raise AtlasError("problems.rule_wrong", file=path.name, rule=id_, part="confidence, asks, codes")
    if level != "national" and not codes:
        raise AtlasError("problems.rule_wrong", file=path.name, rule=id_, part="codes")
    return Rule(
        id=id_,
        kind=_text(told, "kind", path),
        level=level,
        instrument=_text(told, "instrument", path),
        issuer=_text(told, "issuer", path),
        number=str(told.get("number") or ""),
        clause=_text(told, "clause", path, may_be_empty=True),
        confidence=next(known for known in _CONFIDENCE if known == confidence),
        source=_text(told, "source", path),
        asks=dict(asks),
        codes=tuple(str(code) for code in codes),
        since=_day(told, "since", path, id_),
        until=_day(told, "until", path, id_),
        instrument_en=str(told.get("instrument_en") or ""),
        clause_en=str(told.get("clause_en") or ""),
        note=str(told.get("note") or ""),
    )


def _text(told: Mapping[str, object], key: str, path: Path, *, may_be_empty: bool = False) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not (value.strip() or may_be_empty):
        raise AtlasError("problems.rule_wrong", file=path.name, rule=str(told.get("id", "")), part=key)
    return value.strip()


def _day(told: Mapping[str, object], key: str, path: Path, id_: str) -> date | None:
    value = told.get(key)
    if value is None or isinstance(value, date):
        return value
    raise AtlasError("problems.rule_wrong", file=path.name, rule=id_, part=key)
