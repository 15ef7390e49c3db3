"""One project: what it yields at what price, how large its tank should be, and what it does through year and storm."""

from __future__ import annotations

import streamlit as st

from analysis.methods.rainwater.detail import typical_years
from analysis.methods.rainwater.projects import Answer
from analysis.methods.rainwater.subject import LAYERS
from app import store
from app.parts.figure import Figure, figures
from app.parts.notice import heading, notice, part
from app.parts.tables import show_table
from app.rainwater import charts
from app.rainwater import store as rain_store
from app.rainwater.scene import Scene
from layers.layer import Status
from reports.rainwater import tables as made
from words import Language, text
from words.units import label, number, quantity


def project_heading(scene: Scene) -> None:
    """Name, kind, status, place and size, and which record the answer rests on."""
    language, project = scene.language, scene.detail.project
    township = store.names(scene.mark).get(project.township, project.township)
    below = text(
        "rainwater.page.project_sub",
        language,
        kind=text(f"layers.projects.choices.kind.{project.kind}", language),
        status=text(f"layers.projects.choices.status.{project.status}", language) if project.status else "—",
        township=township,
        area=quantity(project.area_m2, "m2", language),
        tank=quantity(project.tank_m3, "m3", language),
    )
    heading(project.name, below=below)
    days = scene.detail.local
    if days is not None:
        facts = {"first": days.days[0], "last": days.days[-1], "years": len(days.whole_years)}
        rain = quantity(days.mean_mm, "mm", language)
        notice(text("rainwater.page.record_line", language, rain=rain, **facts))
    notice(text("app.result_line", language, id=scene.answer.id))
    for key, holds in (("no_tank", project.tank_m3 is None), ("no_uses", project.idle), ("partly", project.partly)):
        if holds:
            notice(text(f"rainwater.page.{key}", language), "missing")


def project_cards(scene: Scene) -> None:
    """Yield, reliabilities, longest shortage, cost and payback."""
    said = scene.detail.answer
    if said is None:
        return
    sources = rain_store.sources(scene.mark, layers=LAYERS)
    tap = scene.detail.saved_yuan_per_m3
    figures(_figures(said, sources, tap, scene.language), language=scene.language, layout="dense", colour=charts.RAIN)
    if said.volumetric_reliability is None and said.project.own_tank_m3 is not None:
        notice(text("rainwater.page.no_demand", scene.language), "missing")


def _figures(
    said: Answer, sources: tuple[Status | None, str | None], tap: float, language: Language
) -> tuple[Figure, ...]:
    def named(key: str, **facts: object) -> str:
        return text(f"rainwater.page.cards.{key}", language, **facts)

    status, as_of = sources
    wanted = sum(said.demand_m3.values())
    share = quantity(said.yield_m3 / wanted, "share", language) if wanted and said.yield_m3 is not None else "—"
    overflow = quantity(said.overflow_m3, "m3", language)
    replaced = named("replaced", share=share, overflow=overflow)
    asked = named("asked", demand=quantity(wanted, "m3", language))
    short = named("of_days")
    always = (named("always_short"),) if said.time_reliability == 0 else ()
    yearly = None if said.yield_m3 is None else number(said.yield_m3, "m3", language)
    days = None if said.longest_shortage_days is None else f"{said.longest_shortage_days:,}"
    least = (text("app.lower_bound", language),) if said.project.partly else ()
    volume, time = (_percent(v, language) for v in (said.volumetric_reliability, said.time_reliability))
    never = text("rainwater.page.never", language)
    payback = None if said.cost_yuan_per_m3 is None else never
    years = label("years", language)
    if said.payback_years is not None:
        payback = number(said.payback_years, "years", language)
    cost = None if said.cost_yuan_per_m3 is None else number(said.cost_yuan_per_m3, "yuan_per_m3", language)
    against = named("against", tap=quantity(tap, "yuan_per_m3", language))
    return (
        Figure(named("yield"), yearly, "m³/a", (replaced, *least), status, as_of),
        Figure(named("volume"), volume, "%", (asked,), status, as_of),
        Figure(named("time"), time, "%", (short,), status, as_of),
        Figure(named("shortage"), days, text("rainwater.page.days", language), always, status, as_of),
        Figure(named("cost"), cost, label("yuan_per_m3", language), (), status, as_of),
        Figure(named("payback"), payback, "" if payback == never else years, (against,), status, as_of),
    )


def _percent(share: float | None, language: Language) -> str | None:
    return None if share is None else number(share, "share", language)


def size_part(scene: Scene) -> None:
    """The curve of size and reliability in words and as a figure, and the tank the codes ask for."""
    language = scene.language
    said = scene.detail.answer
    if said is None:
        return
    part(text("rainwater.page.curve_part", language))
    reached = {f"{target:.0%}": size for target, size in said.sizes.items() if size is not None}
    if not said.project.idle and sum(said.demand_m3.values()):
        one = [
            text("rainwater.page.reached_one", language, share=s, size=number(v, "m3", language))
            for s, v in reached.items()
        ]
        if one:
            notice(text("rainwater.page.reached_line", language, list=store.joint(one, language)))
        out = [f"{target:.0%}" for target, size in said.sizes.items() if size is None]
        if out:
            notice(text("rainwater.page.unattainable", language, targets=store.joint(out, language)), "missing")
        figure = charts.size_curve(said, language=language)
        st.altair_chart(figure, width="stretch", alt=text("rainwater.page.curve_alt", language))
    part(text("rainwater.page.codes_part", language))
    notice(text(said.reason, language))
    show_table(made.code_table(said, language=language), language=language, key="rain_codes")


def year_part(scene: Scene) -> None:
    """Storage through a chosen year; the years that stand for wet, normal, dry and very dry are named."""
    language = scene.language
    days, mean = scene.detail.days, scene.detail.months
    if days is None or mean is None:
        return
    annual = days.record.annual_mm
    part(text("rainwater.page.trace_part", language))
    named = typical_years(days.record)
    normal = next((year for year, name in named.items() if name == "p50"), next(iter(named)))

    def title(year: int) -> str:
        rain = number(annual[year], "mm", language)
        if year not in named:
            return text("rainwater.page.year_plain", language, year=year, rain=rain)
        mark = text(f"rainwater.years.{named[year]}", language)
        return text("rainwater.page.year_named", language, year=year, rain=rain, mark=mark)

    years = sorted(annual, reverse=True)
    year = st.selectbox(
        text("rainwater.page.year", language),
        years,
        index=years.index(normal),
        format_func=title,
        key="rain_year",
        width=320,
    )
    capacity = scene.detail.project.tank_m3 or 0.0
    with st.container(gap=None):
        for chart in charts.storage_trace(days.of_year(year), capacity_m3=capacity, language=language):
            st.altair_chart(chart, width="stretch", alt=text("rainwater.page.trace_alt", language))
    notice(text("rainwater.page.chart.short_note", language))
    part(text("rainwater.page.months_part", language))
    months = charts.monthly_balance(mean, language=language)
    st.altair_chart(months, width="stretch", alt=text("rainwater.page.months_alt", language))
