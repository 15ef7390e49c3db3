"""How much of the rain runs off: annual yield and event volume."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.formulas.arguments import numbers
from words.errors import AtlasError


def annual_yield_m3(
    area_m2: ArrayLike, rain_mm: ArrayLike, runoff_coefficient: ArrayLike, *, usable_share: ArrayLike
) -> np.ndarray:
    """Harvestable volume share·ψ·h·F in m³ a year, all arguments broadcast (GB 50555-2010 5.2.4: share 0.6–0.7).

    Area in m² (> 0), mean annual rain in mm (≥ 0), coefficient and share 0–1.
    """
    area = numbers("area_m2", area_m2, low=0.0, above=True)
    rain = numbers("rain_mm", rain_mm, low=0.0)
    coefficient = numbers("runoff_coefficient", runoff_coefficient, low=0.0, high=1.0)
    return numbers("usable_share", usable_share, low=0.0, high=1.0) * coefficient * rain * area / 1000


def event_volume_m3(
    areas_m2: ArrayLike,
    coefficients: ArrayLike,
    first_flush_mm: ArrayLike,
    rain_mm: float,
    *,
    allowed_coefficient: float = 0.0,
) -> float:
    """Storage Vh = W − Wi in m³ of a collect-and-use system for one design day (GB 50400-2016).

    W = 10(ψc − ψ0)·h·F over all surfaces, Wi = 10·δ·F with δ a runoff depth in mm; zero where W ≤ Wi.
    Areas in m² (≥ 0, not all 0), coefficients 0–1 and δ of shape (surfaces,) or numbers; rain h in mm.
    """
    area = np.atleast_1d(numbers("areas_m2", areas_m2, low=0.0))
    if area.sum() == 0:
        raise AtlasError("formulas.out_of_range", argument="areas_m2", value=0.0, low=0.0, high=np.inf)
    coefficient = numbers("coefficients", coefficients, low=0.0, high=1.0)
    flush = numbers("first_flush_mm", first_flush_mm, low=0.0)
    rain = numbers("rain_mm", rain_mm, low=0.0)
    allowed = numbers("allowed_coefficient", allowed_coefficient, low=0.0, high=1.0)
    mean = float((coefficient * area).sum() / area.sum())
    total = max(mean - float(allowed), 0.0) * float(rain) * area.sum() / 1000
    abandoned = float((flush * area).sum()) / 1000
    return max(total - abandoned, 0.0)
