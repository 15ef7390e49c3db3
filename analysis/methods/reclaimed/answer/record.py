"""A plan of a reclaimed network as plain values for programs, as lines for people, and what stands on everything of it.

The law wants three warnings written on all that shows reclaimed pipes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.hydraulics.check import Outside
from analysis.methods.reclaimed.built import Built
from analysis.methods.reclaimed.district_plan import DistrictPlan
from analysis.methods.reclaimed.economics import Economics
from analysis.methods.reclaimed.months import by_month
from analysis.network.answer import Alternative, Wish
from words import Language, text
from words.errors import AtlasError
from words.units import quantity

Record = dict[str, Any]
WARNINGS = ("purple", "not_drinking", "no_connection")
_LEAST_M3 = 0.5
_SECONDS_A_YEAR = 365 * 86_400.0
_RATES = {"new": "_added", "before": "_before", "after": ""}


def plan_record(made: DistrictPlan, *, language: Language = "zh") -> Record:
    """The plan with its hydraulic check as the command prints it.

    `rate` is the reuse rate the network can deliver month by month, `rate_before` without it, `rate_added` what it
    adds, all over `treated_m3` a year (再生水利用率 = reclaimed water used / wastewater treated).
    """
    plan, rate = made.plan, made.rate
    uses = dict(zip(made.candidates.places["user"], made.candidates.places["use"], strict=True))
    new = made.economics.discharge_avoided_m3 / rate.treated_m3 if rate.treated_m3 > 0 else None
    return {
        "status": plan.status,
        "aim": plan.aim,
        "objective": _number(plan.objective),
        "bound": _number(plan.bound),
        "gap": _number(plan.gap),
        "cost_yuan": plan.cost_yuan,
        "volume_m3": plan.volume_m3,
        "delivered_m3": made.economics.discharge_avoided_m3,
        "rate": _number(rate.after_share),
        "rate_before": _number(rate.before_share),
        "rate_added": _number(new),
        "treated_m3": rate.treated_m3,
        "reused_before_m3": rate.reused_before_m3,
        "unknown_plants": rate.unknown_plants,
        "seconds": round(plan.seconds, 2),
        "served": [_served(row, uses) for row in plan.served.to_dict("records")],
        "left_out": [_left_out(row, language) for row in plan.left_out.to_dict("records")],
        "months": _months(made.months),
        "pipes": [_pipe(row) for row in made.built.pipes.drop(columns="geometry").to_dict("records")],
        "alternatives": [_alternative(one) for one in plan.alternatives],
        "cost_lines": plan.cost_lines.to_dict("records"),
        "economics": _economics(made.economics),
        "warnings": list(warnings(language)),
        "hydraulics": _check(made.built, language),
    }


def warnings(language: Language) -> tuple[str, ...]:
    """Purple, not for drinking, never connected."""
    return tuple(text(f"reclaimed.paper.{key}", language) for key in WARNINGS)


def proof_line(status: str, gap: float | None, language: Language) -> str:
    """How good the network is known to be."""
    words = text(f"reclaimed.paper.statuses.{status}", language)
    if gap is None:
        return words
    return text("reclaimed.paper.proof", language, status=words, gap=quantity(gap, "share", language))


def refusal_of(built: Built, language: Language) -> str | None:
    """Why the hydraulics could not be simulated, none when they were."""
    return None if built.refusal is None else text(built.refusal.key, language, **built.refusal.facts)


def _months(months: pd.DataFrame) -> list[Record]:
    """The twelve months in m³, all plants together, and of each the plants."""
    told = []
    for row in by_month(months).to_dict("records"):
        own = months[months["month"] == row["month"]].drop(columns="month")
        told.append({**row, "month": int(row["month"]), "plants": own.to_dict("records")})
    return told


def _economics(money: Economics) -> Record:
    """The money; `investment_lines` add up to `investment_yuan`, a line without `yuan` is not known."""
    told: Record = {name: _number(value) for name, value in vars(money).items() if name != "investment_lines"}
    return {**told, "investment_lines": [vars(line) for line in money.investment_lines]}


def _served(row: Mapping[str, object], uses: Mapping[str, str]) -> Record:
    return {
        "user": row["user"],
        "plant": row["plant"],
        "use": uses.get(str(row["user"])),
        "m3_per_year": _number(row["m3"]),
        "unit_cost": _number(row["unit_cost_yuan_per_m3"]),
    }


def _left_out(row: Mapping[str, object], language: Language) -> Record:
    reason = text(f"reclaimed.reasons.{row['reason']}", language)
    condition = text(f"reclaimed.conditions.{row['would_come_in_if']}", language)
    return {
        "user": row["user"],
        "m3_per_year": _number(row["m3"]),
        "reason": row["reason"],
        "would_come_in_if": row["would_come_in_if"],
        "cost_yuan_per_m3": _number(row["cost_yuan_per_m3"]),
        "threshold_yuan_per_m3": _number(row["threshold_yuan_per_m3"]),
        "more": _number(row["more"]),
        "message": text("reclaimed.paper.left_out", language, reason=reason, condition=condition),
    }


def _pipe(row: Mapping[str, object]) -> Record:
    told = {"id": row["id"], "from": row["from_node"], "to": row["to_node"], "dn_mm": float(str(row["dn"]))}
    told |= {key: _number(row[key]) for key in ("length_m", "lift_m")}
    told["flow_m3_per_s"] = float(str(row["m3_per_year"])) / _SECONDS_A_YEAR
    more = ("m3_per_year", "peak_m3_per_s", "velocity_m_per_s", "pump_head_m", "valve_m", "class_mpa", "capital_yuan")
    return told | {key: _number(row[key]) for key in more if key in row}


def _alternative(one: Alternative) -> Record:
    numbers = ("objective", "worse_share", "cost_yuan", "volume_m3", "differs_share")
    told = {name: getattr(one, name) for name in numbers}
    return {**told, "plants": list(one.plants), "users": list(one.users), "pipes": list(one.arcs)}


def _check(built: Built, language: Language) -> Record:
    """The hydraulic check; without one, why there is none."""
    check = built.check
    if check is None:
        return {"status": "not_simulated", "reason": refusal_of(built, language)}
    nodes = check.nodes[check.nodes["kind"] != "plant"]
    cases = {}
    for case in ("average", "peak"):
        pressure, velocity = nodes[f"pressure_{case}_m"], check.pipes[f"velocity_{case}_m_per_s"]
        cases[case] = {
            "least_pressure_m": _number(pressure.min()),
            "most_pressure_m": _number(pressure.max()),
            "least_velocity_m_per_s": _number(velocity.min()),
            "most_velocity_m_per_s": _number(velocity.max()),
        }
    return {
        "status": "ok" if check.ok else "outside_limits",
        "engine": "EPANET 2.2",
        "largest_head_difference_m": check.difference_m,
        "cases": cases,
        "outside": [
            {
                **vars(one),
                "reason": text(f"reclaimed.paper.faults.{one.what}", language),
                "message": fault_line(one, one.id, language),
            }
            for one in check.outside
        ],
        "advice": [vars(one) for one in check.advice],
        "stations": [vars(one) for one in check.stations],
        "reducing_valves": [vars(one) for one in check.valves],
        "dry_pipes": list(check.layout.dry),
    }


def wish_sentence(wish: Wish, language: Language) -> str:
    """Which wish cannot be met, why, and how far it can."""
    name = text(f"reclaimed.wishes.{wish.kind}", language, id=wish.id or "")
    unit = "yuan" if wish.kind == "budget" else "m3"
    said = text("reclaimed.paper.wish", language, wish=name, reason=text(f"reclaimed.wishes.{wish.reason}", language))
    if wish.asked is None:
        return said
    if wish.attainable is None:
        return said + text("reclaimed.paper.wish_unknown", language, asked=quantity(wish.asked, unit, language))
    least = wish.kind == "budget"
    known = math.ceil(wish.attainable) if least else wish.attainable  # a sum rounded down would not be enough
    figures: dict[str, float | None] = {"asked": wish.asked, "attainable": known}
    end = "wish_least" if least else "wish_most"
    if not wish.proven:
        end += "_known"
        figures["bound"] = wish.bound
    facts = {name: quantity(value, unit, language) for name, value in figures.items()}
    return said + text(f"reclaimed.paper.{end}", language, **facts)


def infeasible(wishes: Sequence[Wish], language: Language) -> AtlasError:
    """The refusal that names every wish that cannot be met."""
    sentences = " ".join(wish_sentence(wish, language) for wish in wishes)
    kinds = ", ".join(wish.kind for wish in wishes)
    return AtlasError("reclaimed.paper.infeasible", wishes=sentences, wish=kinds)


def fault_line(one: Outside, where: str, language: Language) -> str:
    """A value outside its limit in a sentence: where, when, both numbers and the reason."""
    return text(
        "reclaimed.paper.fault", language, where=where, case=text(f"reclaimed.paper.cases.{one.case}", language),
        what=text(f"reclaimed.paper.whats.{one.what}", language), value=quantity(one.value, one.unit, language),
        limit=quantity(one.limit, one.unit, language), reason=text(f"reclaimed.paper.faults.{one.what}", language),
    )  # fmt: skip


def plan_lines(told: Record, language: Language) -> tuple[str, ...]:
    """The plan for people: state and proof, volume, cost, hydraulics, pipes by diameter, and the warnings."""
    if told["objective"] is None:
        return (text(f"reclaimed.paper.nothing.{told['status']}", language), *told["warnings"])
    state = proof_line(told["status"], told["gap"], language)
    lengths: dict[int, float] = {}
    for pipe in told["pipes"]:
        lengths[int(pipe["dn_mm"])] = lengths.get(int(pipe["dn_mm"]), 0.0) + pipe["length_m"]
    cost = quantity(told["economics"]["yearly_yuan"], "yuan_as_wan_yuan", language)
    figures = [
        (text("reclaimed.paper.figures.volume_m3", language), quantity(told["delivered_m3"], "m3_per_year", language)),
        (text("reclaimed.paper.figures.reuse", language), _rates(told, language)),
        (text("reclaimed.paper.figures.cost_yuan_per_year", language), cost),
        *((f"DN{dn}", quantity(length, "m", language)) for dn, length in sorted(lengths.items())),
    ]
    lines = [text("reclaimed.paper.line", language, label=label, value=value) for label, value in figures]
    counts = {"served": len({row["user"] for row in told["served"]}), "left": len(told["left_out"])}
    hydraulics = told["hydraulics"]
    outside = len(hydraulics.get("outside", ()))
    checked = text(f"reclaimed.paper.checked.{hydraulics['status']}", language, count=outside)
    faults = tuple(one["message"] for one in hydraulics.get("outside", ()))
    lost = told["volume_m3"] - told["delivered_m3"]
    short = quantity(lost, "m3_per_year", language)
    lacking = (text("reclaimed.paper.months.lost", language, lost=short),) if lost > _LEAST_M3 else ()
    unknown = told["unknown_plants"]
    left = (text("reclaimed.paper.known_plants", language, count=unknown),) if unknown else ()
    return (
        state,
        text("reclaimed.paper.users", language, **counts),
        *lines,
        *lacking,
        *left,
        checked,
        *faults,
        *told["warnings"],
    )


def _rates(told: Record, language: Language) -> str:
    """New, before and after, with the denominator."""
    facts = {key: quantity(told.get(f"rate{end}"), "share", language) for key, end in _RATES.items()}
    treated = quantity(told.get("treated_m3"), "m3_per_year", language)
    return text("reclaimed.paper.rates", language, treated=treated, **facts)


def _number(value: Any) -> float | None:
    """A finite number, none for anything else: JSON knows no NaN."""
    if value is None or isinstance(value, str) or pd.isna(value) or not math.isfinite(value):
        return None
    return float(value)
