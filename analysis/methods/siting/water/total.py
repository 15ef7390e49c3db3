"""How much of the control total is used: existing use of a year and the proposal's demand over the control value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.methods.siting.check import Inquiry, Judgement, unknown

CONVENTIONAL = ("surface", "groundwater")
VOLUMES = {"yi_m3": 1e8, "万m³": 1e4, "万m3": 1e4, "亿m³": 1e8, "亿m3": 1e8, "m³": 1.0, "m3": 1.0, "wan_m3": 1e4}


@dataclass(frozen=True)
class Total:
    """Existing use, demand and control total in m³ a year; `ratio` is what would be used of the total."""

    existing_m3: float
    demand_m3: float
    control_m3: float
    unconventional_counted: bool
    facts: Mapping[str, object]

    @property
    def ratio(self) -> float:
        """(existing + demand) / control."""
        return (self.existing_m3 + self.demand_m3) / self.control_m3

    def room_m3(self, level: float) -> float:
        """The demand that brings the ratio just to a level."""
        return level * self.control_m3 - self.existing_m3


def total_of(inquiry: Inquiry) -> Total | Judgement:
    """The strictest of the district's total and of those official for the site's townships; else what is lacking."""
    district, demand = inquiry.ground.district, inquiry.demand.m3_per_year
    use, control = district.tables.get("water_use"), district.tables.get("control_values")
    lacking = [
        name for name, table in (("water_use", use), ("control_values", control)) if table is None or table.empty
    ]
    if lacking:
        return unknown(*lacking)
    if inquiry.proposal.source is None:
        return unknown("proposal.source")
    if demand is None:
        return unknown("proposal.demand_m3_per_year")
    counted = inquiry.assumed["siting_count_unconventional"] >= 0.5
    asked = demand if counted else _conventional(inquiry, demand)
    subjects = ["district"]
    if district.status("control_values") == "official":
        subjects += list(inquiry.site.townships)
    totals = [
        found
        for subject in subjects
        if (found := _total(inquiry, subject=subject, demand=asked, counted=counted)) is not None
    ]
    return max(totals, key=lambda one: one.ratio) if totals else unknown("control_values")


def _conventional(inquiry: Inquiry, demand: float) -> float:
    proposal = inquiry.proposal
    if proposal.source not in (*CONVENTIONAL, "public_network"):
        return 0.0
    return max(demand - proposal.unconventional_m3_per_year, 0.0)


def _total(inquiry: Inquiry, *, subject: str, demand: float, counted: bool) -> Total | None:
    """The total of one subject; what does not depend on the site is worked out once."""
    kept, key = inquiry.ground.totals, (subject, counted)
    if key not in kept:
        tables = inquiry.ground.district.tables
        kept[key] = _figures(tables["water_use"], tables["control_values"], subject=subject, counted=counted)
    figures = kept[key]
    if figures is None:
        return None
    existing, allowed = figures["existing_m3"], figures["control_m3"]
    return Total(existing, demand, allowed, counted, {**figures, "subject": subject, "demand_m3": demand})


def _figures(use: pd.DataFrame, control: pd.DataFrame, *, subject: str, counted: bool) -> dict[str, float] | None:
    """Use of the latest year and the control value of that year, or the nearest after it; none without either."""
    rows = use if subject == "district" else use[use["township"] == subject]
    values = control[(control["subject"] == subject) & (control["indicator"] == "total_use")]
    if rows.empty or values.empty:
        return None
    year = int(rows["year"].max())
    rows = rows[rows["year"] == year]
    if not counted:
        rows = rows[rows["source"].isin(CONVENTIONAL)]
    gap = values["year"] - year
    row = values.loc[gap.where(gap >= 0, 1000 - gap).idxmin()]
    factor = VOLUMES.get(str(row["unit"]).strip(), 1.0) if pd.notna(row["unit"]) else 1.0
    allowed = float(row["value"]) * factor
    figures = {"use_year": year, "control_year": int(row["year"]), "control_m3": allowed}
    return {**figures, "existing_m3": float(rows["volume_m3"].sum())} if allowed > 0 else None
