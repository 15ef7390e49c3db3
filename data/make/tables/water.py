"""Water use by township, source and sector, in agreement with people, users, irrigation and plants."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from data.make.facts import numbers
from data.make.tables.people import YEARS

URBAN_L_PER_PERSON_DAY = 128.0
RURAL_L_PER_PERSON_DAY = 82.0
SCATTERED_M3_PER_RURAL_PERSON = 95.0  # ponds, cisterns and small fields outside irrigation districts
ECOLOGY_M3_PER_URBAN_PERSON = 4.5
RURAL_RAIN_SHARE = 0.06
SURFACE_SHARE = {"agriculture": 0.96, "urban_domestic": 0.97, "rural_domestic": 0.78, "services": 0.95}
RECLAIMED_SECTORS = (("services", 0.05), ("industry", 0.20))  # the rest refills streams and waters greens: ecology
UNREPORTED = ("500156209", 2021)  # a township that gave no use for that year
ANSWERS_FOR = {  # the department that answers for an indicator
    "irrigation_efficiency": "agriculture",
    "efficient_irrigation": "agriculture",
    "leakage": "urban_management",
    "reclaimed_share": "urban_management",
    "industrial_reuse": "economy",
    "industry_intensity_decline": "economy",
}
USER_SECTORS = {"industry": "industry", "construction": "industry", "service": "services", "public": "services"}


def year_factor(year: int, *, start: float) -> float:
    """How a use that is 1 in the last year stood in `year`, growing evenly from `start` in the first."""
    return start + (1 - start) * (year - YEARS[0]) / (YEARS[-1] - YEARS[0])


def make_water_use(population: pd.DataFrame, features: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Columns of layer `water_use`, one row for each township, year, source and sector with any use."""
    users = _users_by_township(features)
    irrigation = features["irrigation_districts"].groupby("township")["intake_m3_per_year"].sum()
    reused = features["wastewater_plants"].groupby("township")["reused_m3_per_day"].sum() * 365
    rng = numbers("water_use")
    rows: list[tuple[str, int, str, str, float]] = []
    for code, people in population.groupby("township", sort=True):
        for row in people.itertuples():
            rural = row.resident_people - row.urban_people
            wobble = rng.normal(1, 0.025, 6)
            wobble[1] = 1.0  # industry is what its firms take
            slow = year_factor(row.year, start=0.94)
            demand = {
                "agriculture": (irrigation.get(code, 0) + rural * SCATTERED_M3_PER_RURAL_PERSON)
                * (1.06 - 0.06 * year_factor(row.year, start=0)),
                "industry": users["industry"].get(code, 0) * year_factor(row.year, start=0.78),
                "urban_domestic": row.urban_people * URBAN_L_PER_PERSON_DAY * 0.365,
                "rural_domestic": rural * RURAL_L_PER_PERSON_DAY * 0.365,
                "services": users["services"].get(code, 0) * slow,
                "ecology": row.urban_people * ECOLOGY_M3_PER_URBAN_PERSON * slow,
            }
            demand = {sector: volume * wobble[i] for i, (sector, volume) in enumerate(demand.items())}
            reclaimed = reused.get(code, 0) * year_factor(row.year, start=0.1)
            rows += [(code, row.year, *part) for part in _by_source(demand, reclaimed, users["mine"].get(code, 0))]
    frame = pd.DataFrame(rows, columns=["township", "year", "source", "sector", "volume_m3"])
    frame["volume_m3"] = (frame["volume_m3"] / 100).round() * 100
    frame = frame[(frame["township"] != UNREPORTED[0]) | (frame["year"] != UNREPORTED[1])]
    return frame[frame["volume_m3"] > 0].reset_index(drop=True)


def _users_by_township(features: Mapping[str, gpd.GeoDataFrame]) -> dict[str, pd.Series]:
    frame = features["water_users"]
    sector = frame["sector"].map(USER_SECTORS)
    mine = frame[frame["source"] == "mine_water"]
    institutions = features["public_institutions"].groupby("township")["use_m3_per_year"].sum()
    by_sector = {name: frame[sector == name].groupby("township")["use_m3_per_year"].sum() for name in ("industry",)}
    services = frame[sector == "services"].groupby("township")["use_m3_per_year"].sum()
    by_sector["services"] = services.add(institutions, fill_value=0)
    by_sector["mine"] = mine.groupby("township")["use_m3_per_year"].sum()
    return by_sector


def _by_source(demand: dict[str, float], reclaimed: float, mine: float) -> list[tuple[str, str, float]]:
    """(source, sector, volume) parts whose sum by sector is the demand; all reclaimed water finds its use."""
    parts: list[tuple[str, str, float]] = []
    left = dict(demand)
    for sector, share in RECLAIMED_SECTORS:
        volume = min(reclaimed * share, left[sector])
        parts.append(("reclaimed", sector, volume))
        left[sector] -= volume
    refill = reclaimed - sum(volume for _, _, volume in parts)
    parts.append(("reclaimed", "ecology", refill))
    left["ecology"] = max(left["ecology"] - refill, 0.0)
    volume = min(mine, left["industry"])
    parts.append(("mine_water", "industry", volume))
    left["industry"] -= volume
    rain = left["rural_domestic"] * RURAL_RAIN_SHARE
    parts.append(("rain", "rural_domestic", rain))
    left["rural_domestic"] -= rain
    for sector, volume in left.items():
        surface = SURFACE_SHARE.get(sector, 1.0)
        parts += [("surface", sector, volume * surface), ("groundwater", sector, volume * (1 - surface))]
    return parts


def make_control_values(water_use: pd.DataFrame, intakes: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `control_values`: illustrative totals, intensities and shares of the district, by year.

    What one department answers for stands again under that department.
    """
    total = water_use.groupby("year")["volume_m3"].sum() / 1e4
    ceiling = float(np.ceil(total.max() * 1.08 / 100) * 100)
    permits = intakes.loc[intakes["use"] != "power", "permitted_m3_per_year"].sum() / 1e4
    permitted = float(np.ceil(permits * 1.1 / 100) * 100)
    rows: list[tuple[object, ...]] = []
    for year in range(YEARS[0], 2026):
        step = year - 2020
        values = {
            "total_use": (round(ceiling + 12 * step), "wan_m3", None),
            "permitted_total": (permitted, "wan_m3", None),
            "irrigation_efficiency": (round(0.503 + 0.0035 * step, 4), "ratio", None),
            "efficient_irrigation": (round(0.27 + 0.008 * step, 3), "share", None),
            "leakage": (round(max(0.09, 0.115 - 0.004 * step), 3), "share", None),
            "reclaimed_share": (round(0.05 + 0.012 * max(step, 0), 3), "share", None),
            "industrial_reuse": (round(0.6 + 0.014 * step, 3), "share", None),
        }
        if year > 2020:
            for name in ("gdp_intensity_decline", "industry_intensity_decline"):
                values[name] = (round(0.032 * step, 3), "share", 2020)
        for name, (value, unit, base) in values.items():
            counts = False if name == "total_use" else None
            for subject in ("district", *([ANSWERS_FOR[name]] if name in ANSWERS_FOR else [])):
                rows.append((year, subject, name, value, unit, base, counts, f"示意文件〔{year}〕1号"))
    names = ["year", "subject", "indicator", "value", "unit", "base_year", "counts_unconventional", "document"]
    return pd.DataFrame(rows, columns=names).astype({"counts_unconventional": "boolean"})
