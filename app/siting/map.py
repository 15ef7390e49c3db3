"""The map of the siting page: the township of the site, the site, what decides, better places; and drawing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import streamlit as st

from analysis.methods.siting.answer.record import reason
from app import state
from app.map_view import Click, show_map
from app.siting import store as siting_store
from app.siting.give import drawn
from app.siting.scene import Scene
from app.siting.store import Found
from maps.look.evidence import SITE_HUES, VERDICT_HUES
from maps.screen.suitability import CLASSES, EXCLUDED
from reports.siting.checks import verdict_word
from reports.siting.paper import place_line
from words import Language, text
from words.units import quantity

_FOCUS = "siting_focus"
LAYERS = ("protection_zones", "rivers", "water_mains", "supply_zones", "wastewater_plants", "roads")


def focus_on(layer: str, key: str) -> None:
    """Callback: the map goes to a piece of evidence or a better place."""
    before = st.session_state.get(_FOCUS)
    st.session_state[_FOCUS] = (layer, key, str(1 + int(before[2]) if before else 1))


def siting_map(scene: Scene, better: Found | None) -> None:
    """Show the map; a shape drawn on it becomes the site."""
    mark, language = scene.mark, scene.language
    chosen = state.selection()

    def clicked(click: Click) -> None:
        if click["type"] == "atlas:drawn":
            drawn(click, mark=mark, language=language)
        elif click["type"] == "atlas:township" and scene.given is None:
            state.change(township=str(click["code"]))
        elif click["type"] == "atlas:layers" and isinstance(click.get("layers"), list):
            state.change(layers=tuple(str(layer) for layer in click["layers"]))

    show_map(
        siting_store.siting_map(mark, scene.code, language),
        key="siting_map",
        view_key=f"siting-{scene.code}",
        label=text("siting.page.map_label", language),
        on_click=clicked,
        layers=chosen.layers if chosen.layers is not None else LAYERS,
        focus=st.session_state.get(_FOCUS),
        overlay=overlay(scene, better),
    )


def overlay(scene: Scene, better: Found | None) -> dict[str, object]:
    """What lies over the township's map, as plain values."""
    if scene.shape is None or scene.given is None:
        return {"key": ""}
    shape = siting_store.degrees(scene.mark, scene.shape)
    language = scene.language
    made: dict[str, object] = {
        "key": hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:12],
        "site": shape,
        "title": scene.given.title or text("siting.paper.legend_site", language),
        "line": "",
        "legend": [{**SITE_HUES, "label": text("siting.paper.legend_site", language)}],
    }
    if scene.case is not None:
        made["line"] = text("siting.page.worst", language, verdict=verdict_word(scene.case.verdicts.worst, language))
        made["evidence"] = _evidence(scene, language)
        shown = {one.verdict for one in scene.case.evidence()}
        made["legend"] += [
            {"stroke": colour, "fill": f"{colour}55", "label": verdict_word(verdict, language)}
            for verdict, colour in VERDICT_HUES.items()
            if verdict in shown
        ]
    if better is not None:
        made["key"] = f"{made['key']}-{better.picture['address']}"
        made |= {"places": _places(scene, better, language), "surface": dict(better.picture)}
        made["legend"] += _classes(language)
    return made


def _evidence(scene: Scene, language: Language) -> list[Mapping[str, object]]:
    by_number = {result.check.number: result for result in scene.case.verdicts.results}
    return [
        {
            "number": one.number,
            "colour": VERDICT_HUES[one.verdict],
            "geojson": siting_store.degrees(scene.mark, one.shape),
            "title": f"{one.number} {text(f'siting.checks.{by_number[one.number].check.id}.name', language)}",
            "line": f"{verdict_word(one.verdict, language)} · {reason(by_number[one.number], language)}",
        }
        for one in reversed(scene.case.evidence())
    ]


def _places(scene: Scene, better: Found, language: Language) -> list[Mapping[str, object]]:
    return [
        {
            "rank": one.rank,
            "geojson": siting_store.degrees(scene.mark, one.site.geometry),
            "title": text("siting.page.better.place", language, rank=one.rank),
            "line": text("siting.page.better.place_line", language, verdict=place_line(one, language),
                         score=f"{one.score:.2f}", distance=quantity(one.distance_m, "m_as_km", language)),
        }
        for one in better.places
    ]  # fmt: skip


def _classes(language: Language) -> list[Mapping[str, object]]:
    """The legend of the suitability surface."""
    colours = [colour for _, colour in CLASSES]
    ends = [0.0, *(min(end, 1.0) for end, _ in CLASSES)]
    rows = [
        {"stroke": colour, "fill": colour, "label": text("siting.page.better.class", language, low=low, high=high)}
        for colour, low, high in zip(colours, ends, ends[1:], strict=False)
    ]
    excluded = {"stroke": EXCLUDED, "fill": EXCLUDED, "label": text("siting.page.better.excluded", language)}
    return [*reversed(rows), excluded]
