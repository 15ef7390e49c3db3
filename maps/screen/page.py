"""The Folium page around every map: local Leaflet, our own scripts and style, and the data as inert JSON.

The data never pass through a template: Folium compiles what it is given as one, which is slow for large data and would
run code hidden in a name. The page is rendered once without data and cut open where they belong.
"""

from __future__ import annotations

from functools import lru_cache

import folium
from branca.element import MacroElement
from folium.template import Template

from maps.screen.assets import web_script, web_style
from words.markup import safe

_DATA = "atlas-data-goes-here"
_SCRIPT = "atlas-script-goes-here"
_STYLE = "atlas-style-goes-here"


class _Atlas(MacroElement):
    """Starts our scripts on the Folium map it is added to."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}<style>"""
        + _STYLE
        + """</style>{% endmacro %}
        {% macro html(this, kwargs) %}
            <script type="application/json" id="atlas-data">"""
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


def page(data: str, *, assets: str, zoom_snap: float = 0.25) -> str:
    """A complete HTML document that draws `data` (protected JSON text).

    `assets` is the folder Leaflet is served from, relative to the document that holds the map.
    """
    before, after = _skeleton(assets.rstrip("/"), zoom_snap)
    return before + data + after


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
    html = html.replace(_STYLE, web_style()).replace(_SCRIPT, web_script())
    before, after = html.split(_DATA)
    return before, after
