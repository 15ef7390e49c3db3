"""The figures that the registration form of the water-saving evaluation asks of the district, by the key of its row.

Each with the unit it is written in; none is unknown. The status year is the latest whose water use is told whole.
"""

from __future__ import annotations

import pandas as pd

from analysis.methods.siting.check import Judgement
from analysis.methods.siting.water.total import latest_whole
from layers.district import District

_DOMESTIC = ("urban_domestic", "rural_domestic")
_SECTORS = {"agriculture": ("agriculture",), "industry": ("industry",), "domestic": _DOMESTIC}
_UNCONVENTIONAL = ("reclaimed", "rain", "mine_water")
Row = tuple[str, float | None, str | None]


class StatusYear:
    """A district's latest year whose water use is known whole."""

    def __init__(self, district: District) -> None:
        self.tables, self.irrigation = district.tables, district.frames.get("irrigation_districts")
        self.use = latest_whole(district)
        self.year = None if isinstance(self.use, Judgement) else int(self.use["year"].iloc[0])

    def society(self) -> list[Row]:
        """People, economy, use, irrigated area, and what the sectors use of the whole."""
        use = self._use()
        return [
            ("population", self._sum("population", "resident_people"), "people"),
            ("gdp", self._sum("economy", "gdp_yuan"), "yuan_as_wan_yuan"),
            ("industrial", self._sum("economy", "industrial_added_yuan"), "yuan_as_wan_yuan"),
            ("use", use, "m3_as_wan_m3"),
            ("irrigated", None if self.irrigation is None else _sum(self.irrigation["actual_area_m2"]), "m2_as_mu"),
            *((f"share_{name}", _ratio(self._use(of), use, 1.0), "share") for name, of in _SECTORS.items()),
        ]

    def levels(self) -> list[Row]:
        """Intensities and rates; those that no layer holds are unknown."""
        use, industry = self._use(), self._use(("industry",))
        unconventional, added = self._use(sources=_UNCONVENTIONAL), self._sum("economy", "industrial_added_yuan")
        return [
            ("gdp_intensity", _ratio(use, self._sum("economy", "gdp_yuan"), 1e4), "m3_per_wan_yuan"),
            ("industry_intensity", _ratio(industry, added, 1e4), "m3_per_wan_yuan"),
            ("efficiency", None, "ratio"),
            ("reuse", None, "share"),
            ("irrigation_per_mu", None, None),
            ("saving_irrigation", self._saving_share(), "share"),
            ("high_efficiency", None, "share"),
            ("leakage", None, "share"),
            ("reclaimed_share", None, "share"),
            ("unconventional", unconventional, "m3_as_wan_m3"),
            ("appliances", None, "share"),
        ]

    def _use(self, sectors: tuple[str, ...] = (), sources: tuple[str, ...] = ()) -> float | None:
        if isinstance(self.use, Judgement):
            return None
        rows = self.use[self.use["sector"].isin(sectors)] if sectors else self.use
        return _sum((rows[rows["source"].isin(sources)] if sources else rows)["volume_m3"])

    def _sum(self, name: str, column: str) -> float | None:
        found = self.tables.get(name)
        if found is None or self.year is None:
            return None
        return _sum(found.loc[found["year"] == self.year, column])

    def _saving_share(self) -> float | None:
        if self.irrigation is None or "saving_area_m2" not in self.irrigation:
            return None
        return _ratio(_sum(self.irrigation["saving_area_m2"]), _sum(self.irrigation["effective_area_m2"]), 1.0)


def _sum(values: pd.Series) -> float | None:
    """The sum; none for no value, and where one of them is not known."""
    known = pd.to_numeric(values, errors="coerce")
    return None if known.empty or known.isna().any() else float(known.sum())


def _ratio(part: float | None, whole: float | None, factor: float) -> float | None:
    return None if part is None or not whole else part / whole * factor
