"""Reclaimed water: who can use whose water, by which pipe, at what price, proven best."""

from __future__ import annotations

from analysis.assumption import Assumption
from analysis.finding import Indicator
from analysis.formulas.hydraulics import head_loss_m, pump_energy_kwh_per_m3
from analysis.methods.reclaimed_water.network.plan import plan_network
from analysis.methods.reclaimed_water.quality import suitability

__all__ = ["head_loss_m", "plan_network", "pump_energy_kwh_per_m3", "suitability"]

NEEDS: tuple[str, ...] = ("wastewater_plants", "effluent")
ASSUMPTIONS: tuple[Assumption, ...] = ()
INDICATORS: tuple[Indicator, ...] = ()
