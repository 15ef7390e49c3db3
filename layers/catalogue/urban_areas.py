"""Built-up areas, new districts and old-town renewal areas with the dates on which duties rest."""

from __future__ import annotations

from layers.columns import APPROVED, ID, LEAD, NAME, PEOPLE, PROGRESS, RAIN_STORAGE, SURFACES, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="urban_areas",
    file="shapefiles/urban_areas.shp",
    geometry="polygon",
    themes=("rain", "general"),
    fields=(
        ID,
        NAME,
        TOWNSHIP,
        Field("kind", "kind", kind="choice", choices=("built_up", "new_district", "renewal")),
        Field("status", "status", kind="choice", choices=PROGRESS),
        APPROVED,
        Field("completed", "completed", kind="date"),
        LEAD,
        PEOPLE,
        *SURFACES,
        Field("control_rate_share", "ctrl_pct", kind="number", unit="share", file_unit="percent", low=0, high=1),
        RAIN_STORAGE,
    ),
    owner="housing",
    label="name",
    symbol_by="kind",
)
