"""The whole district on a sheet: townships in fixed classes of one indicator, named, with their value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely
from matplotlib.collections import PathCollection

from layers.catalogue import CATALOGUE
from layers.district import District
from maps.look.classes import class_labels, class_of, legend_title, round_breaks
from maps.look.style import HUES, INK, PAPER, QUIET, ramp, style_of
from maps.printed import font
from maps.printed.furniture import begin, begin_column, draw_grid, finish, write_title
from maps.printed.labels import Label, Room, place_labels
from maps.printed.legend import Row, draw_legend
from maps.printed.notes import district_name
from maps.printed.sheet import FOOT_IN, Sheet
from maps.printed.symbols import POINT_PER_PX, draw_layer, path_of
from maps.printed.view import View
from words import Language, text
from words.units import label as unit_label
from words.units import number

_UNKNOWN = {"facecolor": "#F4F5F5", "edgecolor": QUIET, "linewidth": 0.5}
_OUTLINE = {"edgecolor": INK, "linewidth": 1.3}
_HATCH = "////"


@dataclass(frozen=True)
class Choropleth:
    """An indicator over the townships: values by code in the inside unit, its name, unit, breaks and colour theme."""

    values: Mapping[str, float | None]
    name: str
    unit: str | None
    breaks: Sequence[float] | None
    theme: str
    layers: tuple[str, ...]

    @property
    def known(self) -> dict[str, float]:
        """The values there are; a missing one is unknown, never zero."""
        return {code: float(v) for code, v in self.values.items() if v is not None and math.isfinite(v)}

    @property
    def ends(self) -> tuple[float, ...]:
        """Upper ends of all classes but the last."""
        return tuple(self.breaks) if self.breaks is not None else round_breaks(list(self.known.values()))

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour a class, light to dark."""
        return ramp(HUES[self.theme], len(self.ends) + 1)


def draw_district(
    district: District, shown: Choropleth, *, language: Language, edition: str, width_px: int, height_px: int
) -> bytes:
    """The sheet as PNG."""
    sheet, view, _ = begin(district, tuple(district.townships.total_bounds), width_px=width_px, height_px=height_px)
    _draw_classes(sheet, district, shown, view)
    rivers = "rivers" in district.frames
    if rivers:
        draw_layer(sheet.axes, CATALOGUE["rivers"], frame=_larger(district.frames["rivers"]))
    draw_grid(sheet, view, crs=district.settings.metric_crs)
    _name_townships(sheet, district, shown, language)
    _write_words(sheet, district, shown, language=language, edition=edition)
    used = [layer for layer in dict.fromkeys(("townships", *shown.layers, "rivers")) if district.has(layer)]
    _write_column(sheet, district, view, shown, used=used, language=language)
    return finish(sheet, district, used, title=shown.name, language=language, wanted=shown.layers)


def _draw_classes(sheet: Sheet, district: District, shown: Choropleth, view: View) -> None:
    known, ends = shown.known, shown.ends
    groups: dict[int | None, list[object]] = {}
    for code, geometry in district.townships.geometry.items():
        groups.setdefault(class_of(known[code], ends) if code in known else None, []).append(geometry)
    for number_, geometries in groups.items():
        look = dict(_UNKNOWN) if number_ is None else {"facecolor": shown.colours[number_], "alpha": 0.86}
        look |= {"edgecolor": QUIET if number_ is None else "white", "linewidth": 0.9}
        artist = PathCollection([path_of(geometry) for geometry in geometries], zorder=5, **look)
        if number_ is None:
            artist.set_hatch(_HATCH)
            artist.set_hatch_linewidth(0.4)
        sheet.axes.add_collection(artist, autolim=False)
    whole = shapely.union_all(district.townships.geometry.to_numpy())
    beyond = shapely.box(*view.bounds).difference(whole)
    veil = PathCollection([path_of(beyond)], facecolor=PAPER, edgecolor="none", alpha=0.55, zorder=39)
    sheet.axes.add_collection(veil, autolim=False)
    outline = PathCollection([path_of(whole)], facecolor="none", zorder=40, **_OUTLINE)
    sheet.axes.add_collection(outline, autolim=False)


def _larger(rivers: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The rivers without the streams where ranks are known: at this scale streams hide the classes."""
    larger = rivers[rivers["rank"].isin(("main", "tributary"))] if "rank" in rivers.columns else rivers
    return larger if len(larger) else rivers


def _name_townships(sheet: Sheet, district: District, shown: Choropleth, language: Language) -> None:
    """Names with their values, the largest townships first; where both find no room the name alone."""
    room = Room(sheet.axes, sheet.figure.dpi / 72)
    order = district.townships.geometry.area.sort_values(ascending=False).index
    for code in order:
        row = district.townships.loc[code]
        name = str(row["short_name"]) if isinstance(row["short_name"], str) else str(row["name"])
        value = number(shown.known.get(code), shown.unit, language)
        for words in (f"{font.drawable(name, longest=20)} {value}", name):
            if place_labels(sheet.axes, [Label(words, row.geometry, size=7.4, longest=60)], room=room):
                break


def _write_words(sheet: Sheet, district: District, shown: Choropleth, *, language: Language, edition: str) -> None:
    name = district_name(district, language)
    sign = unit_label(shown.unit, language)
    facts = {"district": name, "count": len(district.townships)}
    plain = text("maps.print.district_subtitle_plain", language, **facts)
    subtitle = text("maps.print.district_subtitle", language, unit=sign, **facts) if sign else plain
    title = text("maps.print.district_title", language, district=name, indicator=shown.name)
    write_title(sheet, title, subtitle=subtitle, edition=edition)


def _write_column(
    sheet: Sheet, district: District, view: View, shown: Choropleth, *, used: Sequence[str], language: Language
) -> None:
    top = begin_column(sheet, district, view, used=used, language=language)
    words = class_labels(shown.ends, unit=shown.unit, language=language)
    look = {"edgecolor": QUIET, "linewidth": 0.4}
    rows = [Row(said, "area", {"facecolor": colour, **look}) for said, colour in zip(words, shown.colours, strict=True)]
    if set(district.townships.index) - set(shown.known):
        rows.append(Row(text("maps.print.no_data", language), "area", dict(_UNKNOWN), hatch=_HATCH))
    rows.append(Row(text("maps.print.district_border", language), "line", {"color": INK, "linewidth": 1.3}))
    if "rivers" in district.frames:
        river = style_of(CATALOGUE["rivers"]).base
        look = {"color": river.stroke, "linewidth": river.weight_px * POINT_PER_PX}
        rows.append(Row(text("layers.rivers.name", language), "line", look))
    title = legend_title(shown.name, unit=shown.unit, language=language)
    draw_legend(sheet, rows, top_in=top, bottom_in=FOOT_IN, title=title)
