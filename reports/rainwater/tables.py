"""The tables of the rainwater page and workbook: one making for both, so that screen and paper say the same.

Numbers stay in the inside unit; `units` says how each column is written, `heads` what stands above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.assumption import Assumption
from analysis.formulas.rain.record import FREQUENCIES
from analysis.methods.rainwater.detail import Drainage, Months, Size
from analysis.methods.rainwater.obligations import Obligation
from analysis.methods.rainwater.potential import CASES, METHODS, Potential, headline
from analysis.methods.rainwater.projects import Answer, RainProject, rounded_up_m3
from analysis.methods.rainwater.tally import Tally
from layers.departments import Departments, department
from layers.rule import Rule
from reports.book.table import Table, unit_sign
from words import Language, text
from words.units import label, number, quantity

_ALL_KNOWN: Mapping[str, float] = {}


def _table(
    id_: str,
    rows: Iterable[Sequence[object]],
    columns: Sequence[str],
    *,
    language: Language,
    units: Mapping[str, str | None] | None = None,
    heads: Mapping[str, str] | None = None,
) -> Table:
    """A table whose columns are headed by `heads`, else by the words of their names."""
    own = heads or {}
    named = {one: own.get(one) or text(f"rainwater.page.columns.{one}", language) for one in columns}
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return Table(text(f"rainwater.page.tables.{id_}", language), frame, named, units or {})


def usable_table(found: Iterable[Potential], names: Mapping[str, str], *, language: Language) -> Table:
    """Townships ranked by usable rain with its range, unknown ones last."""
    ranked = sorted(found, key=lambda one: -_or(headline(one)[1]["central"], -1.0))
    rows = []
    for place, one in enumerate(ranked, start=1):
        usable = headline(one)[1]
        known = usable["central"] is not None
        rows.append((place if known else None, names[one.township], usable["central"], usable["low"], usable["high"]))
    volumes = dict.fromkeys(CASES, "m3_per_year")
    columns = ("rank", "township", "central", "low", "high")
    return _table("usable", rows, columns, language=language, units={"rank": "count", **volumes})


def method_table(found: Iterable[Potential], names: Mapping[str, str], *, language: Language) -> Table:
    """The three annual methods side by side, low, central and high of each."""
    heads = {
        f"{method}_{case}": " ".join(
            (text(f"rainwater.methods.{method}", language), text(f"rainwater.page.columns.{case}", language))
        )
        for method in METHODS
        for case in CASES
    }
    columns = ("township", "rain_mm", "catchment_m2", "demand_m3", *heads)
    rows = [
        (names[one.township], one.rain_mm, one.catchment_m2, one.demand_m3,
         *(one.usable_m3[method][case] for method in METHODS for case in CASES))
        for one in found
    ]  # fmt: skip
    units = {"rain_mm": "mm_per_year", "catchment_m2": "m2_as_ha"}
    units |= {column: "m3_per_year" for column in columns if column not in ("township", *units)}
    return _table("methods", rows, columns, language=language, units=units, heads=heads)


def range_table(found: Iterable[Potential], names: Mapping[str, str], *, language: Language) -> Table:
    """The three annual methods side by side, each written as central value and range."""
    sign = label("m3_per_year", language)
    heads = {
        method: text("reports.header", language, name=text(f"rainwater.methods.{method}", language), unit=sign)
        for method in METHODS
    }

    def written(one: Potential, method: str) -> str:
        ends = {case: number(one.usable_m3[method][case], "m3_per_year", language) for case in CASES}
        if one.usable_m3[method]["central"] is None:
            return ends["central"]
        return text("rainwater.page.with_range", language, **ends)

    rows = [
        (names[one.township], one.catchment_m2, one.demand_m3, *(written(one, method) for method in METHODS))
        for one in found
    ]
    units = {"catchment_m2": "m2_as_ha", "demand_m3": "m3_per_year"}
    columns = ("township", "catchment_m2", "demand_m3", *METHODS)
    table = _table("methods", rows, columns, language=language, units=units, heads=heads)
    return replace(table, figures=frozenset(METHODS))


def here_table(one: Potential, *, language: Language) -> Table:
    """One township: usable rain by each method with its range, then from the wet to the very dry year."""
    unit = "m3_per_year"
    rows = [
        (text(f"rainwater.methods.{method}", language), *(one.usable_m3[method][c] for c in ("central", "low", "high")))
        for method in METHODS
    ]
    rows += [(text(f"rainwater.years.{name}", language), one.years_m3[name], None, None) for name in FREQUENCIES]
    columns = ("by", "central", "low", "high")
    return _table("methods", rows, columns, language=language, units=dict.fromkeys(columns[1:], unit))


def year_table(found: Iterable[Potential], names: Mapping[str, str], *, language: Language) -> Table:
    """Usable rain in wet, normal, dry and very dry years."""
    columns = ("township", *FREQUENCIES)
    heads = {name: text(f"rainwater.years.{name}", language) for name in FREQUENCIES}
    rows = [(names[one.township], *(one.years_m3[name] for name in FREQUENCIES)) for one in found]
    units = dict.fromkeys(FREQUENCIES, "m3_per_year")
    return _table("years", rows, columns, language=language, units=units, heads=heads)


def runoff_table(
    runoff_m3: Mapping[str, float | None],
    names: Mapping[str, str],
    *,
    language: Language,
    shares: Mapping[str, float] = _ALL_KNOWN,
) -> Table:
    """Runoff of all land by township, on purpose without a sum; the share it is known of where that is not all."""
    units = {"runoff_m3": "m3_per_year"}
    if any(share < 1 for share in shares.values()):
        units |= {"known_share": "share"}
    rows = [(names[code], volume, shares.get(code)) for code, volume in runoff_m3.items() if code in names]
    return _table(
        "runoff", [row[: 1 + len(units)] for row in rows], ("township", *units), language=language, units=units
    )


def project_table(
    projects: Iterable[tuple[RainProject, float | None, float | None, float | None]],
    names: Mapping[str, str],
    *,
    language: Language,
) -> Table:
    """Projects with their own tank: yield, volumetric and time reliability."""
    rows = [
        (one.name, names.get(one.township, one.township), _choice("kind", one.kind, language),
         _choice("status", one.status, language), one.area_m2, one.tank_m3, yearly, volume, time)
        for one, yearly, volume, time in projects
    ]  # fmt: skip
    columns = ("project", "township", "kind", "status", "area_m2", "tank_m3", "yield_m3", "by_volume", "by_time")
    units = {"area_m2": "m2", "tank_m3": "m3", "yield_m3": "m3", "by_volume": "share", "by_time": "share"}
    return _table("projects", rows, columns, language=language, units=units)


def tally_table(
    rows: Iterable[Tally], names: Mapping[str, str], *, language: Language, departments: Departments
) -> Table:
    """Obligations by township and lead department."""
    told = [
        (names.get(row.township, row.township), department(row.lead, departments, language), row.required, row.built,
         row.missing_m3, row.unknown, row.suited, row.undated, row.none)
        for row in rows
    ]  # fmt: skip
    columns = ("township", "lead", "required", "built", "missing_m3", "unknown", "suited", "undated", "none")
    units: dict[str, str | None] = dict.fromkeys(columns[2:], "count") | {"missing_m3": "m3"}
    return _table("tally", told, columns, language=language, units=units)


def place_table(
    owed: Iterable[Obligation],
    names: Mapping[str, str],
    *,
    language: Language,
    texts: Iterable[Rule],
    departments: Departments,
) -> Table:
    """Every place with a duty, the reading of each of the `texts` beside it."""
    cited = {rule.id: rule.cite(language) for rule in texts}
    rules = sorted({rule for one in owed for rule in one.by_rule})
    volumes = ("facility_m3", "required_m3", "missing_m3")
    columns = ("place", "layer", "township", "lead", "approved", "duty", *rules, *volumes)
    heads = {rule: cited[rule] for rule in rules}
    told = [
        (one.name or one.id, text(f"layers.{one.layer}.name", language), names.get(one.township, one.township),
         department(one.lead, departments, language), one.approved, text(f"rainwater.duties.{one.duty}", language),
         *(text(f"rainwater.duties.{one.by_rule[rule]}", language) for rule in rules),
         one.facility_m3, one.required_m3, one.missing_m3)
        for one in owed
    ]  # fmt: skip
    return _table("places", told, columns, language=language, units=dict.fromkeys(volumes, "m3"), heads=heads)


def answer_table(said: Answer, *, language: Language) -> Table:
    """What one project yields and costs, one fact a row, written with its unit."""
    told: list[tuple[str, str]] = [
        ("own_tank", quantity(said.project.tank_m3, "m3", language)),
        ("yearly_m3", quantity(said.yield_m3, "m3", language)),
        ("demand", quantity(sum(said.demand_m3.values()), "m3", language)),
        ("inflow", quantity(said.inflow_m3, "m3", language)),
        ("overflow_yearly", quantity(said.overflow_m3, "m3", language)),
        ("by_volume", quantity(said.volumetric_reliability, "share", language)),
        ("by_time", quantity(said.time_reliability, "share", language)),
        ("shortage", _written(said.longest_shortage_days, "longest_shortage_days", None, language)),
        ("cost", quantity(said.cost_yuan_per_m3, "yuan_per_m3", language)),
        ("payback", _payback(said, language)),
        ("knee", quantity(said.knee_m3, "m3", language)),
    ]
    rows = [(text(f"rainwater.page.answers.{key}", language), value) for key, value in told]
    rows += [
        (text("rainwater.page.answers.target", language, share=f"{target:.0%}"), quantity(size, "m3", language))
        for target, size in said.sizes.items()
    ]
    return _table("answer", rows, ("fact", "value"), language=language)


def code_table(said: Answer, *, language: Language) -> Table:
    """The tank each code asks for, as computed and as one would order it, and which governs."""
    rows = [
        (text(f"rainwater.code_tanks.{code}", language), float(volume), rounded_up_m3(float(volume)),
         text("rainwater.page.governs", language) if code == said.governs else None)
        for code, volume in said.code_tanks.items()
        if volume is not None
    ]  # fmt: skip
    units = {"computed_m3": "m3", "ordered_m3": "m3"}
    return _table("codes", rows, ("code", "computed_m3", "ordered_m3", "remark"), language=language, units=units)


def month_table(months: Months, *, language: Language) -> Table:
    """The mean months in m³."""
    names = [text(f"rainwater.page.months.m{n}", language) for n in range(1, 13)]
    columns = ("month", "inflow_m3", "wanted_m3", "yield_m3", "overflow_m3")
    rows = list(zip(names, months.inflow_m3, months.demand_m3, months.yield_m3, months.overflow_m3, strict=True))
    return _table("months", rows, columns, language=language, units=dict.fromkeys(columns[1:], "m3"))


def curve_table(said: Answer, *, language: Language) -> Table:
    """Tank sizes with their reliability."""
    rows = list(zip(*(axis.tolist() for axis in said.curve), strict=True))
    units = {"tank_m3": "m3", "by_volume": "share"}
    return _table("curve", rows, ("tank_m3", "by_volume"), language=language, units=units)


def size_table(sizes: Sequence[Size], *, language: Language) -> Table:
    """Sizes side by side: one row per question, one column per size."""
    asked = (
        ("by_volume", "volumetric_reliability", "share"), ("by_time", "time_reliability", "share"),
        ("yearly_m3", "yield_m3", "m3"), ("overflow_yearly", "overflow_m3", "m3"),
        ("shortage", "longest_shortage_days", None), ("capital", "capital_yuan", "yuan_as_wan_yuan"),
        ("cost", "cost_yuan_per_m3", "yuan_per_m3"), ("payback", "payback_years", None),
    )  # fmt: skip
    columns = ["question", *(f"size{n}" for n in range(len(sizes)))]
    heads = {f"size{n}": f"{number(size.tank_m3, 'm3', language)} m³" for n, size in enumerate(sizes)}
    rows = []
    for key, name, unit in asked:
        sign = f" ({label(unit, language)})" if unit else ""
        values = [_written(getattr(size, name), name, unit, language) for size in sizes]
        rows.append((text(f"rainwater.page.answers.{key}", language) + sign, *values))
    table = _table("sizes", rows, columns, language=language, heads=heads)
    return replace(table, figures=frozenset(columns[1:]))


def storm_table(storm: Drainage, *, language: Language) -> Table:
    """Peak and volume of the design storm, without the tank and with it."""
    empty, usual = storm.empty, storm.usual
    rows = [
        (text("rainwater.page.chart.bare", language), empty.peak_l_per_s, empty.volume_m3, None, None),
        (text("rainwater.page.chart.usual", language), usual.relieved_peak_l_per_s, usual.relieved_volume_m3,
         1 - usual.relieved_peak_l_per_s / usual.peak_l_per_s, 1 - usual.relieved_volume_m3 / usual.volume_m3),
        (text("rainwater.page.chart.empty", language), empty.relieved_peak_l_per_s, empty.relieved_volume_m3,
         1 - empty.relieved_peak_l_per_s / empty.peak_l_per_s, 1 - empty.relieved_volume_m3 / empty.volume_m3),
    ]  # fmt: skip
    columns = ("storm_case", "peak", "volume_m3", "peak_cut", "volume_cut")
    units = {"peak": None, "volume_m3": "m3", "peak_cut": "share", "volume_cut": "share"}
    return _table("storm", rows, columns, language=language, units=units)


def assumption_table(
    declared: Iterable[Assumption], values: Mapping[str, float], *, changed: Iterable[str], language: Language
) -> Table:
    """Every assumption: value, unit, range, default, source, confidence, and whether it was changed; values inside."""
    touched = set(changed)
    yes = text("app.yes", language)
    rows = [
        (text(f"assumptions.{one.id}", language),
         *(number(value, one.unit, language) for value in (values[one.id], one.low, one.high, one.default)),
         unit_sign(one.unit, language), one.citation, text(f"assumptions.confidence.{one.confidence}", language),
         yes if one.id in touched else None)
        for one in declared
    ]  # fmt: skip
    columns = ("assumption", "value", "lowest", "highest", "default", "unit", "citation", "confidence", "changed")
    return _table("assumptions", rows, columns, language=language)


def _payback(said: Answer, language: Language) -> str:
    """Years; 不能收回 where it costs and never pays, none where nobody knows what it costs."""
    if said.project.own_tank_m3 is None:
        return number(None, "years", language)
    return _written(said.payback_years, "payback_years", None, language)


def _written(value: float | int | None, name: str, unit: str | None, language: Language) -> str:
    if name == "longest_shortage_days" and value is not None:
        return f"{value:,} {text('rainwater.page.days', language)}"
    if name == "payback_years":
        return text("rainwater.page.never", language) if value is None else quantity(value, "years", language)
    return number(value, unit, language)


def _choice(field_: str, code: str | None, language: Language) -> str | None:
    return None if code is None else text(f"layers.projects.choices.{field_}.{code}", language)


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
