"""Water for the site: what is near, by which way and at what price; rain, tanks, and the share that need not be tap."""

from __future__ import annotations

import streamlit as st

from analysis.methods.siting.water.advice import Supply
from app.parts.figure import Figure, figures
from app.parts.notice import notice, part
from app.siting.scene import Scene
from reports.origins import lacking_word
from reports.siting.paper import SUPPLIED_BY
from words import text
from words.markup import safe
from words.units import label, number, quantity


def water_part(scene: Scene) -> None:
    """Show the water of the site."""
    language, water = scene.language, scene.case.water
    part(text("siting.page.water.title", language))
    told = (
        ("demand", scene.case.inquiry.demand.m3_per_year, "m3_per_year", ""),
        ("share", water.unconventional_share, "share", _parts(scene)),
        ("rain", water.rain_yield_m3, "m3_per_year", _estimated(scene)),
        *((code, volume, "m3", "") for code, volume in water.tanks_m3.items()),
    )
    shown = [
        Figure(
            text(f"siting.page.water.{key}", language),
            None if value is None else number(value, unit, language),
            label(unit, language),
            (below,),
        )
        for key, value, unit, below in told
    ]
    figures(shown, language=language, layout="dense")
    heads = "".join(
        f"<th{'' if n < 2 else ' class=n'}>{safe(text(f'siting.paper.columns.{key}', language))}</th>"
        for n, key in enumerate(("supply", "check_name", "distance", "route", "lift", "price"))
    )
    rows = "".join(_row(kind, getattr(water, kind), scene) for kind in ("mains", "plant", "reclaimed"))
    st.html(f'<div class="atlas-scroll"><table class="atlas-facts wide"><tr>{heads}</tr>{rows}</table></div>')
    for rule in scene.case.inquiry.ground.rules("reclaimed_order"):
        notice(text("siting.paper.water.order", language, rule=rule.cite(language)))


def _row(kind: str, supply: Supply | None, scene: Scene) -> str:
    language = scene.language
    name = safe(text(f"siting.paper.water.{kind}", language))
    if supply is None:
        word = lacking_word(scene.case.district, SUPPLIED_BY[kind], language=language)
        return f"<tr><td>{name}</td><td colspan=5>{safe(word)}</td></tr>"
    cells = (
        (supply.distance_m, "m"),
        (supply.route_m, "m"),
        (supply.lift_m, "m"),
        (supply.yuan_per_m3, "yuan_per_m3"),
    )
    numbers = "".join(f"<td class='n'>{safe(quantity(value, unit, language))}</td>" for value, unit in cells)
    return f"<tr><td>{name}</td><td>{safe(supply.name)}</td>{numbers}</tr>"


def _parts(scene: Scene) -> str:
    water, language = scene.case.water, scene.language
    facts = {
        "rain": quantity(water.rain_m3, "m3_per_year", language),
        "reclaimed": quantity(water.reclaimed_m3, "m3_per_year", language),
    }
    return text("siting.page.water.parts", language, **facts)


def _estimated(scene: Scene) -> str:
    return text("siting.page.water.estimated", scene.language) if scene.case.water.surfaces_estimated else ""
