"""缺什么, 由谁提供: the sentence about layers that something waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from app import store
from layers.catalogue import CATALOGUE
from layers.problem import Problem
from layers.problem_words import what
from words import Language, text


def owners(layers: Iterable[str], language: Language) -> str:
    """Who answers for the layers, each department once."""
    names = {store.department(CATALOGUE[layer].owner, language) for layer in layers if layer in CATALOGUE}
    return text("app.joint", language).join(sorted(names))


def lacking(layers: Collection[str], language: Language, *, absent: bool = True) -> str:
    """Which layers something waits for and who owes them; with `absent` false they are there and lack values.

    One that is there and cannot be read is not called missing: why stands there instead.
    """
    unread = store.broken() if absent else {}
    broken = {layer: unread[layer] for layer in layers if layer in unread}
    waited = tuple(layer for layer in layers if layer not in broken)
    said = [_unreadable(problem, language) for problem in broken.values()]
    if waited or not broken:
        said.insert(0, _waited(waited, language, absent=absent))
    return text("app.between", language).join(said)


def _unreadable(problem: Problem, language: Language) -> str:
    name, reason = text(f"layers.{problem.layer}.name", language), what(problem, language).rstrip("。. ")
    return text("app.unreadable", language, layer=name, reason=reason, owners=owners((problem.layer,), language))


def _waited(waited: Sequence[str], language: Language, *, absent: bool) -> str:
    names = text("app.joint", language).join(text(f"layers.{layer}.name", language) for layer in waited)
    key = "app.lacking" if absent else "app.lacking_values"
    return text(key, language, layers=names, owners=owners(waited, language))
