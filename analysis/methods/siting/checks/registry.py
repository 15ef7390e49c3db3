"""All checks in the order of their numbers; a new one is one entry in the module of its subject."""

from __future__ import annotations

from analysis.methods.siting.check import Check
from analysis.methods.siting.checks import duties, groundwater, nature, protection, river, supply, terrain, use

SUBJECTS = (protection, river, terrain, groundwater, use, supply, duties, nature)
CHECKS: tuple[Check, ...] = tuple(
    sorted((check for module in SUBJECTS for check in module.CHECKS), key=lambda check: check.number)
)
