"""The checks of siting by id, as tests ask for single ones."""

from __future__ import annotations

from analysis.methods.siting.checks.registry import CHECKS

BY_ID = {check.id: check for check in CHECKS}
