"""What the hydraulic check says in words: its state in one line, and every fault with its reason."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.hydraulics.check import HydraulicCheck
from analysis.methods.reclaimed.answer.record import fault_line
from words import Language, text


def check_line(check: HydraulicCheck | None, language: Language) -> str:
    """Passed, how many faults are left, or not done; with the valves set and what is advised."""
    if check is None:
        return text("reclaimed.paper.check_missing", language)
    key = "check_ok" if check.ok else "check_outside"
    said = [text(f"reclaimed.paper.{key}", language, count=len(check.outside), difference=f"{check.difference_m:.2f}")]
    for key, count in (("check_valves", len(check.valves)), ("check_advice", len(check.advice))):
        if count:
            said.append(text(f"reclaimed.paper.{key}", language, count=count))
    return text("reclaimed.paper.between", language).join(said)


def fault_lines(check: HydraulicCheck | None, names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """A line per pipe or user that still fails, with value, limit and reason."""
    found = () if check is None else check.outside
    return tuple(fault_line(one, names.get(one.id, one.id), language) for one in found)
