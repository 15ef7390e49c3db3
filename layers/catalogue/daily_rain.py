"""Daily rain of the station that stands for the district."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="daily_rain",
    file="tables/daily_rain.csv",
    geometry="table",
    themes=("rain",),
    fields=(
        Field("date", "date", "date", required=True, key=True, aliases=("Date", "日期")),
        Field("rain_mm", "rain_mm", "number", unit="mm", low=0, aliases=("Prec", "rain", "雨量", "降雨量")),
    ),
    owner="water",
)
