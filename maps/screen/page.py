"""The Folium page around every map: local Leaflet, our own scripts and style, and the data as inert JSON.

The data never pass through a template: Folium compiles what it is given as one, which is slow for large data and would
run code hidden in a name. The page is rendered once without data and cut open where they belong.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from maps.screen.assets import web_script, web_style
from words import LANG
from words.markup import safe, script_json

_DATA = "atlas-data-goes-here"
_SCRIPT = "atlas-script-goes-here"
_STYLE = "atlas-style-goes-here"
_OPENING = '<script type="application/json" id="atlas-data">'
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ZOOM_SNAPS = (0.25, 1.0)  # usual; where tiles of a server are laid under, which exist for whole steps alone


class _Atlas(MacroElement):
    """Starts our scripts on the Folium map it is added to."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>"""
        + _STYLE
        + """</style>{% endmacro %}
        {% macro html(this, kwargs) %}
            """
        + _OPENING
        + _DATA
        + """</script>
            <script>"""
        + _SCRIPT
        + """</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            Atlas.start({{ this._parent.get_name() }}, JSON.parse(document.getElementById("atlas-data").textContent));
        {% endmacro %}
        """
    )


def page(data: str, *, assets: str, zoom_snap: float = ZOOM_SNAPS[0]) -> str:
    """A complete HTML document that draws `data` (protected JSON text).

    `assets` is the folder Leaflet is served from, relative to the document that holds the map.
    """
    before, after = _skeleton(assets.rstrip("/"), zoom_snap)
    return before + data + after


def whole_page(told: Mapping[str, Any], *, assets: str) -> str:
    """A document for an address of its own, which a browser also names and reads aloud before it runs a script."""
    html = page(script_json(told), assets=assets, zoom_snap=ZOOM_SNAPS[bool(told["tianditu"])])
    head = (
        f'<html lang="{LANG[told["language"]]}"><head><title>{safe(told["title"])} · {safe(told["subtitle"])}</title>'
    )
    return re.sub(r"<html>\s*<head>", lambda _: head, html, count=1)


def data_of(html: str) -> str:
    """The data a page draws, as the JSON text it was given; protected text holds no tag, so they end at the first."""
    return html.partition(_OPENING)[2].partition("<")[0]


@lru_cache(maxsize=1)
def script_hashes() -> tuple[str, ...]:
    """The scripts written into our pages, as a content security policy names them; no other can be meant to run."""
    said = {script for snap in ZOOM_SNAPS for part in _skeleton("", snap) for script in _INLINE.findall(part)}
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii") for script in said)
    return tuple(sorted(f"'sha256-{hash_}'" for hash_ in hashes))


@lru_cache(maxsize=16)
def _skeleton(assets: str, zoom_snap: float) -> tuple[str, str]:
    drawn = folium.Map(
        location=(0, 0),
        zoom_start=2,
        tiles=None,
        attribution_control=False,
        zoom_control=False,
        prefer_canvas=True,
        zoom_snap=zoom_snap,
        max_zoom=18,
        font_size="13px",
    )
    drawn._id = "atlas"  # one name, so that the same map is the same text
    drawn.default_js = [("leaflet", f"{safe(assets)}/leaflet.js")]
    drawn.default_css = [("leaflet_css", f"{safe(assets)}/leaflet.css")]
    drawn.add_child(_Atlas())
    html = drawn.get_root().render()
    html = re.sub(r",\s*maximum-scale=1.0, user-scalable=no", "", html)  # who sees little may enlarge
    html = html.replace(_STYLE, web_style()).replace(_SCRIPT, web_script())
    before, after = html.split(_DATA)
    return before, after
