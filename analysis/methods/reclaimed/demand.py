"""What uses need: a year by annual quotas (GB 50555), a peak day by design-day quotas (GB 50013), and month by month.

The two are not mixed: design-day quotas times the dry days of a year give 30 to 100 times the annual quota of roads.
Annual volumes answer for rates and money, peak days for pipe sizes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.assumption import resolve
from analysis.formulas.arguments import numbers
from analysis.methods.reclaimed.assumptions import ASSUMPTIONS
from words.errors import AtlasError

DAYS = 365.0
MONTH_DAYS = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
GREENING_MONTHS = np.array([2, 3, 6, 8, 10, 12, 16, 17, 12, 7, 4, 3], dtype=float) / 100


def annual_demand_m3(
    use: str,
    area_m2: float = 0.0,
    *,
    people: float = 0.0,
    cars_per_day: float = 0.0,
    volume_m3: float = 0.0,
    lawn: str = "warm_grade_1",
    method: str = "high_pressure",
    place: str = "home",
    buses: bool = False,
    dry_days: float | None = None,
    assumptions: Mapping[str, float] | None = None,
) -> float:
    """The yearly demand of one use in m³, by annual quotas.

    `greening`: area × quota of the `lawn`. `road`: area × quota a time × times a year, no more times than `dry_days`.
    `car_wash`: cars a day × quota of the `method` (or of buses). `toilet`: `people` × daily use × toilet share of a
    `place` (home, office). `scenic_lake`: water area × depth renewed a year. `cooling`, `process`: a share of
    `volume_m3`, what the firm uses now. AtlasError `reclaimed.unknown_demand` for another use.
    """
    assumed = resolve(ASSUMPTIONS, assumptions or {})
    area = float(numbers("area_m2", area_m2, low=0.0))
    if use == "greening":
        return area * assumed[f"reclaimed_lawn_{lawn}_m3_per_m2"]
    if use == "road":
        times = min(assumed["sweep_times"], np.inf if dry_days is None else dry_days)
        return area * assumed["sweep_l_per_m2"] * times / 1000
    if use == "car_wash":
        litres = assumed["reclaimed_bus_l" if buses else f"reclaimed_car_{method}_l"]
        return float(numbers("cars_per_day", cars_per_day, low=0.0)) * litres / 1000 * DAYS
    if use == "toilet":
        litres = assumed[f"reclaimed_person_l_per_day_{place}"] * assumed[f"reclaimed_toilet_share_{place}"]
        days = DAYS if place == "home" else assumed["reclaimed_office_days"]
        return float(numbers("people", people, low=0.0)) * litres / 1000 * days
    if use == "scenic_lake":
        return area * assumed["reclaimed_scenic_m_per_year"]
    if use in ("cooling", "process"):
        return float(numbers("volume_m3", volume_m3, low=0.0)) * assumed["reclaimed_industry_share"]
    raise AtlasError("reclaimed.unknown_demand", use=use)


def peak_day_m3(use: str, area_m2: float, annual_m3: float, assumed: Mapping[str, float]) -> float:
    """The demand of the design day in m³: design-day quotas for green and roads, the mean day × Kd for the rest.

    Leakage and unforeseen demand are added (GB 50013), since the pipe must carry them too.
    """
    quota = {"greening": "reclaimed_green_peak_l_per_m2_day", "road": "reclaimed_road_peak_l_per_m2_day"}.get(use)
    day = annual_m3 / DAYS * assumed["reclaimed_day_factor"] if quota is None else area_m2 * assumed[quota] / 1000
    return day * (1 + assumed["reclaimed_leakage_share"]) * (1 + assumed["reclaimed_unforeseen_share"])


def dry_days_by_month(rain: pd.DataFrame | None, assumed: Mapping[str, float]) -> np.ndarray:
    """Days a month on which green is watered and roads swept, shape (12,): not on a rainy day or after a heavy one.

    `rain` is the table `daily_rain`; without it every day counts and the answer is an upper bound.
    """
    known = None if rain is None else rain.dropna(subset=["rain_mm"])
    if known is None or known.empty:
        return MONTH_DAYS.copy()
    known = known.sort_values("date")
    depth = known["rain_mm"].to_numpy(float)
    after = np.concatenate([[False], depth[:-1] >= assumed["rain_rest_mm"]])
    dry = (depth < assumed["rain_skip_mm"]) & ~after
    months = pd.to_datetime(known["date"]).dt.month.to_numpy()
    shares = [dry[months == month].mean() if (months == month).any() else 1.0 for month in range(1, 13)]
    return MONTH_DAYS * np.array(shares)


def monthly_m3(use: str, annual_m3: float, dry_days: np.ndarray) -> np.ndarray:
    """The yearly demand by month, shape (12,): green by season and dry days, roads by dry days, else evenly."""
    weight = {"greening": GREENING_MONTHS * dry_days / MONTH_DAYS, "road": dry_days}.get(use, MONTH_DAYS)
    return annual_m3 * weight / weight.sum()
