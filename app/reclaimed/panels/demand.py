"""What the network rests on: which plant's water suits which use, and demand and supply month by month."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.methods.reclaimed import PLACE_LAYERS
from app import store
from app.parts.lacking import lacking
from app.parts.notice import notice, part
from app.parts.tables import show_cells
from app.reclaimed import charts
from app.reclaimed.names import uses_of, verdict_words
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene
from reports.reclaimed.names import names_of, use_words
from words import Language, text
from words.units import quantity

_VOLUMES = ("treated_m3", "owed_m3", "reused_m3", "supply_m3")


def plants_part(scene: Scene) -> None:
    """Suitability of every plant for every use with what fails; volumes, class and capacity today and planned."""
    language, plants = scene.language, scene.ground.plants
    part(text("reclaimed.page.parts.plants", language))
    if plants.empty:
        notice(text("reclaimed.page.no_plants", language), "empty")
        return
    _suitability(scene)
    notice(text("reclaimed.page.suitability_note", language))
    with st.expander(text("reclaimed.page.parts.plant_facts", language)):
        units = {column: "m3_per_year" for column in _VOLUMES} | dict.fromkeys(
            ("capacity", "planned_capacity"), "m3_per_day"
        )
        show_frame(_facts(scene), units=units, language=language, key="reclaimed_plant_facts")
    with st.expander(text("reclaimed.page.parts.items", language)):
        _items(scene)


def _suitability(scene: Scene) -> None:
    language, uses = scene.language, uses_of(scene.ground.places)
    names = names_of(scene.ground.plants, scene.ground.places.iloc[:0], store.district(scene.mark), language)
    rows = []
    for plant in scene.ground.plants["plant"]:
        fits = {use: scene.ground.fits.get((plant, use)) for use in uses}
        said = {
            use: verdict_words(fit, language) if fit else text("units.missing", language) for use, fit in fits.items()
        }
        rows.append({"plant": names[str(plant)], **said})
    frame = pd.DataFrame(rows)
    heads = {"plant": st.column_config.TextColumn(text("reclaimed.page.columns.plant", language), pinned=True)}
    heads |= {use: st.column_config.TextColumn(use_words(use, language)) for use in uses}
    show_cells(frame, key="reclaimed_suitability", column_config=heads)


def _facts(scene: Scene) -> pd.DataFrame:
    language = scene.language
    frame = store.district(scene.mark).frames["wastewater_plants"].set_index("id")
    names = names_of(scene.ground.plants, scene.ground.places.iloc[:0], store.district(scene.mark), language)
    rows = []
    for plant in scene.ground.plants.itertuples():
        known = frame.loc[plant.plant]
        rows.append({
            "plant": names[str(plant.plant)], **{column: getattr(plant, column) for column in _VOLUMES},
            "capacity": known["capacity_m3_per_day"], "planned_capacity": known["planned_capacity_m3_per_day"],
            "effluent_class": _class(known["effluent_class"], language),
            "planned_class": _class(known["planned_class"], language),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _class(value: object, language: Language) -> str:
    known = isinstance(value, str) and value
    return text(f"layers.wastewater_plants.choices.effluent_class.{value}", language) if known else "—"


def _items(scene: Scene) -> None:
    """Every limit compared, for one plant and one use."""
    language, uses = scene.language, uses_of(scene.ground.places)
    names = names_of(scene.ground.plants, scene.ground.places.iloc[:0], store.district(scene.mark), language)
    left, right = st.columns(2)
    with left:
        plant = st.selectbox(
            text("reclaimed.page.columns.plant", language), list(names), format_func=names.__getitem__,
            key="reclaimed_item_plant",
        )  # fmt: skip
    with right:
        use = st.selectbox(
            text("reclaimed.page.columns.use", language), uses, format_func=lambda use: use_words(use, language),
            key="reclaimed_item_use",
        )  # fmt: skip
    fit = scene.ground.fits.get((plant, use)) if use else None
    if fit is None:
        return
    rows = [
        {
            "item": text(f"reclaimed.items.{item.id}", language),
            "value": "—" if item.value is None else f"{item.value:g}",
            "limit": "—" if item.limit is None else f"{item.limit:g}",
            "result_": text(f"reclaimed.page.results.{item.result}", language),
            "basis": text(f"reclaimed.page.basis.{item.basis}", language),
        }
        for item in fit.items
    ]
    show_frame(pd.DataFrame(rows), units={}, language=language, key="reclaimed_items")
    notice(text("reclaimed.page.standard", language, standard=fit.standard))


def demand_part(scene: Scene) -> None:
    """Demand by use and the supply, month by month."""
    language, known = scene.language, scene.ground
    part(text("reclaimed.page.parts.demand", language))
    if known.places.empty:
        absent = [layer for layer in PLACE_LAYERS[:-1] if not store.district(scene.mark).has(layer)]
        notice(lacking(absent, language) if absent else text("reclaimed.page.no_demand", language), "missing")
        return
    figure = charts.months(known.demand_months, known.supply_months, language=language)
    st.altair_chart(figure, width="stretch", alt=text("reclaimed.page.parts.demand", language))
    totals = known.places.groupby("use").agg(
        m3=("annual_m3", "sum"), places=("user", "count"), peak=("peak_day_m3", "sum")
    )
    frame = totals.sort_values("m3", ascending=False).reset_index()
    frame["use"] = [use_words(use, language) for use in frame["use"]]
    units = {"m3": "m3_per_year", "places": "count", "peak": "m3_per_day"}
    show_frame(frame[["use", "places", "m3", "peak"]], units=units, language=language, key="reclaimed_demand")
    if known.unknown_plants:
        notice(text("reclaimed.page.supply_at_least", language, count=known.unknown_plants), "missing")
    if not store.district(scene.mark).has("daily_rain"):
        notice(text("reclaimed.page.every_day", language, lacking=lacking(["daily_rain"], language)), "missing")
    total = quantity(float(known.places["annual_m3"].sum()), "m3_per_year", language)
    notice(text("reclaimed.page.demand_note", language, total=total))
