"""Protection and restriction zones of every kind that a site may meet, one polygon per zone and township."""

from __future__ import annotations

from layers.columns import APPROVED, ID, NAME, TOWNSHIP
from layers.layer import Field, Layer

KINDS = (
    "drinking_source_1", "drinking_source_2", "drinking_source_quasi", "decentralised_source",
    "ecological_red_line", "permanent_farmland", "river_management", "flood", "flood_detention", "karst_strong",
    "karst", "spring_protection", "geo_hazard_prone", "geo_hazard_danger", "debris_flow_prone", "groundwater_ban",
    "groundwater_limit", "soil_loss_prevention", "soil_loss_control", "headwater", "water_conservation", "scenic",
    "nature_reserve", "world_heritage",
)  # fmt: skip

ZONES = ("core", "buffer", "experimental", "general")  # of a reserve, a scenic area or a heritage site

LAYER = Layer(
    id="protection_zones",
    file="shapefiles/protection_zones.shp",
    geometry="polygon",
    themes=("limits",),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("kind", "kind", kind="choice", choices=KINDS),
        Field("zone", "zone", kind="choice", choices=ZONES),
        Field("official", "official", kind="boolean"),
        APPROVED,
        Field("authority", "authority"),
        Field("document", "document"),
        Field("grade", "grade", kind="choice", choices=("high", "medium", "low")),
        Field("return_period_years", "return_a", kind="number", unit="years", low=1, high=10000),
        Field("design_level_m", "level_m", kind="number", unit="m", low=-500, high=9000),
        Field("intake", "intake", kind="code", refers_to="water_intakes"),
        Field("river", "river", kind="code", refers_to="rivers"),
    ),
    owner="planning",
    label="name",
    symbol_by="kind",
    shelf_life_years=10.0,
)
