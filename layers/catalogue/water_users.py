"""Water users apart from households: firms, services and other large customers or permit holders."""

from __future__ import annotations

from layers.columns import ID, NAME, SUPPLIES, SUPPLY_ZONE, TOWNSHIP, USE
from layers.layer import Field, Layer

TRADES = (
    "food", "textile", "paper", "chemicals", "materials", "machinery", "electronics", "mining", "power", "hotel",
    "restaurant", "bath", "leisure", "car_wash", "trade", "livestock", "other",
)  # fmt: skip

LAYER = Layer(
    id="water_users",
    file="shapefiles/water_users.shp",
    geometry="point",
    themes=("users", "industry"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field(
            "sector", "sector", kind="choice", choices=("industry", "service", "public", "agriculture", "construction")
        ),
        Field("trade", "trade", kind="choice", choices=TRADES),
        Field("source", "source", kind="choice", choices=SUPPLIES),
        SUPPLY_ZONE,
        Field("intake", "intake", kind="code", refers_to="water_intakes"),
        Field("park", "park", kind="code", refers_to="industrial_parks"),
        Field("permit_number", "permit_no"),
        Field("permitted_m3_per_year", "permit_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        Field("plan_m3_per_year", "plan_wm3", kind="number", unit="m3_per_year", file_unit="wan_m3", low=0),
        USE,
        Field("product", "product"),
        Field("output", "output", kind="number", unit="ratio", low=0),
        Field("output_unit", "out_unit"),
        Field("reuse_share", "reuse_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        Field("planned_use", "planned", kind="boolean"),
        Field("monitored", "monitored", kind="boolean"),
        Field("special_trade", "special", kind="boolean"),
        Field("high_use_trade", "high_use", kind="boolean"),
        Field("metered", "metered", kind="boolean"),
        Field("online_meter", "online", kind="boolean"),
        Field("balance_tested", "balance", kind="date"),
    ),
    label="name",
    symbol_by="sector",
)
