"""The district: every layer of one data version, opened, read-only, in the metric CRS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.grids.raster import Raster
from layers import fingerprint
from layers.catalogue import CATALOGUE
from layers.departments import Departments
from layers.layer import UNDATED, Source, Status
from layers.problem import Problem
from layers.rule import Rule
from words.errors import AtlasError


@dataclass(frozen=True)
class Township:
    """The unit everything is reported for; geometry in the district's metric CRS."""

    code: str
    name: str
    short_name: str
    kind: str | None
    geometry: BaseGeometry
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Settings:
    """What `district.toml` says of a district: its names, metric CRS, plausible ranges and flags.

    Ranges are (low, high): elevation in m, annual rain in mm, daily rain in mm. `flags` are switches
    such as `water_short_area`. Targets are a layer, `control_values`.
    """

    code: str
    name: str
    name_en: str
    metric_crs: CRS
    elevation_m: tuple[float, float] = (-500.0, 9000.0)
    annual_rain_mm: tuple[float, float] = (0.0, 12000.0)
    daily_rain_mm: tuple[float, float] = (0.0, 1900.0)
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one layer: its content by hash, count, total size, CRS, source and encoding.

    `names` is a digest of the names of all features in the order of their keys, none for tables and rasters;
    `members` of townships alone the name and area in m² by code.
    """

    id: str
    file: str
    sha256: str
    count: int
    extent: float
    crs: str | None
    source: Source
    encoding: str | None = None
    names: str | None = None
    members: Mapping[str, tuple[str, float]] | None = None


@dataclass(frozen=True)
class District:
    """All layers of a version; a layer that could not be read is simply absent.

    `frames` hold vector layers in `settings.metric_crs` with the declared field names; `tables` the rest;
    `rasters` are in their own CRS. Nothing here is ever changed after opening.
    """

    settings: Settings
    version: str
    frames: Mapping[str, gpd.GeoDataFrame]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    rasters: Mapping[str, Raster] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    rules: tuple[Rule, ...] = ()
    departments: Departments = field(default_factory=dict)

    def has(self, layer: str) -> bool:
        """Whether the layer was read."""
        return layer in self.frames or layer in self.tables or layer in self.rasters

    @cached_property
    def broken(self) -> Mapping[str, Problem]:
        """The layers that are there and could not be read, each with why; a layer without a file is not among them."""
        found: dict[str, Problem] = {}
        for problem in self.problems:
            whole = problem.severity == "error" and problem.row is None and problem.key != "no_such_file"
            if whole and not self.has(problem.layer):
                found.setdefault(problem.layer, problem)
        return found

    def status(self, layer: str) -> Status | None:
        """How far the layer's source may be trusted; none when the layer is absent."""
        return self.entries[layer].source.status if layer in self.entries else None

    def day_of(self, layer: str) -> date | None:
        """The date of the layer's source; none when the layer is absent or nobody told it."""
        day = self.entries[layer].source.as_of if layer in self.entries else UNDATED
        return None if day == UNDATED else day

    @cached_property
    def _fingerprints(self) -> dict[str, str]:
        return {}

    def fingerprint(self, layer: str) -> str:
        """What the layer holds and where it comes from, as a short text; `missing` when the layer is absent."""
        if layer not in self._fingerprints:
            source = self.entries[layer].source if layer in self.entries else None
            if layer in self.rasters:
                self._fingerprints[layer] = fingerprint.of_raster(self.rasters[layer], source)
            elif self.has(layer):
                frame = self.frames[layer] if layer in self.frames else self.tables[layer]
                self._fingerprints[layer] = fingerprint.of_table(frame, source)
            else:
                self._fingerprints[layer] = fingerprint.MISSING
        return self._fingerprints[layer]

    @cached_property
    def derived(self) -> dict[str, object]:
        """What methods worked out from these layers alone, each under its own name; kept as long as the district."""
        return {}

    @cached_property
    def townships(self) -> gpd.GeoDataFrame:
        """The townships of today, by code: one row each, index `code`."""
        return self._valid_on(None)

    def townships_on(self, day: date) -> gpd.GeoDataFrame:
        """The townships that existed on `day`, index `code`."""
        return self._valid_on(day)

    def _valid_on(self, day: date | None) -> gpd.GeoDataFrame:
        frame = self.frames["townships"]
        ends = frame["valid_to"]
        if day is None:
            keep = ends.isna()
        else:
            starts = frame["valid_from"]
            moment = pd.Timestamp(day)
            keep = (starts.isna() | (starts <= moment)) & (ends.isna() | (ends > moment))
        return frame[keep].set_index("code", drop=False)

    def code_of(self, given: str) -> str:
        """The code of the township of today that goes by this code, name or short name; the text itself for none."""
        plain = "".join(given.split())
        for column in ("code", "name", "short_name"):
            known = self.townships[column].astype("string").str.replace(r"\s", "", regex=True)
            found = self.townships.index[(known == plain).fillna(False)]
            if len(found) == 1:
                return str(found[0])
        return given

    def township(self, code: str) -> Township:
        """The township of today with this code; AtlasError `errors.unknown_township` when there is none."""
        if code not in self.townships.index:
            raise AtlasError("errors.unknown_township", code=code, district=self.settings.name)
        row = self.townships.loc[code]
        return Township(
            code=code,
            name=row["name"],
            short_name=row["short_name"] if pd.notna(row["short_name"]) else row["name"],
            kind=row["kind"] if pd.notna(row["kind"]) else None,
            geometry=row.geometry,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )

    def within(self, layer: str, township: str) -> gpd.GeoDataFrame | None:
        """The features of a vector layer that lie in a township, or none when the layer is absent.

        Features that carry a `township` code belong where the code says; others where they touch the polygon.
        """
        frame = self.frames.get(layer)
        if frame is None:
            return None
        if self._says_township(layer):
            return frame[frame["township"] == township]
        return frame.iloc[sorted(frame.sindex.query(self.township(township).geometry, predicate="intersects"))]

    def rows_by_township(self, layer: str) -> dict[str, np.ndarray]:
        """For each township of today with any: the rows, counted from 0, that `within` gives, all in one pass."""
        frame = self.frames[layer]
        if self._says_township(layer):
            found = frame.groupby("township", sort=False).indices
            return {code: found[code] for code in self.townships.index if code in found}
        townships = self.townships
        place, row = frame.sindex.query(townships.geometry, predicate="intersects", sort=True)
        found = {code: row[place == n] for n, code in enumerate(townships.index)}
        return {code: rows for code, rows in found.items() if len(rows)}

    def _says_township(self, layer: str) -> bool:
        """Whether the features of a layer carry the code of their township."""
        return "township" in self.frames[layer].columns and any(f.name == "township" for f in CATALOGUE[layer].fields)


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
