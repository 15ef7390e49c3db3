"""What a plan delivers month by month: each plant gives its users what they need as far as it has it in that month.

A year's volume is delivered only if every month's is. For even demand the scarcest month bounds what a plant can
promise (`supply.even_m3`); lawns ask most in summer, roads on dry days, so a plan may still fall short in a month.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.methods.reclaimed.demand import dry_days_by_month, monthly_m3
from analysis.methods.reclaimed.supply import MONTHS
from layers.district import District

COLUMNS = ("plant", "month", "wanted_m3", "available_m3", "delivered_m3", "short_m3")
NUMBERS = COLUMNS[2:]


def monthly_delivery(
    district: District, served: pd.DataFrame, plants: pd.DataFrame, places: pd.DataFrame, assumed: Mapping[str, float]
) -> pd.DataFrame:
    """A row per plant that serves and month: wanted, available, delivered (the lesser) and short, in m³.

    `served` has user, plant, m3; a user's months follow its use, whichever plants serve it.
    """
    dry = dry_days_by_month(district.tables.get("daily_rain"), assumed)
    uses, supply = dict(zip(places["user"], places["use"], strict=True)), plants.set_index("plant")
    frames = []
    for plant, own in served.groupby("plant"):
        pairs = zip(own["user"], own["m3"], strict=True)
        wanted = np.sum([monthly_m3(uses[user], m3, dry) for user, m3 in pairs], axis=0)
        available = supply.loc[plant, list(MONTHS)].to_numpy(float)
        delivered = np.minimum(wanted, available)
        frames.append(pd.DataFrame({
            "plant": plant, "month": np.arange(1, 13), "wanted_m3": wanted, "available_m3": available,
            "delivered_m3": delivered, "short_m3": wanted - delivered,
        }))  # fmt: skip
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def by_month(months: pd.DataFrame) -> pd.DataFrame:
    """The months of all plants together: month and the sums, twelve rows; none for a plan that serves nobody."""
    return months.groupby("month", as_index=False)[list(NUMBERS)].sum()
