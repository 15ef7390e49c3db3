"""Two plants, a park and a firm on the small district, so that sums of reclaimed water are reckoned by hand.

W1 in A: 2,000 m³ treated a day, of it 200 reused. W2 in D: 3,000 m³ a day, of it none reused. The park G1 in A waters
40,000 m² of warm-season lawn at 0.28 m³/m²; the firm U1 needs 30,000 m³ a year of 100,000 for its process.
"""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import pandas as pd
from shapely import Point

from layers.catalogue import CATALOGUE
from layers.district import District
from tests.small_district import METRIC, A, D, small_district


def _frame(layer: str, rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows)
    for field in CATALOGUE[layer].fields:
        if field.name not in frame.columns:
            frame[field.name] = None
        if field.kind in ("number", "integer"):
            frame[field.name] = frame[field.name].astype(float)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=METRIC)


def plant(id_: str, township: str, at: tuple[float, float], **told: object) -> dict[str, object]:
    """A row of `wastewater_plants`: class 1A, disinfecting, at kilometres east and north."""
    usual = {"name": id_, "effluent_class": "class_1a", "disinfection": True, "elevation_m": 400.0,
             "ecological_m3_per_day": 0.0}  # fmt: skip
    return {"id": id_, "township": township, "geometry": Point(1_000 * at[0], 1_000 * at[1]), **usual, **told}


def reclaimed_district(*, w2_treated: float | None = 3_000.0, w2_class: str | None = "class_1a") -> District:
    """The small district with two plants and a park; W2 as told, none where it does not say."""
    district = small_district()
    plants = [
        plant("W1", A, (484, 3254), treated_m3_per_day=2_000.0, reused_m3_per_day=200.0),
        plant("W2", D, (495, 3246), treated_m3_per_day=w2_treated, reused_m3_per_day=0.0, effluent_class=w2_class),
    ]
    green = [{"id": "G1", "name": "甲园", "township": A, "watered_area_m2": 40_000.0, "lawn": "warm_season",
              "care_grade": "grade_1", "geometry": Point(485_500, 3_254_500).buffer(150)}]  # fmt: skip
    frames = {"wastewater_plants": _frame("wastewater_plants", plants), "green_spaces": _frame("green_spaces", green)}
    return dataclasses.replace(district, frames={**district.frames, **frames})
