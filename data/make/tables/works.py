"""What works report: zones, irrigation districts, wastewater plants and sources, year by year."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from data.make.facts import numbers
from data.make.features.fields import NET_M3_PER_MU, crops_of
from data.make.features.mains import WORN_MATERIALS
from data.make.features.reservoirs import ECOLOGICAL_SHARE, YIELD_OF_USEFUL, yield_m3
from data.make.tables.people import YEARS

MM_PER_M3_PER_MU = 1.5
CLASS_MG_PER_L = {  # cod, bod5, ss, tn, nh3n, tp, las; GB 18918-2002 table 1, quasi IV after DB50/963-2020
    "quasi_iv": (30, 6, 10, 10, 1.5, 0.3, 0.3),
    "class_1a": (50, 10, 10, 15, 5, 0.5, 0.5),
    "class_1b": (60, 20, 20, 20, 8, 1.0, 1.0),
    "class_2": (100, 30, 30, 40, 25, 3.0, 2.0),
    "class_3": (120, 60, 50, 60, 40, 5.0, 5.0),
}
ITEMS = ("cod", "bod5", "ss", "tn", "nh3n", "tp", "las")
UNMETERED_ZONES, OVERREAD_ZONES = (17, 29), (11, 23)  # by their place in the layer
WATER_DEGREE_C = (11, 11.5, 14, 18, 21, 24, 26, 26.5, 24, 20, 16, 12.5)


def make_zone_supply(zones: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `zone_supply`: pipes lose more as they age, less once they are renewed or a leak is found.

    Two zones have no meters; in two the meters of the customers count more than the one at the inlet.
    """
    rng = numbers("zone_supply")
    rows = []
    for number, zone in enumerate(zones.itertuples()):
        poor = zone.main_material in WORN_MATERIALS
        renewed = int(rng.integers(2017, 2024)) if zone.renewal == "done" else None
        found = int(rng.integers(2016, 2024))
        for year in YEARS:
            age = max(year - zone.mean_built_year, 0)
            lost = 0.07 + 0.0035 * age + 0.05 * poor + rng.normal(0, 0.008)
            lost += 0.1 * (renewed is not None and year < renewed) + 0.012 * ((year - found) % 5)
            lost = float(np.clip(lost, 0.05, 0.38)) if number not in OVERREAD_ZONES or year < YEARS[-1] else -0.02
            registered = max(zone.people, 50) * 0.15 * 365 * rng.normal(1, 0.03) * (0.9 + 0.01 * (year - YEARS[0]))
            breaks = rng.poisson(zone.pipe_length_m / 1000 * (0.02 + 0.008 * age + 0.25 * poor))
            supplied, complaints = registered / (1 - lost), rng.poisson(0.3 + 1.2 * poor)
            volumes = (round(supplied / 100) * 100.0, round(registered / 100) * 100.0)
            if number in UNMETERED_ZONES:
                volumes = (None, None)
            pressure = round(zone.pressure_mpa + rng.normal(0, 0.01), 3)
            rows.append((zone.id, year, *volumes, zone.household_metered_share, pressure, breaks, complaints))
    names = ["zone", "year", "supplied_m3", "registered_m3", "household_metered_share", "pressure_mpa"]
    frame = pd.DataFrame(rows, columns=[*names, "breaks", "complaints"])
    return frame.astype({"supplied_m3": "float64", "registered_m3": "float64"})


