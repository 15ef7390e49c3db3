"""The fact tables beside this package: the only numbers about Wulong that the makers take as given."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

FACTS = Path(__file__).resolve().parent.parent / "facts"
STORED_CRS = "EPSG:4490"
METRIC_CRS = "EPSG:4545"


def table(name: str) -> pd.DataFrame:
    """The fact table `name` with its columns as written; codes stay text."""
    codes = ("code", "township", "part_of")
    return pd.read_csv(FACTS / f"{name}.csv", dtype=dict.fromkeys(codes, str), encoding="utf-8")


def metric_points(rows: pd.DataFrame) -> np.ndarray:
    """The `lon`, `lat` columns as metres, shape (rows, 2), rounded to centimetres."""
    points = gpd.GeoSeries(shapely.points(rows["lon"], rows["lat"]), crs=STORED_CRS).to_crs(METRIC_CRS)
    return np.round(shapely.get_coordinates(points.to_numpy()), 2)


def numbers(name: str) -> np.random.Generator:
    """The random numbers of one purpose: the seed is spelled by its name, so purposes never disturb each other."""
    return np.random.Generator(np.random.PCG64(int.from_bytes(name.encode("utf-8"), "big")))
