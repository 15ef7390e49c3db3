"""Who is who among the townships: codes and names of today and earlier, where each lies, and what a cell means."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.crs import move
from geo.zones import LONLAT, Bounds
from layers.reading.conversion import plain
from layers.reading.values import Fault, Outcome, by_cell

_BETWEEN = re.compile(r"[、,,;;|/\s]+")


@dataclass(frozen=True)
class Register:
    """Townships by code and by every name they answer to, with polygons in the metric CRS.

    `polygons` holds today's by code, `outline` their union; `names` maps plain names to codes (today's win over
    those of abolished units); `successors` maps a code of an abolished unit to today's.
    """

    county: str
    crs: CRS
    polygons: dict[str, BaseGeometry]
    outline: BaseGeometry
    names: dict[str, str]
    successors: dict[str, str]
    abolished: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, *, county: str) -> Register:
        """The register of a townships frame; `county` is the six-digit code of the district."""
        today = frame["valid_to"].isna() if "valid_to" in frame.columns else pd.Series(True, index=frame.index)
        polygons = dict(zip(frame.loc[today, "code"], frame.loc[today].geometry, strict=True))
        names: dict[str, str] = {}
        for part in (frame[~today], frame[today]):
            names |= _names(part)
        successors = {}
        if "successor" in frame.columns:
            known = frame[~today & frame["successor"].notna()]
            successors = dict(zip(known["code"], known["successor"], strict=True))
        shapely.prepare(list(polygons.values()))
        outline = shapely.union_all(list(polygons.values()))
        shapely.prepare(outline)
        return cls(county, frame.crs, polygons, outline, names, successors, frozenset(frame.loc[~today, "code"]))

    @cached_property
    def wide(self) -> BaseGeometry:
        """The outline and 100 m around it: what lies beyond lies outside the district."""
        wide = shapely.buffer(shapely.simplify(self.outline, 5), 105)
        shapely.prepare(wide)
        return wide

    @cached_property
    def lonlat_outline(self) -> BaseGeometry:
        """The outline in degrees."""
        return move(self.outline, self.crs, LONLAT)

    @cached_property
    def lonlat_bounds(self) -> Bounds:
        """The box of the district in degrees."""
        return tuple(self.lonlat_outline.bounds)

    def resolve(self, cells: pd.Series, *, historic: bool) -> tuple[pd.Series, list[Fault]]:
        """The township codes that written codes or names mean, and Faults.

        Names must match exactly (width, spaces and invisible characters aside): a near name is only suggested.
        With `historic` codes of abolished units stay; without they become those of their successors.
        """
        known = cells.isin(self.polygons.keys() | (self.abolished if historic else set()))
        odd = np.flatnonzero((~known & cells.notna()).to_numpy())
        if not len(odd):
            return cells, []
        found, faults = by_cell(cells, odd, lambda cell: self._judge(cell, historic=historic))
        mended = cells.to_numpy(dtype=object).copy()
        mended[odd] = found
        return pd.Series(mended, index=cells.index).astype("str"), faults

    def _judge(self, cell: str, *, historic: bool) -> Outcome:
        code = cell if cell in self.abolished else self.names.get(plain(cell))
        if code is not None and (historic or code in self.polygons):
            return Outcome(code)
        if code is not None:
            return self._follow(code)
        if re.fullmatch(r"\d{9}|\d{12}", cell):
            return self._judge_digits(cell)
        near = difflib.get_close_matches(plain(cell), self.names, n=1, cutoff=0.6)
        return Outcome(None, "unknown_township", facts={"suggestion": self.names[near[0]] if near else "–"})

    def _follow(self, code: str) -> Outcome:
        successor = self.successors.get(code)
        if successor in self.polygons:
            return Outcome(successor, "abolished_township", "repaired", {"successor": successor})
        return Outcome(None, "abolished_without_successor")

    def _judge_digits(self, cell: str) -> Outcome:
        if len(cell) == 12 and cell[:9] in self.polygons:
            return Outcome(cell[:9])
        if self.county.isdigit() and cell[:6] != self.county[:6]:
            return Outcome(None, "wrong_county_prefix", facts={"found": cell[:6], "expected": self.county})
        return Outcome(None, "unknown_township", facts={"suggestion": "–"})


def _names(part: pd.DataFrame) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in ("aliases", "short_name", "name"):  # later ones win
        if column in part.columns:
            for code, cell in part[["code", column]].dropna().itertuples(index=False):
                told = _BETWEEN.split(cell) if column == "aliases" else [cell]
                names |= {plain(name): code for name in told if plain(name)}
    return names
