"""Quick sizes: the tank of BS 8515 and the rural cistern of GB/T 50596."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers

QUICK_SHARE = 0.05  # about 18 days, BS 8515:2009 intermediate approach


def quick_tank_m3(
    area_m2: ArrayLike,
    rain_mm: ArrayLike,
    yield_coefficient: ArrayLike,
    filter_efficiency: ArrayLike,
    demand_m3_per_year: ArrayLike,
) -> np.ndarray:
    """Tank size in m³: 5 % of the lesser of annual yield A·h·e·η and annual demand (BS 8515:2009, EN 16941-1)."""
    area = numbers("area_m2", area_m2, low=0.0, above=True)
    rain = numbers("rain_mm", rain_mm, low=0.0)
    share = numbers("yield_coefficient", yield_coefficient, low=0.0, high=1.0)
    efficiency = numbers("filter_efficiency", filter_efficiency, low=0.0, high=1.0)
    demand = numbers("demand_m3_per_year", demand_m3_per_year, low=0.0)
    return QUICK_SHARE * np.minimum(area * rain / 1000 * share * efficiency, demand)


def cistern_volume_m3(
    demand_m3_per_year: ArrayLike, yield_m3_per_year: ArrayLike, capacity_factor: ArrayLike, *, loss_share: ArrayLike
) -> np.ndarray:
    """Cistern size V = K·Ws/(1 − α) in m³, Ws the lesser of annual yield and demand (GB/T 50596-2010).

    Capacity factor K 0–1 by use and rain, loss share α in [0, 1).
    """
    supply = np.minimum(
        numbers("demand_m3_per_year", demand_m3_per_year, low=0.0),
        numbers("yield_m3_per_year", yield_m3_per_year, low=0.0),
    )
    factor = numbers("capacity_factor", capacity_factor, low=0.0, high=1.0)
    return factor * supply / (1 - numbers("loss_share", loss_share, low=0.0, high=0.99))


def collected_m3(areas_m2: ArrayLike, efficiencies: ArrayLike, rain_mm: float) -> float:
    """Annual yield W = Σ Si·Ki·Pp/1000 in m³ of a cistern's surfaces (GB/T 50596-2010), Pp rain in mm."""
    area = numbers("areas_m2", areas_m2, low=0.0)
    share = numbers("efficiencies", efficiencies, low=0.0, high=1.0)
    return float((area * share).sum() * float(numbers("rain_mm", rain_mm, low=0.0)) / 1000)
