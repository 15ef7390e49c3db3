"""The lower tables of the rainwater page: duties by lead, the three methods, wet to dry years, and runoff apart."""

from __future__ import annotations

import streamlit as st

from app import store
from app.parts.lacking import owners
from app.parts.notice import notice, part
from app.parts.tables import show_table
from app.rainwater.scene import Scene
from reports.rainwater import tables as made
from words import text
from words.units import quantity


def duty_tables(scene: Scene) -> None:
    """Duties by township and lead, and place by place behind a fold."""
    language, rows = scene.language, scene.outlook.duties_in(scene.township)
    part(text("rainwater.page.tables.tally", language))
    if not rows:
        notice(text("rainwater.page.no_obligations", language), "empty")
        return
    names, outlook = store.names(scene.mark), scene.outlook
    known = store.district(scene.mark).departments
    show_table(made.tally_table(rows, names, language=language, departments=known), language=language, key="rain_tally")
    notice(
        text(
            "rainwater.page.obligations_hint",
            language,
            design=quantity(outlook.ground.design[0], "mm", language, places=1),
        )
    )
    owed = [one for one in outlook.owed_in(scene.township) if one.duty != "none"]
    owed.sort(key=lambda one: -(one.missing_m3 or 0.0))
    with st.expander(text("rainwater.page.places_expander", language, count=f"{len(owed):,}")):
        places = made.place_table(owed, names, language=language, texts=outlook.texts, departments=known)
        show_table(places, language=language, key="rain_places")


def method_tables(scene: Scene) -> None:
    """The three methods side by side, and the years from wet to very dry; a township shows them beside its map."""
    if scene.township is not None:
        return
    language, names = scene.language, store.names(scene.mark)
    part(text("rainwater.page.methods_part", language))
    found = scene.outlook.potentials.values()
    for table, key in (
        (made.range_table(found, names, language=language), "rain_methods"),
        (made.year_table(found, names, language=language), "rain_years"),
    ):
        st.caption(table.title)
        show_table(table, language=language, key=key)


def runoff(scene: Scene) -> None:
    """Runoff of all land, apart and folded, without a total."""
    language = scene.language
    found = scene.outlook.runoff_m3
    with st.expander(text("rainwater.page.runoff_expander", language)):
        if found is None:
            owed = owners(("landcover", "landcover_legend"), language)
            notice(text("rainwater.page.no_runoff", language, owners=owed), "missing")
            return
        notice(text("rainwater.page.runoff_note", language))
        here = {code: one for code, one in found.items() if scene.township in (None, code)}
        table = made.runoff_table(here, store.names(scene.mark), shares=scene.outlook.runoff_shares, language=language)
        show_table(table, language=language, key="rain_runoff")
