"""What every plant can give: treated water it can make usable, less what the river is owed and what is reused already.

Month by month, never below zero; a year's supply is the sum of its months. What is not known is not nothing: a plant
without its reused volume has no rate and no supply, one whose river's share is unknown has no supply.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd
from shapely import Point

from analysis.cells import number
from analysis.methods.reclaimed.demand import MONTH_DAYS
from layers.district import District

COLUMNS = (
    "plant",
    "name",
    "township",
    "x",
    "y",
    "elevation_m",
    "treated_m3",
    "owed_m3",
    "reused_m3",
    "supply_m3",
    "even_m3",
)
MONTHS = tuple(f"m{month:02d}" for month in range(1, 13))


def unknown_plants(district: District) -> int:
    """How many plants no reuse rate can be told of, because their treated or reused volume is not known."""
    frame = district.frames.get("wastewater_plants")
    return 0 if frame is None else len(frame) - len(_told(frame, district.tables.get("effluent")))


class Plant(Protocol):
    """A row of `wastewater_plants`, as far as its supply is concerned."""

    id: str
    name: str
    township: str
    geometry: Point
    elevation_m: float
    treated_m3_per_day: float | None
    reused_m3_per_day: float | None
    ecological_m3_per_day: float | None
    capacity_m3_per_day: float
    planned_capacity_m3_per_day: float


def monthly_supply_m3(
    treated_m3: np.ndarray, owed_m3: np.ndarray, reused_m3: np.ndarray, *, usable_share: float
) -> np.ndarray:
    """Treated × usable share − what the river is owed − existing reuse, by month, at least 0 (m³, shape (12,))."""
    return np.maximum(np.asarray(treated_m3) * usable_share - np.asarray(owed_m3) - np.asarray(reused_m3), 0.0)


def even_m3(monthly: np.ndarray) -> np.ndarray:
    """What can be promised a year for demand that is even over the days, by the scarcest month; shape (plants,)."""
    return (monthly / MONTH_DAYS).min(axis=-1) * MONTH_DAYS.sum()


def plant_supply(district: District, assumed: Mapping[str, float]) -> pd.DataFrame:
    """A row per plant whose treated and reused volumes are known: yearly and monthly (`m01`…`m12`) supply in m³.

    `even_m3` a year is what it can promise for even demand. Supply is NaN where it is not known what the river is owed.

    The months of the last reported year in `effluent` where all twelve are there, else the plant's mean day. With the
    assumption `reclaimed_planned_plants` the planned capacity replaces today's in proportion.
    """
    frame = district.frames.get("wastewater_plants")
    if frame is None:
        return pd.DataFrame(columns=[*COLUMNS, *MONTHS])
    effluent, owed = district.tables.get("effluent"), district.tables.get("ecological_flow")
    rows = []
    for plant, treated, reused in _told(frame, effluent):
        growth = _growth(plant, assumed)
        river = _owed(plant, owed)
        months = monthly_supply_m3(treated * growth, river, reused, usable_share=assumed["reclaimed_usable_share"])
        rows.append((
            plant.id, plant.name, plant.township, plant.geometry.x, plant.geometry.y, plant.elevation_m,
            float(treated.sum() * growth), float(river.sum()), float(reused.sum()), float(months.sum()),
            float(even_m3(months)), *months,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=[*COLUMNS, *MONTHS])


def _told(frame: pd.DataFrame, effluent: pd.DataFrame | None) -> list[tuple[Plant, np.ndarray, np.ndarray]]:
    """The plants whose treated and reused volumes are known, with both by month (m³)."""
    made = [(plant, *_reported(plant, effluent)) for plant in frame.itertuples()]
    return [(plant, treated, reused) for plant, treated, reused in made if np.isfinite(treated + reused).all()]


def _growth(plant: Plant, assumed: Mapping[str, float]) -> float:
    known = pd.notna(plant.planned_capacity_m3_per_day) and pd.notna(plant.capacity_m3_per_day)
    if assumed["reclaimed_planned_plants"] < 0.5 or not known or plant.capacity_m3_per_day <= 0:
        return 1.0
    return max(float(plant.planned_capacity_m3_per_day) / float(plant.capacity_m3_per_day), 1.0)


def _reported(plant: Plant, effluent: pd.DataFrame | None) -> tuple[np.ndarray, np.ndarray]:
    """Treated and reused m³ by month, NaN where not known."""
    mean = _daily(plant.treated_m3_per_day) * MONTH_DAYS, _daily(plant.reused_m3_per_day) * MONTH_DAYS
    own = None if effluent is None else effluent[(effluent["plant"] == plant.id) & effluent["treated_m3"].notna()]
    if own is None or own.empty:
        return mean
    last = own[own["year"] == own["year"].max()].drop_duplicates("month").set_index("month")
    if len(last) < 12:
        return mean
    last = last.sort_index()
    reused = last["reused_m3"].astype(float).to_numpy()
    return last["treated_m3"].astype(float).to_numpy(), np.where(np.isnan(reused), mean[1], reused)


def _owed(plant: Plant, owed: pd.DataFrame | None) -> np.ndarray:
    """What the river is owed by month; the plant's own figure where the table has none, NaN where neither has."""
    days = np.full(12, _daily(plant.ecological_m3_per_day))
    if owed is not None:
        own = owed[(owed["plant"] == plant.id) & owed["flow_m3_per_day"].notna()]
        for month, flow in zip(own["month"], own["flow_m3_per_day"], strict=True):
            days[int(month) - 1] = float(flow)
    return days * MONTH_DAYS


def _daily(cell: float | None) -> float:
    known = number(cell)
    return math.nan if known is None else known
