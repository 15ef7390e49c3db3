"""What meters and gates count: flow into zones by the hour, supply by source, visitors, use in the stream."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from data.make.facts import numbers
from data.make.tables.people import YEARS
from data.make.tables.water import (
    RURAL_L_PER_PERSON_DAY,
    RURAL_RAIN_SHARE,
    SCATTERED_M3_PER_RURAL_PERSON,
    SURFACE_SHARE,
    year_factor,
)

FLOW_MONTH = pd.date_range("2024-11-01", "2024-11-30", freq="D")
FLOW_ZONES = 6
USE_BY_HOUR = np.array(
    [
        *(0.28, 0.2, 0.17, 0.16, 0.2, 0.42, 1.1, 1.72, 1.6, 1.32, 1.2, 1.3),
        *(1.42, 1.15, 1.0, 0.98, 1.08, 1.38, 1.75, 1.72, 1.45, 1.15, 0.8, 0.45),
    ]
)  # registered use of an hour, its mean over the day being about 1
VISITOR_YEARS = {2019: 0.96, 2020: 0.55, 2021: 0.74, 2022: 0.58, 2023: 0.97, 2024: 1.0}
VISITORS_BY_MONTH = (5, 8, 5, 8, 10, 9, 15, 17, 8, 10, 3, 2)  # a hundred together
STREAM_USES = (  # river, township, use, share of the mean flow
    ("芙蓉江", "500156102", "hydropower", 0.86), ("乌江", "500156102", "hydropower", 0.9),
    ("清水溪河", "500156003", "hydropower", 0.5), ("乌江", "500156004", "navigation", 0.02),
    ("芙蓉江", "500156202", "recreation", 0.03), ("芙蓉江", "500156102", "ecological_flow", 0.1),
    ("乌江", "500156111", "ecological_flow", 0.1), ("大溪河", "500156105", "ecological_flow", 0.1),
    ("石梁河", "500156101", "ecological_flow", 0.1),
)  # fmt: skip
WET_YEAR = {2016: 1.08, 2018: 1.03, 2020: 1.2, 2021: 1.06, 2022: 0.72, 2023: 0.88}  # runoff against the mean
PUBLIC_M3_PER_PERSON_DAY = 0.152  # what town works send out for a person of the town, shops and offices among them


def make_zone_flow(zones: gpd.GeoDataFrame, zone_supply: pd.DataFrame) -> pd.DataFrame:
    """Columns of layer `zone_flow`: an hourly month of the six largest zones whose supply is metered."""
    rng = numbers("zone_flow")
    last = zone_supply[zone_supply["year"] == YEARS[-1]].dropna(subset=["supplied_m3", "registered_m3"])
    last = last[last["supplied_m3"] > last["registered_m3"]].set_index("zone")
    largest = zones[zones["id"].isin(last.index)].sort_values(["people", "id"], ascending=[False, True])
    rows = []
    shape = USE_BY_HOUR / USE_BY_HOUR.mean()
    for zone in largest["id"].head(FLOW_ZONES):
        used, sent = (last.loc[zone, name] / 366 / 24 for name in ("registered_m3", "supplied_m3"))
        for day in FLOW_MONTH:
            busy = (1.06 if day.day_of_week >= 5 else 0.98) * rng.normal(1, 0.02)
            flows = (sent - used) * (1 + 0.12 * (1 - shape)) + used * shape * busy * rng.normal(1, 0.03, 24)
            rows += [(zone, day, hour, round(max(float(flow), 0.1), 1)) for hour, flow in enumerate(flows)]
    return pd.DataFrame(rows, columns=["zone", "day", "hour", "flow_m3_per_hour"])


def make_scenic_visitors(scenic: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `scenic_visitors`: the months of the last year make up the visitors the area reports."""
    rng = numbers("scenic visitors")
    rows = []
    for place in scenic.itertuples():
        for year, factor in VISITOR_YEARS.items():
            parts = np.array(VISITORS_BY_MONTH) * rng.uniform(0.85, 1.15, 12)
            total = round(place.visitors_per_year * factor)
            counts = np.floor(parts / parts.sum() * total).astype(int)
            counts[7] += total - counts.sum()
            rows += [(place.id, year, month, int(count)) for month, count in enumerate(counts, start=1)]
    return pd.DataFrame(rows, columns=["scenic_area", "year", "month", "visitors"])


