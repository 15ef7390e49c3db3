"""The map of the whole district: townships in fixed classes of one indicator, hatched where it is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from layers.layer import Status
from maps.look.classes import breaks_for, class_labels, class_of, hue_of, legend_title
from maps.look.style import ramp
from maps.screen.furniture import district_name, status_mark
from maps.screen.hillshade import Picture
from maps.screen.page import page
from maps.screen.prepared import Place, Prepared
from maps.screen.township import ASSETS, View, common, picture_of
from words import Language, text
from words.markup import script_json
from words.units import number, quantity


def district_map(
    prepared: Prepared,
    values: Mapping[str, float | None],
    *,
    indicator: str,
    unit: str | None,
    language: Language = "zh",
    title: str | None = None,
    breaks: Sequence[float] | None = None,
    base: str | Picture | None = None,
    assets: str = ASSETS,
    edition_line: str | None = None,
    view: View | None = None,
    source: str = "",
    as_of: str = "",
    result: str = "",
    status: Status | None = None,
    layers: Sequence[str] = (),
    points: Mapping[str, Any] | None = None,
    home: str | None = None,
) -> str:
    """The district's map as a complete HTML document; a township without a value is unknown, never zero.

    `values` are in the inside unit by township code. `breaks` (ascending upper class ends, inside unit) default to the
    indicator's own, `title` to its name. A clicked township is told to the page that holds the map. `layers` are
    those the values come from or lack, named where they are broken. `points` are
    drawn over it (`maps.screen.reliability`); `result` is the sentence that names the answer shown; `home` is the code
    of the township to frame instead of the whole.
    """
    title = title or text(f"indicators.{indicator}.name", language)
    ends = tuple(breaks) if breaks is not None else breaks_for(indicator, values.values())
    colours = ramp(hue_of(indicator), len(ends) + 1)
    labels = class_labels(ends, unit=unit, language=language)
    shared = common(prepared, layers, language=language, edition_line=edition_line)
    said = {"source": {"issuer": source, "date": as_of}} if source else {}
    head: dict[str, Any] = {
        "kind": "district",
        "title": title,
        "subtitle": text("maps.district_subtitle", language, district=district_name(prepared, language)),
        "legend_title": legend_title(title, unit=unit, language=language),
        "classes": [{"fill": fill, "label": label} for fill, label in zip(colours, labels, strict=True)],
        "places": [
            _place(place, values.get(place.code), ends=ends, unit=unit, language=language)
            for place in prepared.places.values()
        ],
        "view": view,
        "home": home,
        "points": points,
        "result": result,
        "tianditu": None,
        "picture": picture_of(prepared, base),
        **shared,
    }
    head["grounds"] = [*shared["grounds"], {**said, "mark": status_mark(status, language)}]
    data = f'{script_json(head)[:-1]},"overview":{prepared.overview},"streams":{prepared.streams}}}'
    return page(data, assets=assets)


def _place(
    place: Place, value: float | None, *, ends: Sequence[float], unit: str | None, language: Language
) -> dict[str, Any]:
    known = value is not None and math.isfinite(value)
    return {
        "code": place.code,
        "name": place.name,
        "short": place.short_name,
        "point": place.point,
        "value": float(value) if known else None,
        "class": class_of(value, ends) if known else None,
        "label": number(value if known else None, unit, language),
        "shown": quantity(value if known else None, unit, language),
    }
