"""The commands of the back door: one module each with NAME, `add(branches, shared)` and `run(arguments)`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Answer:
    """What a command says: a document for programs, lines for people, and the exit code."""

    document: object
    lines: tuple[str, ...] = ()
    exit_code: int = 0


def _discover() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "NAME"))


COMMANDS: tuple[ModuleType, ...] = _discover()
