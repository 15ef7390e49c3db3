"""Which layer, sheet or folder of a file holds the site: the only one, or the one a person chooses from a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.doubt import Answers, Choice, Doubt
from intake.site.found import kind_of
from intake.site.numbering import METRES_FROM


@dataclass(frozen=True)
class Listed:
    """A layer to choose: its name, what it holds (`polygon`, `line`, `point`, `mixed`, `table`), how many, how far."""

    name: str
    kind: str
    count: int
    extent: str = "–"


def listed(name: str, shapes: Sequence[BaseGeometry]) -> Listed:
    """A layer with its shapes looked at."""
    return Listed(name, kind_of(shapes), len(shapes), extent_of(shapes))


def extent_of(shapes: Sequence[BaseGeometry]) -> str:
    """How far shapes reach, as a person reads it: degrees from–to, or metres across."""
    west, south, east, north = (float(value) for value in shapely.total_bounds(np.array(shapes, dtype=object)))
    if not np.isfinite([west, south, east, north]).all():
        return "–"
    if max(abs(west), abs(east), abs(south), abs(north)) < METRES_FROM:
        return f"{west:.4f}–{east:.4f}, {south:.4f}–{north:.4f}"
    return f"{east - west:,.0f} × {north - south:,.0f}"


def choose(
    layers: Sequence[Listed], answers: Answers, *, file: str, found: str | None = None, key: str = "site.layer"
) -> str:
    """The layer meant: `found`, or the only one, or the one a person chose; UndecidedError to ask by `key`."""
    choices = tuple(Choice(one.name, f"intake.site.layer.{one.kind}", _facts(one)) for one in layers)
    only = layers[0].name if len(layers) == 1 else found
    chosen = answers.choose(Doubt(key, choices, {"file": file, "count": len(layers)}), only)
    if chosen is None:
        answers.ask()
    return str(chosen)


def _facts(one: Listed) -> Mapping[str, object]:
    return {"name": one.name, "count": one.count, "extent": one.extent}
