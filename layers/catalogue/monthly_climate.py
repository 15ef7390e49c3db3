"""Monthly means at several heights, the inputs of reference evapotranspiration (FAO-56)."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="monthly_climate",
    file="tables/monthly_climate.csv",
    geometry="table",
    once=("month", "elevation_m"),
    themes=("irrigation", "rain"),
    fields=(
        Field("month", "month", "integer", low=1, high=12, required=True),
        Field("elevation_m", "elev_m", "number", unit="m", low=-500, high=9000, required=True),
        Field("max_temperature_c", "tmax_c", "number", unit="degree_c", low=-60, high=60),
        Field("min_temperature_c", "tmin_c", "number", unit="degree_c", low=-60, high=60),
        Field("humidity_share", "humid_pct", "number", unit="share", file_unit="percent", low=0, high=1),
        Field("wind_m_per_s", "wind_ms", "number", unit="m_per_s", low=0, high=60),
        Field("sunshine_hours_per_day", "sun_hd", "number", unit="hours_per_day", low=0, high=24),
        Field("rain_mm", "rain_mm", "number", unit="mm", low=0),
    ),
    owner="water",
)