def make_crops(districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `crops`: the main crop on most of the irrigated area, two others on the rest."""
    rng = numbers("crops")
    rows = []
    for place in districts.itertuples():
        main = rng.uniform(0.55, 0.72)
        for year in YEARS:
            shift = 0.006 * (year - YEARS[0])
            shares = (main - shift, (1 - main) * 0.6 + shift, (1 - main) * 0.4)
            for crop, share in zip(crops_of(place.main_crop), shares, strict=True):
                quota = NET_M3_PER_MU[crop] * MM_PER_M3_PER_MU
                rows.append((place.id, year, crop, round(place.actual_area_m2 * share), quota))
    return pd.DataFrame(rows, columns=["irrigation_district", "year", "crop", "area_m2", "net_quota_mm"])


def make_effluent(plants: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `effluent`, monthly; small plants do not measure turbidity, colour and salts."""
    rng = numbers("effluent")
    rows = []
    for plant in plants.itertuples():
        limits = np.array(CLASS_MG_PER_L[plant.effluent_class], float)
        lab = plant.capacity_m3_per_day >= 5000
        for year in range(max(YEARS[0], int(plant.built_year)), YEARS[-1] + 1):
            for month in range(1, 13):
                wet = 1 + 0.12 * np.sin((month - 4) / 12 * 2 * np.pi)
                treated = plant.treated_m3_per_day * 30.4 * wet * rng.normal(1, 0.03) * (0.8 + 0.022 * (year - 2015))
                cold = 1.25 if WATER_DEGREE_C[month - 1] <= 12 else 1.0
                strength = limits * rng.uniform(0.42, 0.82, len(limits))
                strength[4] *= cold
                reused = plant.reused_m3_per_day * 30.4 * np.clip((year - 2014) / 10, 0, 1)
                salts = (rng.uniform(420, 760), rng.uniform(60, 140)) if lab else (None, None)
                looks = (rng.uniform(2.5, 8.5), rng.uniform(9, 24)) if lab else (None, None)
                bacteria = rng.uniform(120, 900) if plant.disinfection else rng.uniform(2e3, 2e4)
                last = (rng.uniform(6.9, 7.8), round(bacteria), WATER_DEGREE_C[month - 1])
                volumes = (round(treated), round(min(reused, treated)))
                rows.append((plant.id, year, month, *volumes, *strength, *salts, *looks, *last))
    names = ["plant", "year", "month", "treated_m3", "reused_m3", *(f"{item}_mg_per_l" for item in ITEMS)]
    names += ["tds_mg_per_l", "chloride_mg_per_l", "turbidity_ntu", "colour_pt_co", "ph"]
    frame = pd.DataFrame(rows, columns=[*names, "coliform_per_l", "water_degree_c"])
    return frame.round(dict.fromkeys(names[5:], 2))


def make_ecological_flow(plants: gpd.GeoDataFrame) -> pd.DataFrame:
    """Columns of layer `ecological_flow`: more in the dry months; a plant nobody set a flow for has none."""
    factors = [1.3, 1.3, 1.2, 1.0, 0.8, 0.7, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2]
    told = plants[plants["ecological_m3_per_day"].notna()]
    rows = [
        (plant.id, month, round(plant.ecological_m3_per_day * factor))
        for plant in told.itertuples()
        for month, factor in enumerate(factors, start=1)
    ]
    return pd.DataFrame(rows, columns=["plant", "month", "flow_m3_per_day"])


def make_source_yields(
    reservoirs: gpd.GeoDataFrame, intakes: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Columns of layer `source_yields`: reservoirs by storage and inflow, wells and springs by their permits.

    What is promised of a source, its permits and irrigation without a permit, is the same at every guarantee.
    """
    rows: list[tuple[str, str, float, float, float, float]] = []
    taken = intakes.dropna(subset=["reservoir"]).groupby("reservoir")["permitted_m3_per_year"].sum()
    bare = districts[districts["intake"].isna()].groupby("reservoir")["intake_m3_per_year"].sum()
    for place in reservoirs.itertuples():
        promised = float(taken.get(place.id, 0.0)) + float(bare.get(place.id, 0.0))
        owed = yield_m3(place, 0.97) * ECOLOGICAL_SHARE
        rows += [
            (place.id, "reservoirs", guarantee, yield_m3(place, guarantee), promised, owed)
            for guarantee in YIELD_OF_USEFUL
        ]
    for place in intakes[intakes["kind"].isin(["well", "spring"])].itertuples():
        permitted = float(place.permitted_m3_per_year)
        for guarantee, factor in YIELD_OF_USEFUL.items():
            given = permitted * factor * 1.2
            rows.append((place.id, "water_intakes", guarantee, given, permitted, permitted * 0.05))
    names = ["source", "source_layer", "guarantee_share", "yield_m3_per_year", "allocated_m3_per_year"]
    frame = pd.DataFrame(rows, columns=[*names, "ecological_m3_per_year"])
    volumes = frame.columns[3:]
    frame[volumes] = (frame[volumes] / 100).round() * 100
    return frame
