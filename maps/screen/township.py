"""The map of one township: every layer there switchable by theme, its neighbours dimmed and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from layers.catalogue import CATALOGUE
from maps.look.broken import broken_note
from maps.screen.furniture import GROUNDS, district_name, empty_head, filled_head, grounds, origin, page_words, themes
from maps.screen.hillshade import Picture
from maps.screen.page import ZOOM_SNAPS, page
from maps.screen.prepared import Prepared, map_layers
from words import Language, text
from words.errors import AtlasError
from words.markup import script_json

View = tuple[float, float, float]
ASSETS = "../app.map_view.leaflet"


def township_map(
    prepared: Prepared,
    code: str,
    *,
    layers: Sequence[str],
    language: Language = "zh",
    base: str | Picture | None = None,
    assets: str = ASSETS,
    tianditu_key: str | None = None,
    edition_line: str | None = None,
    view: View | None = None,
    links: Mapping[str, str] | None = None,
    draw: bool = False,
) -> str:
    """The township's map as a complete HTML document; all its layers are inside, `layers` are shown at first.

    `base` is the address of the district picture, a picture to write into the page, or none. `view` (latitude,
    longitude, zoom) restores what a person last saw. `links` names, per layer, the button that leads onward from a
    card. With `draw` a person may draw a site, and the host may lay one over the map.
    Raises AtlasError `errors.unknown_township`.
    """
    place = prepared.places.get(code)
    if place is None:
        raise AtlasError("errors.unknown_township", code=code, district=prepared.name)
    head: dict[str, Any] = {
        "kind": "township",
        "title": place.name,
        "subtitle": text("maps.township_subtitle", language, district=district_name(prepared, language)),
        "home": code,
        "draw": draw,
        "shown": [layer for layer in layers if layer in prepared.parts[code]],
        "view": view,
        "tianditu": tianditu_key,
        "picture": picture_of(prepared, base),
        "themes": themes(language),
        "layers": _heads(prepared, code, language=language, links=links or {}),
        "places": [{"code": other.code, "name": other.name} for other in prepared.places.values()],
        "names": {other.code: other.name for other in prepared.places.values()},
        **common(prepared, [layer.id for layer in map_layers()], language=language, edition_line=edition_line),
    }
    parts = ",".join(f'"{layer}":{part}' for layer, part in prepared.parts[code].items())
    data = f'{script_json(head)[:-1]},"outline":{prepared.outline},"streams":{prepared.streams},"data":{{{parts}}}}}'
    return page(data, assets=assets, zoom_snap=ZOOM_SNAPS[bool(tianditu_key)])


def common(
    prepared: Prepared, layers: Iterable[str], *, language: Language, edition_line: str | None
) -> dict[str, Any]:
    """What all map pages share: words, sources of the ground, version and the edition line.

    `layers` are those the map draws or reads; its note names which of them, or of the ground, are broken.
    """
    return {
        "language": language,
        "words": page_words(language),
        "grounds": grounds(prepared, language),
        "version": prepared.version,
        "note": broken_note(prepared.broken, (*GROUNDS, *layers), language),
        "edition": text("maps.edition", language) if edition_line is None else edition_line,
    }


def picture_of(prepared: Prepared, base: str | Picture | None) -> dict[str, Any] | None:
    """The relief as address and box; none when there is none or none is wanted."""
    if isinstance(base, Picture):
        return {"address": base.data_uri, "bounds": base.bounds}
    if base is None or prepared.picture is None:
        return None
    return {"address": base, "bounds": prepared.picture.bounds}


def _heads(prepared: Prepared, code: str, *, language: Language, links: Mapping[str, str]) -> dict[str, Any]:
    here = prepared.parts[code]
    heads = {}
    for layer in map_layers():
        filled = layer.id in here
        head = filled_head(layer, language, prepared.departments) if filled else empty_head(layer, language)
        heads[layer.id] = {
            **head,
            **origin(prepared, layer.id, language),
            "present": layer.id in prepared.present,
            "broken": layer.id in prepared.broken,
            "link": links.get(layer.id),
        }
    return heads


def default_layers(theme: str) -> tuple[str, ...]:
    """The layers to show at first for a theme: all vector layers that carry it."""
    return tuple(layer.id for layer in map_layers() if theme in CATALOGUE[layer.id].themes)
