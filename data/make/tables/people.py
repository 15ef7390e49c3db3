"""People and product of every township and year, from the fact table of people and the district's bulletins."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.make.facts import numbers, table

YEARS = range(2015, 2025)
CENSUS_PEOPLE = 356_748  # 2020-11-01
RESIDENT = {2018: 348_200, 2020: CENSUS_PEOPLE}  # bulletins; the years between and around follow a trend
RESIDENT_TREND = {2015: 0.966, 2016: 0.969, 2017: 0.972, 2019: 0.988}  # of the census; later 0.997 a year
URBAN_SHARE = {2015: 0.398, 2016: 0.413, 2017: 0.427, 2018: 0.4417, 2019: 0.467, 2020: 0.4929}  # then URBAN_STEP a year
URBAN_STEP = 0.011
REGISTERED = {2015: 414_900, 2016: 413_800, 2017: 412_700, 2018: 411_487, 2024: 403_900}  # straight between
HOUSEHOLDS = {2015: 139_900, 2018: 140_790, 2024: 142_300}
GDP_WAN_YUAN = {2018: 1_816_270, 2020: 2_242_104}  # bulletins; the years between and after follow GROWTH
GROWTH = {2015: 0.108, 2016: 0.105, 2017: 0.098, 2018: 0.090, 2019: 0.081, 2020: 0.041}
LATER_GROWTH = 0.056
PRICE_RISE = 0.018
INDUSTRY_SHARE = 0.235  # of the product; industry within the secondary sector


def make_population() -> pd.DataFrame:
    """Columns of layer `population`: the census of 2020 by township; every year the townships make up the district."""
    facts = table("people")
    rng = numbers("population")
    drift = rng.normal(0, 0.006, len(facts))
    people, urban = (facts[name].to_numpy(float) for name in ("people", "urban_people"))
    rows = []
    for year in YEARS:
        total = RESIDENT.get(year) or round(CENSUS_PEOPLE * RESIDENT_TREND.get(year, 0.997 ** (year - 2020)))
        resident = _shared(people * (1 + drift * (year - 2020)), total)
        share = URBAN_SHARE.get(year) or URBAN_SHARE[2020] + URBAN_STEP * (year - 2020)
        towns = np.clip(urban / people * resident * share / URBAN_SHARE[2020], 0, resident * 0.97)
        counted = zip(
            facts["code"],
            resident,
            _shared(towns, round(total * share)),
            _shared(people * (1 + drift / 2 * (year - 2020)), round(np.interp(year, *_points(REGISTERED)))),
            _shared(people, round(np.interp(year, *_points(HOUSEHOLDS)))),
            strict=True,
        )
        rows += [(code, year, *counts) for code, *counts in counted]
    names = ["township", "year", "resident_people", "urban_people", "registered_people", "households"]
    return pd.DataFrame(rows, columns=names).sort_values(["township", "year"], ignore_index=True)


def _points(known: dict[int, int]) -> tuple[list[int], list[int]]:
    return list(known), list(known.values())


def _shared(weights: np.ndarray, total: int) -> np.ndarray:
    """`total` in whole parts by weight: the largest remainders get what rounding down leaves over."""
    exact = weights / weights.sum() * total
    parts = np.floor(exact).astype(int)
    parts[np.argsort(parts - exact, kind="stable")[: total - parts.sum()]] += 1
    return parts


def _district_gdp() -> dict[int, float]:
    """Product of the district in 万元 by year at current prices."""
    value = {2018: float(GDP_WAN_YUAN[2018])}
    for year in range(2017, 2014, -1):
        value[year] = value[year + 1] / (1 + GROWTH[year + 1] + PRICE_RISE)
    value[2019] = (GDP_WAN_YUAN[2018] * GDP_WAN_YUAN[2020]) ** 0.5
    value[2020] = float(GDP_WAN_YUAN[2020])
    for year in range(2021, YEARS[-1] + 1):
        value[year] = value[year - 1] * (1 + LATER_GROWTH + PRICE_RISE)
    return value


def make_economy(population: pd.DataFrame, *, park_share: pd.Series) -> pd.DataFrame:
    """Columns of layer `economy`; `park_share` is each township's share of the district's industry (sums to 1)."""
    gdp = _district_gdp()
    rows = []
    index = industrial_index = 1.0
    for year in YEARS:
        growth = 0.0 if year == YEARS[0] else GROWTH.get(year, LATER_GROWTH)
        index, industrial_index = index * (1 + growth), industrial_index * (1 + growth * 1.1)
        people = population[population["year"] == year].set_index("township")
        weight = people["urban_people"] * 2.2 + people["resident_people"] * 0.6
        for code in people.index:
            industry = gdp[year] * INDUSTRY_SHARE * float(park_share.get(code, 0.0))
            others = gdp[year] * (1 - INDUSTRY_SHARE) * float(weight[code] / weight.sum())
            rows.append((code, year, round(industry + others) * 1e4, round(industry) * 1e4, index, industrial_index))
    names = ["township", "year", "gdp_yuan", "industrial_added_yuan", "gdp_index", "industrial_index"]
    return pd.DataFrame(rows, columns=names).round({"gdp_index": 4, "industrial_index": 4})
