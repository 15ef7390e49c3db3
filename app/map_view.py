"""The map on the screen: a page of HTML shown in a frame of our own, so that it never flickers or reruns the script.

Three component folders are registered here: the frame itself, and two that only serve files to it: Leaflet straight
from its installed package, and pictures (the hillshade) from the state folder. Links inside a map are relative:
`../app.map_view.leaflet/leaflet.js`, `../app.map_view.pictures/<file>`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit.components.v1 as components
from xstatic.pkg import leaflet

from app.settings import settings
from words.errors import AtlasError

LEAFLET = "../app.map_view.leaflet"
PICTURES = "../app.map_view.pictures"

Click = Mapping[str, object]


@lru_cache(maxsize=1)
def _declared() -> Any:
    """The frame; Streamlit's server hears of the folders only when a page declares them."""
    components.declare_component("leaflet", path=leaflet.BASE_DIR)
    if serves_pictures():
        components.declare_component("pictures", path=settings().pictures)
    return components.declare_component("map_frame", path=Path(__file__).parent / "web" / "map_frame")


@lru_cache(maxsize=1)
def serves_pictures() -> bool:
    """Whether pictures can be fetched by address; without a word where their folder cannot be made.

    Settings that cannot be read are told by the page.
    """
    try:
        settings().pictures.mkdir(parents=True, exist_ok=True)
    except (OSError, AtlasError):
        return False
    return True


def _frame(**told: Any) -> None:
    _declared()(**told)


def show_map(
    html: str,
    *,
    key: str,
    view_key: str,
    label: str,
    on_click: Callable[[Click], None],
    layers: tuple[str, ...] | None = None,
    focus: tuple[str, ...] | None = None,
    overlay: Mapping[str, object] | None = None,
) -> None:
    """Show a map; `on_click` is called with `{"type", …}` when a person clicks, never when they pan or zoom.

    Types: `atlas:township` (code), `atlas:open` (layer, key), `atlas:layers` (layers), `atlas:drawn` (geojson, a
    geometry in degrees). The view (centre, zoom) is kept for every `view_key`, whatever else changes. `layers` are
    the ones to show, `focus` (layer, key, and a mark to go there again) the feature the map goes to, `label` names the
    map for screen readers. `overlay` is laid over a map that takes one; a new `key` in it moves the view there.
    """

    def clicked() -> None:
        click = st.session_state.get(key)
        if isinstance(click, dict) and isinstance(click.get("type"), str):
            on_click(click)

    with st.container(key="map_box"):
        _frame(
            html=html.encode(),  # bytes travel as they are, text would be escaped and grow by a fifth
            mark=f"{zlib.crc32(html.encode()):08x}",  # the browser looks for changes in what is not bytes
            view_key=view_key,
            label=label,
            layers=None if layers is None else list(layers),
            focus=None if focus is None else list(focus),
            overlay=None if overlay is None else json.dumps(overlay, ensure_ascii=False),
            key=key,
            default=None,
            on_change=clicked,
        )
