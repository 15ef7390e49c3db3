"""What a source has left in a year: its yield at the guarantee less what is promised and the ecological flow.

Promised are the permitted volumes of its intakes and the intake of irrigation districts on it without a permit there,
and never less than the allocation of the wettest year: it does not shrink in a dry one. Intakes for power put
their water back and are left out. A term that is not known leaves the whole unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from layers.district import District

POWER = "power"


@dataclass(frozen=True)
class Left:
    """Yield, promises and ecological flow of a source in m³ a year; `lacking` names what one of them wants."""

    yield_m3: float
    promised_m3: float
    ecological_m3: float
    lacking: tuple[str, ...] = ()

    @property
    def m3_per_year(self) -> float:
        """What is left, never less than nothing."""
        return max(self.yield_m3 - self.promised_m3 - self.ecological_m3, 0.0)


def left_of(district: District, layer: str, source: str, *, guarantee: float) -> Left | None:
    """What a source has left; none where its rows do not span the guarantee."""
    yields = district.tables["source_yields"]
    rows = yields[(yields["source_layer"] == layer) & (yields["source"] == source)].sort_values("guarantee_share")
    found = _at(rows, "yield_m3_per_year", guarantee)
    if found is None:
        return None
    lacking: list[str] = []
    ecological = _at(rows, "ecological_m3_per_year", guarantee)
    if ecological is None:
        lacking.append("source_yields.ecological_m3_per_year")
    wettest = rows["allocated_m3_per_year"].iloc[0]
    if pd.isna(wettest):
        lacking.append("source_yields.allocated_m3_per_year")
    allocated = float(rows["allocated_m3_per_year"].max()) if not pd.isna(wettest) else 0.0
    permitted, untold = _permitted(district, layer, source)
    watered, open_ = _irrigation(district, layer, source)
    lacking += [*untold, *open_]
    return Left(found, max(permitted + watered, allocated), ecological or 0.0, tuple(dict.fromkeys(lacking)))


def _at(rows: pd.DataFrame, column: str, guarantee: float) -> float | None:
    """The column at the guarantee, linear between the rows that know it; none beyond them."""
    known = rows.dropna(subset=[column])
    shares = known["guarantee_share"].to_numpy(float)
    if not len(shares) or not shares[0] - 1e-9 <= guarantee <= shares[-1] + 1e-9:
        return None
    return float(np.interp(guarantee, shares, known[column].to_numpy(float)))


def intakes_on(district: District, layer: str, source: str) -> pd.DataFrame | None:
    """The intakes that draw on a source and keep what they draw; none without the layer."""
    intakes = district.frames.get("water_intakes")
    if intakes is None:
        return None
    if layer == "water_intakes":
        mine = intakes["id"] == source
    elif layer == "reservoirs":
        mine = intakes["reservoir"] == source
    else:
        mine = (intakes["river"] == source) & intakes["reservoir"].isna()
    return intakes[mine & (intakes["use"] != POWER)]


def _permitted(district: District, layer: str, source: str) -> tuple[float, list[str]]:
    found = intakes_on(district, layer, source)
    if found is None:
        return 0.0, ["water_intakes"]
    volumes = found["permitted_m3_per_year"]
    return float(volumes.sum()), ["water_intakes.permitted_m3_per_year"] if volumes.isna().any() else []


def _irrigation(district: District, layer: str, source: str) -> tuple[float, list[str]]:
    """What irrigation districts take from a source without a permit there."""
    districts, intakes = district.frames.get("irrigation_districts"), intakes_on(district, layer, source)
    if districts is None or intakes is None:
        return 0.0, [] if districts is not None else ["irrigation_districts"]
    told = districts["intake"] if "intake" in districts else pd.Series(None, districts.index, dtype=object)
    here = told.isin(intakes["id"])
    if layer == "reservoirs":
        here |= districts["reservoir"] == source
    permits = set(intakes.loc[intakes["permitted_m3_per_year"].notna(), "id"])
    volumes = districts.loc[here & ~told.isin(permits), "intake_m3_per_year"]
    return float(volumes.sum()), ["irrigation_districts.intake_m3_per_year"] if volumes.isna().any() else []
