"""All checks in the order of their numbers; a new one is one entry in the module of its subject."""

from __future__ import annotations

from analysis.methods.siting.check import Check
from analysis.methods.siting.checks import duties, groundwater, protection, river, supply, terrain, use

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (check for module in (protection, river, terrain, groundwater, use, supply, duties) for check in module.CHECKS),
        key=lambda check: check.number,
    )
)
