"""Quotas, planned use and certificates of the customers of the illustrative district."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.make.facts import numbers, table
from data.make.tables.people import YEARS
from data.make.tables.water import year_factor

STANDARDS = {
    "enterprise": ("water_users", "GB/T 7119-2018"),
    "institution": ("public_institutions", "水资源〔2013〕389号"),
    "estate": ("residential_estates", "节水型居民小区评价"),
}
CERTIFIED_SHARE = {"enterprise": 0.14, "institution": 0.18, "estate": 0.07}


def make_quotas(features: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Columns of layer `quotas`: the fact table, and for each product made here a value around what it takes."""
    listed = table("quotas")
    users = features["water_users"]
    made = users[users["product"].notna() & (users["output"] > 0)]
    rows = []
    for number, (product, group) in enumerate(made.groupby("product", sort=True), start=1):
        unit_use = float((group["use_m3_per_year"] / group["output"]).median())
        unit = f"m³/{group['output_unit'].iloc[0]}"
        general = float(f"{unit_use * 1.1:.3g}")
        advanced = float(f"{unit_use * 0.8:.3g}")
        rows.append((f"QP{number:02d}", product, "industry", product, unit, general, advanced, "示意定额", "low"))
    return pd.concat([listed, pd.DataFrame(rows, columns=listed.columns)], ignore_index=True)


def make_use_plans(features: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Columns of layer `use_plans`: plan and actual of every planned customer, in 100 m³.

    A few gave no actual for the last year.
    """
    users = features["water_users"]
    rng = numbers("use_plans")
    rows = []
    planned = users[users["planned_use"].fillna(False).astype(bool)]
    for number, user in enumerate(planned.itertuples()):
        for year in YEARS:
            actual = user.use_m3_per_year * year_factor(year, start=0.82) * rng.normal(1, 0.04)
            plan = actual * rng.normal(1.06, 0.07)
            told = year < YEARS[-1] or number % 25 != 7  # some have not reported the last year
            rows.append((user.id, year, round(plan / 100) * 100.0, round(actual / 100) * 100.0 if told else None))
    return pd.DataFrame(rows, columns=["user", "year", "plan_m3", "actual_m3"]).astype({"actual_m3": "float64"})


def make_certificates(features: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Columns of layer `certificates`: a share of enterprises, institutions and estates certified since 2019."""
    rng = numbers("certificates")
    rows = []
    for kind, (layer, standard) in STANDARDS.items():
        frame = features[layer]
        if kind == "enterprise":
            frame = frame[frame["sector"] == "industry"]
        ids = frame["id"].sort_values().to_numpy()
        chosen = sorted(rng.choice(ids, max(2, round(len(ids) * CERTIFIED_SHARE[kind])), replace=False))
        for subject in chosen:
            year = int(rng.integers(2019, YEARS[-1] + 1))
            score = round(float(rng.uniform(86, 98)), 1)
            valid = f"{year + 5}-12-31"
            rows.append((f"C{len(rows) + 1:03d}", kind, subject, layer, year, standard, score, valid))
    names = ["id", "kind", "subject", "subject_layer", "year", "standard", "score", "valid_to"]
    return pd.DataFrame(rows, columns=names)
