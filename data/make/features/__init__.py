"""All vector layers of the illustrative district, each made after the layers it looks at."""

from __future__ import annotations

import geopandas as gpd
import shapely

from data.make.features import fields, land, mains, reclaimed, reservoirs, supply, town
from data.make.features.limits import make_protection_zones
from data.make.features.proposals import make_construction_projects
from data.make.features.roads import make_roads
from data.make.features.users import make_water_users
from data.make.land.ground import Ground
from data.make.places.towns import Town, make_towns
from data.make.scene import Scene, make_scene


def make_features(ground: Ground) -> dict[str, gpd.GeoDataFrame]:
    """Frames by layer id in EPSG:4545, with the declared inside names and units; the same ground gives the same."""
    rivers = land.make_rivers(ground)
    scene = make_scene(ground, rivers=rivers)
    towns = make_towns(scene)
    made = {
        "townships": land.make_townships(ground),
        "rivers": rivers,
        "urban_areas": land.make_urban_areas(scene, towns),
        "industrial_parks": land.make_industrial_parks(scene, ground),
        "scenic_areas": land.make_scenic_areas(scene),
        "villages": fields.make_villages(scene),
        "reservoirs": reservoirs.make_reservoirs(scene),
    }
    made["roads"] = make_roads(scene, towns, made["villages"])
    made["small_water_works"] = fields.make_small_water_works(scene, made["villages"])
    made["irrigation_districts"] = fields.make_irrigation_districts(scene, made["reservoirs"], town.all_areas(towns))
    made["canals"] = fields.make_canals(scene, made["irrigation_districts"])
    _add_supply(made, scene, towns)
    _add_towns(made, scene, towns)
    made["protection_zones"] = make_protection_zones(
        scene, made, built=shapely.union_all([*made["urban_areas"].geometry, *made["industrial_parks"].geometry])
    )
    made["construction_projects"] = make_construction_projects(
        scene, made["industrial_parks"], made["urban_areas"], made["protection_zones"]
    )
    return made


def _add_supply(made: dict[str, gpd.GeoDataFrame], scene: Scene, towns: dict[str, Town]) -> None:
    works = supply.make_waterworks(scene, towns, made["villages"])
    made["waterworks"] = works
    intakes = supply.make_intakes(scene, works, made)
    made["water_intakes"], made["irrigation_districts"] = supply.with_irrigation(
        scene, intakes, made["irrigation_districts"], made["reservoirs"]
    )
    made["supply_zones"] = supply.make_supply_zones(scene, towns, works)
    zones = supply.make_pipeline_zones(scene, towns, made["supply_zones"])
    made["water_mains"] = mains.make_water_mains(scene, towns, made, zones)
    made["pipeline_zones"] = mains.with_mains(zones, made["water_mains"])


def _add_towns(made: dict[str, gpd.GeoDataFrame], scene: Scene, towns: dict[str, Town]) -> None:
    plots = town.share_out(scene, towns)
    zones, parks = made["supply_zones"], made["industrial_parks"]
    made["residential_estates"] = town.make_estates(scene, plots, zones)
    made["public_institutions"] = town.make_institutions(scene, plots, zones)
    made["green_spaces"] = town.make_green_spaces(scene, plots)
    made["car_wash_sites"] = town.make_car_washes(scene, plots)
    made["water_users"] = make_water_users(scene, plots, parks, zones, made["water_intakes"])
    made["wastewater_plants"] = reclaimed.make_plants(scene, towns, parks)
    made["reclaimed_mains"] = reclaimed.make_reclaimed_mains(scene, towns, made["wastewater_plants"], parks)
    made["projects"] = reclaimed.make_projects(made)
    users = made["water_users"].groupby("park")["use_m3_per_year"].sum()
    plants = made["wastewater_plants"]
    plants = plants[plants["level"] == "industrial"].set_index("township")["id"]
    made["industrial_parks"] = parks.assign(
        use_m3_per_year=parks["id"].map(users).astype("float64"), plant=parks["township"].map(plants)
    )
