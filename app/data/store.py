"""The data problems by layer, as the data page asks for them."""

from __future__ import annotations

from collections import Counter

from app import store
from layers.problem import Problem


def problems_of_layer(mark: str, layer: str) -> list[Problem]:
    """The data problems of a layer."""
    return [problem for problem in store.district(mark).problems if problem.layer == layer]


def problem_counts(mark: str) -> Counter[str]:
    """The number of problems by layer."""
    return Counter(problem.layer for problem in store.district(mark).problems)
