"""Columns and choices that several layers share, so that the same thing has one name in every file."""

from __future__ import annotations

from layers.layer import Field

RENOVATION = ("none", "planned", "under_way", "done")
PIPE_MATERIALS = (
    "ductile_iron",
    "grey_cast_iron",
    "steel_lined",
    "steel_unlined",
    "galvanised",
    "pe",
    "pvc_u",
    "pccp",
    "cement",
    "asbestos_cement",
)
SUPPLIES = ("public_network", "surface", "groundwater", "reclaimed", "rain", "mine_water")
PROGRESS = ("planned", "under_way", "built")
DEPARTMENTS = (
    "housing",
    "urban_management",
    "water",
    "transport",
    "education",
    "health",
    "institutions",
    "industrial_park",
    "economy",
    "culture_tourism",
    "agriculture",
    "planning",
)

ID = Field("id", "id", kind="code", required=True, key=True, aliases=("BSM",))
NAME = Field("name", "name", aliases=("MC",))
TOWNSHIP = Field("township", "town_code", kind="code", refers_to="townships", aliases=("XZQDM",))
OPERATOR = Field("operator", "operator")
BUILT_YEAR = Field("built_year", "built_year", kind="integer", unit="year", low=1900, high=2100)
USE = Field("use_m3_per_year", "use_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0)
APPROVED = Field("approved", "approved", kind="date")
LEAD = Field("lead", "lead", kind="choice", choices=DEPARTMENTS, roles=True)
SUPPLY_ZONE = Field("supply_zone", "sup_zone", kind="code", refers_to="supply_zones")
ELEVATION = Field("elevation_m", "elev_m", kind="number", unit="m", low=-500, high=9000)
ROOF = Field("roof_area_m2", "roof_m2", kind="number", unit="m2", low=0)
PAVED = Field("paved_area_m2", "paved_m2", kind="number", unit="m2", low=0)
PERMEABLE = Field("permeable_area_m2", "perm_m2", kind="number", unit="m2", low=0)
GREEN = Field("green_area_m2", "green_m2", kind="number", unit="m2", low=0)
PEOPLE = Field("people", "people", kind="integer", unit="people", low=0)
RAIN_STORAGE = Field("rain_storage_m3", "rain_m3", kind="number", unit="m3", low=0)
LENGTH = Field("length_m", "length_m", kind="number", unit="m", low=0)
SURFACES = (ROOF, PAVED, PERMEABLE, GREEN)
