"""Who answers for what in a district: its departments by role, and the one way to call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from layers.layer import Field
from words import Language, has, text


@dataclass(frozen=True)
class Successor:
    """What took a department's place: its name, by which instrument, from which day."""

    name: str
    instrument: str
    since: date
    name_en: str = ""


@dataclass(frozen=True)
class Department:
    """A department's name, what the notice of 2019 calls it, and its successor where the district has told one."""

    name: str
    name_en: str = ""
    name_2019: str = ""
    successor: Successor | None = None


Departments = Mapping[str, Department]
NONE: Departments = {}


def department(role: str, known: Departments, language: Language = "zh") -> str:
    """The name of the department with this role; the role in words where the district names none."""
    if role not in known:
        return text(f"departments.{role}", language) if has(f"departments.{role}", language) else role
    now = known[role].successor or known[role]
    return now.name if language == "zh" else now.name_en or now.name


def choice_word(layer: str, field: Field, code: str, language: Language = "zh", *, known: Departments = NONE) -> str:
    """A choice in words; where the choices are roles, the name of the department, the code where words know none."""
    if field.roles:
        return department(code, known, language)
    key = f"layers.{layer}.choices.{field.name}.{code}"
    return text(key, language) if has(key, language) else code


def roles_by_name(known: Departments) -> dict[str, str]:
    """Every name a district's departments have or had, to their role."""
    found: dict[str, str] = {}
    for role, one in known.items():
        now = one.successor
        names = (one.name, one.name_en, one.name_2019, *(() if now is None else (now.name, now.name_en)))
        found |= {name: role for name in names if name}
    return found