def make_in_stream_use(rivers: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `in_stream_use`: what stays in the river or comes back to it at once."""
    known = rivers.set_index("name")
    rows = []
    for river, township, kind, share in STREAM_USES:
        if river in known.index:
            yearly = float(known.loc[river, "mean_flow_m3_per_s"]) * share * 365 * 86_400
            for year in YEARS:
                wet = 1.0 if kind in ("ecological_flow", "navigation") else WET_YEAR.get(year, 1.0)
                rows.append((township, year, kind, known.loc[river, "id"], round(yearly * wet, -4)))
    return pd.DataFrame(rows, columns=["township", "year", "kind", "river", "volume_m3"])


def make_water_supply(
    population: pd.DataFrame, features: Mapping[str, gpd.GeoDataFrame], effluent: pd.DataFrame
) -> pd.DataFrame:
    """Columns of layer `water_supply`: counted at intakes, works and plants, never from use by sector."""
    rng, counted = numbers("water_supply"), _counted(features, effluent)
    rows: list[tuple[str, int, str, float, float]] = []
    for code, people in population.groupby("township", sort=True):
        for row in people.itertuples():
            rural, misread = row.resident_people - row.urban_people, rng.normal(1, 0.018, 3)
            fields, own = counted["fields"].get(code, 0.0), year_factor(row.year, start=0.8)
            towns = row.urban_people * PUBLIC_M3_PER_PERSON_DAY * 365
            villages = rural * RURAL_L_PER_PERSON_DAY * 0.365
            ground = SURFACE_SHARE["rural_domestic"]
            piped = towns * SURFACE_SHARE["urban_domestic"] + counted["mains"].get(code, 0.0) * own
            ponds = (fields + rural * SCATTERED_M3_PER_RURAL_PERSON) * year_factor(row.year, start=1.05)
            surface = piped + ponds * 0.96 + villages * (1 - RURAL_RAIN_SHARE) * ground
            surface += counted["surface"].get(code, 0.0) * own
            wells = ponds * 0.04 + towns * 0.03 + villages * (1 - RURAL_RAIN_SHARE) * (1 - ground)
            wells += counted["groundwater"].get(code, 0.0) * own
            metered = (towns + counted["surface"].get(code, 0.0) + fields) / max(surface + wells, 1.0)
            reclaimed = float(counted["reclaimed"].get((code, row.year), 0.0))
            volumes = {
                "surface": surface * misread[0], "groundwater": wells * misread[1], "reclaimed": reclaimed,
                "rain": villages * RURAL_RAIN_SHARE * misread[2], "mine_water": counted["mine"].get(code, 0.0) * own,
            }  # fmt: skip
            for source, volume in volumes.items():
                share = 1.0 if source in ("reclaimed", "mine_water") else 0.0 if source == "rain" else min(metered, 1.0)
                rows.append((code, row.year, source, round(volume / 100) * 100.0, round(share, 2)))
    frame = pd.DataFrame(rows, columns=["township", "year", "source", "volume_m3", "metered_share"])
    return frame[frame["volume_m3"] > 0].reset_index(drop=True)


def _counted(features: Mapping[str, gpd.GeoDataFrame], effluent: pd.DataFrame) -> dict[str, pd.Series]:
    """By township and year or township: what plants delivered, fields took, and firms drew by their own source."""
    users = features["water_users"]
    plants = features["wastewater_plants"].set_index("id")["township"]
    own = users[users["sector"] != "agriculture"].groupby(["source", "township"])["use_m3_per_year"].sum()
    industry = users[(users["source"] == "public_network") & users["sector"].isin(["industry", "construction"])]
    return {
        "reclaimed": effluent.groupby([effluent["plant"].map(plants), "year"])["reused_m3"].sum(),
        "fields": features["irrigation_districts"].groupby("township")["intake_m3_per_year"].sum(),
        "mains": industry.groupby("township")["use_m3_per_year"].sum(),
        "surface": own["surface"] if "surface" in own else pd.Series(dtype=float),
        "groundwater": own["groundwater"] if "groundwater" in own else pd.Series(dtype=float),
        "mine": own["mine_water"] if "mine_water" in own else pd.Series(dtype=float),
    }
