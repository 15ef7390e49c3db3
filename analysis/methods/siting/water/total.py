"""How much of two allowances is used: water use of a year over its control total, permits over theirs.

Each with the proposal's demand added. The two are apart: one bars by use, the other by what is permitted already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from analysis.methods.siting.check import Inquiry, Judgement, unknown
from analysis.methods.siting.water.promised import POWER
from layers.district import District
from layers.divisions import counted
from layers.reading.conversion import FILE_UNITS, unit_of_sign

CONVENTIONAL = ("surface", "groundwater")
INDICATORS: Mapping[str, str] = {"use": "total_use", "permits": "permitted_total"}
Of = Literal["use", "permits"]


@dataclass(frozen=True)
class Total:
    """What is used or permitted, demand and allowance in m³ a year; `ratio` is what would be used of the allowance."""

    of: Of
    existing_m3: float
    demand_m3: float
    control_m3: float
    unconventional_counted: bool
    facts: Mapping[str, object]

    @property
    def ratio(self) -> float:
        """(existing + demand) / allowance."""
        return (self.existing_m3 + self.demand_m3) / self.control_m3

    def room_m3(self, level: float) -> float:
        """The demand that brings the ratio just to a level."""
        return level * self.control_m3 - self.existing_m3


@dataclass(frozen=True)
class Totals:
    """The totals that could be told, one of each subject, and the judgements for want of which others could not."""

    known: tuple[Total, ...]
    open: tuple[Judgement, ...] = field(default=())

    @property
    def strictest(self) -> Total | None:
        """The one of which most would be used."""
        return max(self.known, key=lambda one: one.ratio, default=None)


def totals_of(inquiry: Inquiry) -> Totals | Judgement:
    """Use of the district and of townships with an official figure, permits of the district; else what is lacking."""
    if inquiry.proposal.source is None:
        return unknown("proposal.source")
    if inquiry.demand.m3_per_year is None:
        return unknown("proposal.demand_m3_per_year")
    district = inquiry.ground.district
    subjects = ["district"]
    if district.status("control_values") == "official":
        subjects += list(inquiry.site.townships)
    found = [total for subject in subjects if (total := _use(inquiry, subject)) is not None]
    found.append(_permits(inquiry))
    known = tuple(one for one in found if isinstance(one, Total))
    return Totals(known, tuple(one for one in found if isinstance(one, Judgement)))


def volume_m3(value: float, unit: object) -> float | None:
    """A control value as m³, none where the unit beside it is not one of volume that is understood."""
    sign = unit_of_sign(unit) if isinstance(unit, str) else None
    return value * FILE_UNITS[sign].factor if sign is not None and FILE_UNITS[sign].inside == "m3" else None


def _use(inquiry: Inquiry, subject: str) -> Total | Judgement | None:
    """Use against its control total; none where a township has no figure of its own."""
    kept = inquiry.ground.totals
    if subject not in kept:
        kept[subject] = _figures(inquiry.ground.district, subject)
    rows, control = kept[subject]
    if isinstance(control, Judgement) or isinstance(rows, Judgement):
        lacking = [one for one in (rows, control) if isinstance(one, Judgement)]
        alone = subject != "district" and isinstance(control, Judgement) and control.reason == "missing"
        merged = unknown(*(need for one in lacking for need in one.needs))
        return None if alone else lacking[0] if len(lacking) == 1 else merged
    whole = control["counted"]
    if whole is None:
        whole = inquiry.assumed["siting_count_unconventional"] >= 0.5
    existing = rows if whole else rows[rows["source"].isin(CONVENTIONAL)]
    demand = inquiry.demand.m3_per_year or 0.0
    asked = demand if whole else _conventional(inquiry, demand)
    figures = {"use_year": int(rows["year"].iloc[0]), "control_year": control["year"], "control_m3": control["m3"]}
    volume = float(existing["volume_m3"].sum())
    facts = {**figures, "existing_m3": volume, "subject": subject, "demand_m3": asked}
    return Total("use", volume, asked, control["m3"], whole, facts)


def _permits(inquiry: Inquiry) -> Total | Judgement:
    """What intakes may take, hydropower apart, and the demand of a new one against the control total of permits."""
    district = inquiry.ground.district
    intakes = district.frames.get("water_intakes")
    if intakes is None:
        return unknown("water_intakes")
    control = _control(district, "district", INDICATORS["permits"], near=inquiry.on.year)
    if isinstance(control, Judgement):
        return control
    volumes = intakes.loc[intakes["use"] != POWER, "permitted_m3_per_year"]
    if volumes.isna().any():
        return unknown("water_intakes.permitted_m3_per_year")
    demand = (inquiry.demand.m3_per_year or 0.0) if inquiry.proposal.is_intake else 0.0
    existing = float(volumes.sum())
    facts = {"control_year": control["year"], "control_m3": control["m3"], "existing_m3": existing,
             "subject": "district", "demand_m3": demand}  # fmt: skip
    return Total("permits", existing, demand, control["m3"], False, facts)


def _conventional(inquiry: Inquiry, demand: float) -> float:
    proposal = inquiry.proposal
    if proposal.source not in (*CONVENTIONAL, "public_network"):
        return 0.0
    return max(demand - proposal.unconventional_m3_per_year, 0.0)


def _figures(district: District, subject: str) -> tuple[pd.DataFrame | Judgement, dict | Judgement]:
    """The rows of use of the latest year known whole, and the control value of that year or the next told."""
    rows = latest_whole(district, None if subject == "district" else subject)
    near = None if isinstance(rows, Judgement) else int(rows["year"].iloc[0])
    return rows, _control(district, subject, INDICATORS["use"], near=near)


def latest_whole(district: District, township: str | None = None) -> pd.DataFrame | Judgement:
    """The use of the latest year that every township of today (or the one named) tells whole.

    Codes of townships that were merged count for their successors.
    """
    use = district.tables.get("water_use")
    if use is None or use.empty:
        return unknown("water_use")
    wanted = set(district.townships.index) if township is None else {township}
    for year in sorted(use["year"].dropna().unique(), reverse=True):
        of_year = use[use["year"] == year]
        found = {owner: one for owner, one in counted(district, of_year, year=int(year)).items() if owner in wanted}
        rows = of_year.loc[sorted(at for one in found.values() for at in one.rows)]
        if wanted <= set(found) and not any(one.missing for one in found.values()) and rows["volume_m3"].notna().all():
            return rows
    return unknown("water_use", reason="no_whole_year")


def _control(district: District, subject: str, indicator: str, *, near: int | None) -> dict | Judgement:
    """The value of the year, else the next after it, else the last before; refused where its unit is not understood."""
    table = district.tables.get("control_values")
    if table is None or table.empty:
        return unknown("control_values")
    values = table[(table["subject"] == subject) & (table["indicator"] == indicator)].dropna(subset=["value"])
    if values.empty:
        return unknown(f"control_values.{indicator}")
    gap = values["year"] - (values["year"].max() if near is None else near)
    row = values.loc[gap.where(gap >= 0, 1000 - gap).idxmin()]
    volume = volume_m3(float(row["value"]), row["unit"])
    if volume is None:
        return unknown("control_values.unit", reason="unit_unknown", unit=row["unit"] if pd.notna(row["unit"]) else "")
    if volume <= 0:
        return unknown(f"control_values.{indicator}")
    whole = row.get("counts_unconventional")
    return {"year": int(row["year"]), "m3": volume, "counted": None if pd.isna(whole) else bool(whole)}
