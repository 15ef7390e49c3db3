"""Reads `departments.toml`: the district's departments by role; a district need not have the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from layers.departments import Department, Departments, Successor
from layers.versions.settings import read_toml
from words.errors import AtlasError

FILE = "departments.toml"


def read_departments(folder: Path) -> Departments:
    """The departments by role, none without the file; AtlasError `problems.setting_wrong` naming role and key."""
    path = folder / FILE
    told = read_toml(path) if path.is_file() else {}
    return {role: _department(role, one) for role, one in told.items()}


def _department(role: str, told: object) -> Department:
    table = _table(role, told)
    successor = table.get("successor") or None
    return Department(
        name=_name(role, table, "name"),
        name_en=str(table.get("name_en") or ""),
        name_2019=str(table.get("name_2019") or ""),
        successor=None if successor is None else _successor(f"{role}.successor", successor),
    )


def _successor(place: str, told: object) -> Successor:
    table = _table(place, told)
    since = table.get("since")
    if not isinstance(since, date):
        raise _wrong(f"{place}.since", since)
    return Successor(
        name=_name(place, table, "name"),
        instrument=_name(place, table, "instrument"),
        since=since,
        name_en=str(table.get("name_en") or ""),
    )


def _table(place: str, told: object) -> Mapping[str, object]:
    if not isinstance(told, Mapping):
        raise _wrong(place, told)
    return told


def _name(place: str, table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{place}.{key}", value)
    return value.strip()


def _wrong(setting: str, value: object) -> AtlasError:
    return AtlasError("problems.setting_wrong", file=FILE, setting=setting, value="" if value is None else value)
