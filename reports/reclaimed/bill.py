"""The bill of quantities of a chosen network: pipes by diameter and class, stations, valves, marks.

Quantities follow from the plan and the hydraulic check; fittings on the way are counted by rules of thumb and say so.
A price stands only where the plan holds one; the other lines are for the design institute to price.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.methods.reclaimed.investment import STEPS
from reports.reclaimed.paper import NetworkPaper
from words import Language, text
from words.units import number

COLUMNS = ("item", "spec", "unit", "quantity", "price_yuan", "amount_yuan", "remark")
AIR_VALVE_EVERY_M, SIGN_EVERY_M = 1000.0, 100.0
_FLOW_M3_PER_HOUR = 3600.0


def bill(paper: NetworkPaper, language: Language) -> pd.DataFrame:
    """A row per line of the bill, columns COLUMNS; the amounts of the pipes add up to their capital to the fen.

    With the plan's money known, all amounts add up to its investment.
    """
    parts = (_pipes, _works, _stations, _control_valves, _fittings)
    rows = [row for part in parts for row in part(paper, language)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("quantity", "price_yuan", "amount_yuan"):
        frame[column] = frame[column].astype("Float64").astype(float)
    return frame


def headings_of_bill(language: Language) -> dict[str, str]:
    """The heading of each column of the bill."""
    return {column: text(f"reclaimed.paper.bill.{column}", language) for column in COLUMNS}


def _row(item: str, language: Language, *, spec: str, unit: str, quantity: float, **rest: object) -> tuple:
    remark = rest.get("remark")
    return (
        text(f"reclaimed.paper.items.{item}", language),
        spec,
        text(f"reclaimed.paper.item_units.{unit}", language),
        quantity,
        rest.get("price"),
        rest.get("amount"),
        text(f"reclaimed.paper.remarks.{remark}", language) if remark else "",
    )


def _pipes(paper: NetworkPaper, language: Language) -> Iterator[tuple]:
    pipes = paper.pipes.assign(
        width=paper.pipes["dn"].astype(int),
        strength=paper.pipes["class_mpa"] if "class_mpa" in paper.pipes.columns else float("nan"),
        fen=(paper.pipes["capital_yuan"] * 100).round() if "capital_yuan" in paper.pipes.columns else float("nan"),
    )
    for (width, strength), group in pipes.groupby(["width", "strength"], dropna=False):
        length = round(float(group["length_m"].sum()), 1)
        amount = float(group["fen"].sum()) / 100 if group["fen"].notna().all() else None
        price = None if amount is None or length <= 0 else round(amount / length, 2)
        known = "pipe_class" if strength == strength else "pipe_plain"
        spec = text(f"reclaimed.paper.specs.{known}", language, dn=width, mpa=number(strength, "mpa", language))
        remark = "mean_price" if price is not None else "to_price"
        yield _row("pipe", language, spec=spec, unit="m", quantity=length, price=price, amount=amount, remark=remark)


def _works(paper: NetworkPaper, language: Language) -> Iterator[tuple]:
    """Treatment works, as far as the plan's money is known."""
    for line in paper.economics.investment_lines if paper.economics is not None else ():
        if line.item in STEPS and line.quantity is not None:
            yield _row(line.item, language, spec="", unit="m3_per_day", quantity=round(line.quantity, 1),
                       price=line.unit_yuan, amount=line.yuan, remark="unit_price")  # fmt: skip


def _stations(paper: NetworkPaper, language: Language) -> Iterator[tuple]:
    if paper.check is None:
        return
    prices = _prices(paper)
    for station in paper.check.stations:
        facts = {
            "flow": f"{station.flow_m3_per_s * _FLOW_M3_PER_HOUR:.1f}",
            "head": f"{station.head_m:.1f}",
            "power": number(station.power_kw, "kw", language),
            "node": _name(paper, station.node),
        }
        spec = text("reclaimed.paper.specs.station", language, **facts)
        amount = None
        if "station" in prices:
            amount = station.stages * prices["station"] + station.power_kw * prices["station_power"]
        remark = "stages" if station.stages > 1 else "to_price" if amount is None else "unit_price"
        price = None if amount is None else amount / station.stages
        yield _row("station", language, spec=spec, unit="set", quantity=station.stages, price=price, amount=amount,
                   remark=remark)  # fmt: skip


def _prices(paper: NetworkPaper) -> dict[str, float]:
    """The unit prices of the plan's equipment, empty where its money is not known."""
    lines = paper.economics.investment_lines if paper.economics is not None else ()
    return {line.item: line.unit_yuan for line in lines if line.unit_yuan is not None}


def _control_valves(paper: NetworkPaper, language: Language) -> Iterator[tuple]:
    """Valves that hold a flow where ways meet, and those that reduce a pressure, by diameter."""
    price, pipes = _prices(paper).get("control_valve"), paper.pipes
    if "regulated" not in pipes.columns:
        return
    kinds = [("flow_valve", pipes[pipes["regulated"].eq(True)], "meeting")]
    if "valve_m" in pipes.columns:
        kinds.append(("pressure_valve", pipes[pipes["valve_m"].notna()], "head_high"))
    for item, among, remark in kinds:
        for width, group in among.groupby(among["dn"].astype(int)):
            spec, count = text("reclaimed.paper.specs.dn", language, dn=width), len(group)
            amount = None if price is None else price * count
            yield _row(item, language, spec=spec, unit="piece", quantity=count, price=price, amount=amount,
                       remark=remark)  # fmt: skip


def _fittings(paper: NetworkPaper, language: Language) -> Iterator[tuple]:
    """Valves, connections and marks, counted by rule."""
    pipes = paper.pipes
    for width, group in pipes.groupby(pipes["dn"].astype(int)):
        spec = text("reclaimed.paper.specs.dn", language, dn=width)
        yield _row("gate_valve", language, spec=spec, unit="piece", quantity=len(group), remark="one_a_pipe")
    length = float(pipes["length_m"].sum())
    for item, every in (("air_valve", AIR_VALVE_EVERY_M), ("drain_valve", AIR_VALVE_EVERY_M)):
        yield _row(item, language, spec="", unit="piece", quantity=math.ceil(length / every), remark="a_km")
    users = int((paper.nodes["kind"] == "user").sum())
    yield _row("meter", language, spec="", unit="set", quantity=users, remark="one_a_user")
    yield _row("warning_tape", language, spec="", unit="m", quantity=round(length, 1), remark="tape")
    yield _row("sign", language, spec="", unit="piece", quantity=math.ceil(length / SIGN_EVERY_M), remark="signs")


def _name(paper: NetworkPaper, id_: str) -> str:
    found = paper.nodes.loc[paper.nodes["id"] == id_, "name"]
    return str(found.iloc[0]) if len(found) and isinstance(found.iloc[0], str) and found.iloc[0] else id_
