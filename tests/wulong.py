"""The rules that ship with the product, as Wulong and other places hear them."""

from __future__ import annotations

from analysis.rules.choosing import in_force
from layers.rule import Rule
from layers.versions.rules import shipped_rules

WULONG, PENGSHUI, LESHAN = "500156", "500243", "511100"
STORM = {"a": 1793.0, "c": 0.997, "b": 12.292, "n": 0.724}
PRINTED_MM = {0.60: 12.2, 0.70: 17.4, 0.75: 20.9, 0.80: 25.5, 0.85: 31.9}


def heard(kind: str, *, code: str = WULONG) -> tuple[Rule, ...]:
    """The shipped rules of a kind that nobody has ended, at a place."""
    return in_force(shipped_rules(), kind, code=code, on=None)
