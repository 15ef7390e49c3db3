"""What is known before any search: plants, places, which water suits which use, and the months of supply and demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.reclaimed.candidates import plant_fits
from analysis.methods.reclaimed.demand import dry_days_by_month, monthly_m3
from analysis.methods.reclaimed.economics import Rate, reuse_rate
from analysis.methods.reclaimed.quality import Suitability
from analysis.methods.reclaimed.supply import MONTHS, plant_supply, unknown_plants
from layers.district import District


@dataclass(frozen=True)
class Ground:
    """What needs no search: plants, places, suitability by (plant, use), months, and the reuse rate today.

    `demand_months` has a row per use and month (m³), `supply_months` shape (12,). `unknown_plants` are left out
    of the supply because it is not known; those in no rate are counted in `rate`.
    """

    plants: pd.DataFrame
    places: pd.DataFrame
    fits: Mapping[tuple[str, str], Suitability]
    demand_months: pd.DataFrame
    supply_months: np.ndarray
    rate: Rate
    unknown_plants: int


def ground_of(district: District, places: pd.DataFrame, assumed: Mapping[str, float]) -> Ground:
    """The ground of a district's plants and of places."""
    plants, unknown = plant_supply(district, assumed), unknown_plants(district)
    planned = assumed["reclaimed_planned_plants"] >= 0.5
    return Ground(
        plants=plants,
        places=places,
        fits=plant_fits(district, sorted(set(places["use"])), planned=planned),
        demand_months=_demand_months(district, places, assumed),
        supply_months=plants[list(MONTHS)].sum().to_numpy(float) if len(plants) else np.zeros(12),
        rate=reuse_rate(plants, more_m3=0.0, unknown_plants=unknown),
        unknown_plants=unknown + int(plants["supply_m3"].isna().sum()),
    )


def _demand_months(district: District, places: pd.DataFrame, assumed: Mapping[str, float]) -> pd.DataFrame:
    dry = dry_days_by_month(district.tables.get("daily_rain"), assumed)
    rows = [
        (use, month, volume)
        for use, annual in places.groupby("use")["annual_m3"].sum().items()
        for month, volume in enumerate(monthly_m3(str(use), float(annual), dry), start=1)
    ]
    return pd.DataFrame(rows, columns=["use", "month", "m3"])
