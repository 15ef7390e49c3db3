"""What growing needs: the climate of each month by height, and how much of it each crop asks for."""

from __future__ import annotations

import pandas as pd

from data.make.facts import table

HEIGHTS_M = (200.0, 600.0, 1000.0, 1400.0, 1800.0)
STATION_M = 200.0
MEAN_C = (7.2, 9.2, 13.2, 18.2, 22.1, 25.2, 28.2, 28.1, 23.8, 18.2, 13.8, 8.8)  # at STATION_M; the year 18.0
RANGE_C = (5.2, 5.8, 7.4, 8.4, 8.2, 7.8, 8.8, 9.2, 7.6, 6.2, 5.8, 5.0)  # highest less lowest of a day
COOLER_C_PER_M = 0.0051
HUMIDITY = (0.80, 0.78, 0.76, 0.76, 0.78, 0.80, 0.76, 0.75, 0.79, 0.83, 0.82, 0.82)
SUN_HOURS = (0.9, 1.3, 2.3, 3.4, 3.7, 3.8, 5.9, 6.2, 3.6, 2.2, 1.7, 1.0)
WIND_M_PER_S = (0.9, 1.1, 1.3, 1.4, 1.3, 1.2, 1.3, 1.3, 1.2, 1.0, 0.9, 0.9)
COEFFICIENTS = {  # January to December, after the stages of FAO-56 table 12 in the calendar of the mountains
    "rice": (0, 0, 0, 0, 1.05, 1.1, 1.2, 1.15, 0.9, 0, 0, 0),
    "maize": (0, 0, 0, 0.4, 0.75, 1.15, 1.1, 0.65, 0, 0, 0, 0),
    "rapeseed": (0.9, 1.05, 1.1, 0.85, 0.4, 0, 0, 0, 0, 0.4, 0.6, 0.8),
    "vegetables": (0.75, 0.75, 0.8, 0.9, 1.0, 1.0, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75),
    "fruit": (0.6, 0.6, 0.65, 0.7, 0.75, 0.8, 0.8, 0.8, 0.75, 0.7, 0.65, 0.6),
    "tea": (0.85, 0.85, 0.9, 0.95, 1.0, 1.0, 1.0, 1.0, 0.95, 0.9, 0.85, 0.85),
    "tobacco": (0, 0, 0, 0.4, 0.7, 1.1, 1.15, 0.8, 0, 0, 0, 0),
}


def _yearly_rain_mm(height_m: float) -> float:
    """Rain of a mean year at a height, as the grid of annual rain has it."""
    return 1005 + 0.2 * (height_m - STATION_M) + 0.22 * max(height_m - 1000, 0)


def make_monthly_climate() -> pd.DataFrame:
    """Columns of layer `monthly_climate`: cooler, windier, damper and wetter with height."""
    rain = table("monthly_rain").set_index("month")["rain_mm"]
    rows = []
    for height in HEIGHTS_M:
        above = height - STATION_M
        for month in range(1, 13):
            mean, reach = MEAN_C[month - 1] - COOLER_C_PER_M * above, RANGE_C[month - 1] / 2
            damp = min(HUMIDITY[month - 1] + above * 4e-5, 0.92)
            wind, sun = WIND_M_PER_S[month - 1] + above * 6e-4, SUN_HOURS[month - 1] * (1 + above * 5e-5)
            fallen = rain[month] / rain.sum() * _yearly_rain_mm(height)
            rows.append((month, height, mean + reach, mean - reach, damp, wind, sun, fallen))
    names = ["month", "elevation_m", "max_temperature_c", "min_temperature_c", "humidity_share"]
    frame = pd.DataFrame(rows, columns=[*names, "wind_m_per_s", "sunshine_hours_per_day", "rain_mm"])
    return frame.round({name: 3 if name == "humidity_share" else 1 for name in frame.columns[2:]})


def make_crop_coefficients() -> pd.DataFrame:
    """Columns of layer `crop_coefficients`: every crop and month."""
    rows = [
        (crop, month, float(value))
        for crop, values in COEFFICIENTS.items()
        for month, value in enumerate(values, start=1)
    ]
    return pd.DataFrame(rows, columns=["crop", "month", "coefficient"])
