"""The district made ready for siting: features in named groups with their trees, built when first asked for.

One Ground serves any number of sites; it changes nothing in the district. Groups are named in
`analysis.methods.siting.ground.groups`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.formulas.rain.record import Record
from analysis.methods.siting.ground.groups import features_of
from analysis.methods.siting.ground.rain import district_record
from analysis.methods.siting.ground.slope import Slopes, Terrain
from analysis.methods.siting.space.near import nearest
from analysis.methods.siting.water.promised import Left
from geo.crs import same_crs
from layers.district import District
from layers.rule import Rule


class Group:
    """The features one rule speaks of, in the metric CRS.

    `layer` is the layer they come from; `missing` says that the data set has no word on them, so that finding none
    means nothing; `draft` that they were computed, not approved.
    """

    def __init__(self, name: str, layer: str, frame: pd.DataFrame | None, *, draft: bool = False) -> None:
        self.name, self.layer, self.draft = name, layer, draft
        self.missing = frame is None
        self.frame = frame if frame is not None else pd.DataFrame({"geometry": []})
        shapes = np.asarray(self.frame["geometry"], dtype=object)
        known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes)) if len(shapes) else np.zeros(0, bool)
        self.frame, self.shapes = self.frame[known], shapes[known]
        self.areal = bool(len(self.shapes)) and bool((shapely.get_dimensions(self.shapes) == 2).all())

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The spatial index over `shapes`, which are prepared on the way."""
        shapely.prepare(self.shapes)
        return shapely.STRtree(self.shapes)

    @cached_property
    def borders(self) -> np.ndarray:
        """The border of each feature."""
        borders = shapely.boundary(self.shapes)
        shapely.prepare(borders)
        return borders

    def nearest(self, shape: BaseGeometry) -> tuple[int, float] | None:
        """Position of the nearest feature and its distance in m, none when there are no features."""
        if not len(self.shapes):
            return None
        return nearest(shape, self.tree)

    @cached_property
    def labels(self) -> list[str]:
        """The name of each feature, else its key."""
        columns = [self.frame[name].tolist() for name in ("name", "id") if name in self.frame.columns]
        found = zip(*columns, strict=True) if columns else [()] * len(self.shapes)
        return [next((value for value in row if isinstance(value, str) and value), "") for row in found]

    def label(self, position: int) -> str:
        """The name of a feature, else its key."""
        return self.labels[position]


@dataclass(frozen=True)
class Ground:
    """A district and everything siting derived from it once; `on` is the day whose rules hold, none the newest."""

    district: District
    on: date | None = None

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.district.rules if rule.speaks(self.district.settings.code, self.on)}

    def rule(self, id_: str) -> Rule | None:
        """The rule of this id where it is in force here on the day, none where it is not."""
        return self._rules.get(id_)

    def rules(self, kind: str) -> tuple[Rule, ...]:
        """The rules of a kind in force here on the day."""
        return tuple(rule for rule in self._rules.values() if rule.kind == kind)

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {}

    @cached_property
    def criteria(self) -> dict[float, dict[str, np.ndarray]]:
        """The criteria of the suitability surface worked out so far, by how far is far in m."""
        return {}

    @cached_property
    def yields(self) -> dict[tuple[str, str, float], Left | None]:
        """What sources have left as worked out so far, by layer, source and guarantee."""
        return {}

    @cached_property
    def totals(self) -> dict[str, tuple[Any, Any]]:
        """Rows of use and control values worked out so far, by subject."""
        return {}

    def group(self, name: str) -> Group:
        """The group of this name (`groups.features_of` knows the names)."""
        if name not in self._groups:
            layer, frame, draft = features_of(name, self.district)
            self._groups[name] = Group(name, layer, frame, draft=draft)
        return self._groups[name]

    @cached_property
    def terrain(self) -> Terrain | None:
        """The elevation grid, none when absent or in another CRS than the district measures in."""
        elevation = self.district.rasters.get("elevation")
        if elevation is None or not same_crs(elevation.crs, self.district.settings.metric_crs):
            return None
        return Terrain(elevation)

    def slopes_of(self, shape: BaseGeometry) -> Slopes | None:
        """The slopes under a shape, none where elevation is unknown."""
        return None if self.terrain is None else self.terrain.under(shape)

    @cached_property
    def outline(self) -> BaseGeometry:
        """The district as one shape."""
        outline = shapely.union_all(self.district.townships.geometry.array.to_numpy())
        shapely.prepare(outline)
        return outline

    @cached_property
    def whole_rain(self) -> Record | None:
        """The whole years of the daily record, none without one."""
        return district_record(self.district)

    def flag(self, name: str) -> bool:
        """A switch of the district's settings, off unless it says so."""
        return bool(self.district.settings.flags.get(name, False))


def ground_of(district: District, *, on: date | None = None) -> Ground:
    """The district made ready for siting, the same for every question about it under the same rules."""
    speaking = ",".join(rule.id for rule in district.rules if rule.speaks(district.settings.code, on))
    found = district.derived.setdefault(f"siting {speaking}", Ground(district, on))
    assert isinstance(found, Ground)
    return found
