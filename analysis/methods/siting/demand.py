"""How much water a proposal needs a year: as told, else from quota and output or people, else from its area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.proposal import Proposal
from layers.reading.conversion import MU_M2

DAYS = 365
M2_PER_HA = 10_000
DOMESTIC = "urban_domestic"
AREA_USES = {
    "industry": "industry", "chemical": "industry", "housing": "housing", "public": "public", "tourism": "public",
    "logistics": "logistics",
}  # fmt: skip


@dataclass(frozen=True)
class Quota:
    """The quota that fits a proposal, as a yearly volume in m³ for its size; `unit` and values as the table says."""

    name: str
    sector: str
    unit: str
    general_value: float
    advanced_value: float | None
    general_m3: float
    advanced_m3: float | None
    standard: str


@dataclass(frozen=True)
class Demand:
    """Demand in m³ a year, none when unknown; `how` is told, quota, area or unknown (words `siting.demand`)."""

    m3_per_year: float | None
    how: str
    quota: Quota | None

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers the volume rests on."""
        return ("quotas",) if self.how == "quota" else ()


def demand_of(
    proposal: Proposal, quotas: pd.DataFrame | None, *, area_m2: float, assumed: Mapping[str, float]
) -> Demand:
    """The demand and the quota that fits, if the table has one."""
    quota = quota_of(proposal, quotas, area_m2=area_m2)
    if proposal.demand_m3_per_year is not None:
        return Demand(proposal.demand_m3_per_year, "told", quota)
    if quota is not None:
        return Demand(quota.general_m3, "quota", quota)
    use = AREA_USES.get(proposal.sector)
    if use is not None:
        daily = assumed[f"siting_demand_{use}_m3_per_ha_day"] * area_m2 / M2_PER_HA
        return Demand(daily * DAYS, "area", None)
    return Demand(None, "unknown", None)


def quota_of(proposal: Proposal, quotas: pd.DataFrame | None, *, area_m2: float) -> Quota | None:
    """The row of the quota table for the product, or for people at home; none when no row or size fits."""
    if quotas is None or quotas.empty:
        return None
    wanted = proposal.product or (DOMESTIC if proposal.sector == "housing" else None)
    if wanted is None:
        return None
    rows = quotas[(quotas["item"] == wanted) | (quotas["name"] == wanted)]
    for row in rows.to_dict("records"):
        size = yearly_m3_per_value(str(row["unit"]), proposal, area_m2=area_m2)
        if size is None:
            continue
        advanced = None if pd.isna(row.get("advanced_value")) else float(row["advanced_value"])
        general = float(row["general_value"])
        return Quota(
            name=str(row["name"]),
            sector=str(row["sector"]),
            unit=str(row["unit"]),
            general_value=general,
            advanced_value=advanced,
            general_m3=general * size,
            advanced_m3=None if advanced is None else advanced * size,
            standard=str(row["standard"]),
        )
    return None


def yearly_m3_per_value(unit: str, proposal: Proposal, *, area_m2: float) -> float | None:
    """The m³ a year that a quota value of 1 in this unit means for the proposal; none when its size is unknown.

    Units as tables write them: `m³/t`, `L/(人·d)`, `m³/亩`; the part after the slash must be the output's unit.
    """
    volume, _, per = unit.replace("\uff08", "(").replace("\uff09", ")").partition("/")
    factor = {"m³": 1.0, "m3": 1.0, "L": 0.001}.get(volume.strip())
    per = per.strip().strip("()")
    if factor is None or not per:
        return None
    times = 1.0
    if per.endswith("·d"):
        per, times = per.removesuffix("·d"), float(DAYS)
    if proposal.output is not None and proposal.output_unit == per:
        return factor * times * proposal.output
    if per == "人" and proposal.people is not None:
        return factor * times * proposal.people
    if per == "亩" and proposal.sector == "farming":
        return factor * times * area_m2 / MU_M2
    return None
