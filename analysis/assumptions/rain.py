"""How surfaces turn rain into water, shared by every method that reckons with rain."""

from __future__ import annotations

from analysis.assumption import Assumption

_GB50400 = "GB 50400-2016 建筑与小区雨水控制及利用工程技术规范"
_GB50555 = "GB 50555-2010 民用建筑节水设计标准"
_SPONGE = "海绵城市建设技术指南 (2014)"
_ASSUMED = "本系统假定"

PSI_ROOF = Assumption("psi_roof", "runoff_per_rain", 0.80, 0.90, 0.85, _GB50400, "high")
PSI_PAVED = Assumption("psi_paved", "runoff_per_rain", 0.80, 0.90, 0.85, _GB50400, "high")
PSI_PERMEABLE = Assumption("psi_permeable", "runoff_per_rain", 0.08, 0.45, 0.25, _SPONGE, "medium")
PSI_GREEN = Assumption("psi_green", "runoff_per_rain", 0.10, 0.25, 0.15, _GB50400, "high")
FLUSH_ROOF = Assumption("flush_roof_mm", "mm", 2.0, 3.0, 2.5, _GB50400, "high")
FLUSH_GROUND = Assumption("flush_ground_mm", "mm", 3.0, 5.0, 4.0, _GB50400, "high")
USABLE_SHARE = Assumption("rain_usable_share", "share", 0.6, 0.7, 0.65, f"{_GB50555} 5.2.4", "high")
CONTROL_RATE = Assumption("control_rate", "share", 0.70, 0.85, 0.75, f"{_SPONGE} III 区", "medium")
RETURN_PERIOD = Assumption("rain_return_period_a", "years", 1, 2, 1, _GB50400, "high")
SKIP = Assumption("rain_skip_mm", "mm", 1, 10, 5, _ASSUMED, "low")
REST = Assumption("rain_rest_mm", "mm", 5, 25, 10, _ASSUMED, "low")

KNOWN_CELLS = Assumption("known_cells_share", "share", 0.5, 1.0, 0.8, _ASSUMED, "low")

SURFACES = (PSI_ROOF, PSI_PAVED, PSI_PERMEABLE, PSI_GREEN, FLUSH_ROOF, FLUSH_GROUND, USABLE_SHARE)
DRY_DAYS = (SKIP, REST)
