"""Quotas of outdoor uses, shared by rainwater, reclaimed water and siting."""

from __future__ import annotations

from analysis.assumption import Assumption

_GB50555 = "GB 50555-2010 民用建筑节水设计标准"

LAWN = Assumption("lawn_m3_per_m2", "m3_per_m2_year", 0.12, 0.66, 0.28, _GB50555, "medium")
SWEEP = Assumption("sweep_l_per_m2", "l_per_m2", 0.2, 0.5, 0.35, _GB50555, "medium")
SWEEP_TIMES = Assumption("sweep_times", "times_per_year", 10, 200, 30, _GB50555, "medium")
