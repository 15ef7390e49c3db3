"""All tables of the illustrative district, by layer id, with the declared inside names and units."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.make.facts import table
from data.make.land.ground import Ground
from data.make.tables.counted import (
    make_in_stream_use,
    make_scenic_visitors,
    make_water_supply,
    make_zone_flow,
)
from data.make.tables.customers import make_certificates, make_quotas, make_use_plans
from data.make.tables.growing import make_crop_coefficients, make_monthly_climate
from data.make.tables.people import make_economy, make_population
from data.make.tables.water import make_control_values, make_water_use
from data.make.tables.works import make_crops, make_ecological_flow, make_effluent, make_source_yields, make_zone_supply


def make_tables(ground: Ground, features: Mapping[str, gpd.GeoDataFrame]) -> dict[str, pd.DataFrame]:
    """Tables by layer id; the same ground and features always give the same numbers."""
    population = make_population()
    users = features["water_users"]
    industry = users[users["sector"] == "industry"].groupby("township")["use_m3_per_year"].sum()
    water_use = make_water_use(population, features)
    zone_supply = make_zone_supply(features["pipeline_zones"])
    effluent = make_effluent(features["wastewater_plants"])
    return {
        "daily_rain": ground.daily_rain,
        "population": population,
        "economy": make_economy(population, park_share=industry / industry.sum()),
        "water_use": water_use,
        "control_values": make_control_values(water_use, features["water_intakes"]),
        "quotas": make_quotas(features),
        "use_plans": make_use_plans(features),
        "certificates": make_certificates(features),
        "zone_supply": zone_supply,
        "zone_flow": make_zone_flow(features["pipeline_zones"], zone_supply),
        "water_supply": make_water_supply(population, features, effluent),
        "in_stream_use": make_in_stream_use(features["rivers"]),
        "scenic_visitors": make_scenic_visitors(features["scenic_areas"]),
        "monthly_climate": make_monthly_climate(),
        "crop_coefficients": make_crop_coefficients(),
        "crops": make_crops(features["irrigation_districts"]),
        "effluent": effluent,
        "ecological_flow": make_ecological_flow(features["wastewater_plants"]),
        "source_yields": make_source_yields(
            features["reservoirs"], features["water_intakes"], features["irrigation_districts"]
        ),
        "landcover_legend": table("landcover_legend"),
    }
