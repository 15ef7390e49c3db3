"""The place of a proposed project on a sheet: the site, the zones and features it meets, scale and north arrow."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.collections import PathCollection
from shapely.geometry.base import BaseGeometry

from layers.catalogue import CATALOGUE
from layers.district import District
from maps.look.evidence import VERDICT_HUES, Evidence
from maps.look.style import INK, QUIET
from maps.printed.furniture import begin, begin_column, draw_grid, finish, write_title
from maps.printed.labels import Label, Room, place_labels
from maps.printed.legend import Row, draw_legend, layer_rows
from maps.printed.notes import district_name
from maps.printed.sheet import FOOT_IN, Sheet
from maps.printed.symbols import Drawn, draw_layer, path_of
from maps.printed.view import View
from words import Language, text

LAYERS = (
    "protection_zones", "supply_zones", "reservoirs", "rivers", "canals", "roads", "water_mains", "reclaimed_mains",
    "waterworks", "wastewater_plants", "water_intakes", "villages",
)  # fmt: skip
AROUND_M = 1500.0
_NAMED = ("villages", "rivers", "wastewater_plants", "waterworks", "reservoirs")


def draw_site(
    district: District,
    site: BaseGeometry,
    *,
    title: str,
    evidence: Sequence[Evidence],
    others: Sequence[BaseGeometry],
    language: Language,
    edition: str,
    width_px: int,
    height_px: int,
) -> bytes:
    """The sheet as PNG; `others` are better places, numbered in their order."""
    sheet, view, relief = begin(district, _bounds(site), width_px=width_px, height_px=height_px, margin_share=0.04)
    frames = _frames(district, view)
    drawn = [
        part
        for n, (layer, frame) in enumerate(frames.items())
        for part in draw_layer(sheet.axes, CATALOGUE[layer], frame=frame, above=n % 10)
    ]
    _draw_borders(sheet, district, view)
    _draw_evidence(sheet, evidence, view)
    _draw_shapes(sheet, site, others)
    draw_grid(sheet, view, crs=district.settings.metric_crs)
    _name_things(sheet, frames, site, others=others, view=view)
    used = [layer for layer in ("townships", *frames, *(["elevation"] if relief else [])) if district.has(layer)]
    write_title(sheet, title, subtitle=_subtitle(district, language), edition=edition)
    _write_column(sheet, district, view, drawn, evidence=evidence, others=bool(others), used=used, language=language)
    return finish(sheet, district, used, title=title, language=language)


def _bounds(site: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = site.bounds
    around = max(AROUND_M, east - west, north - south)
    return west - around, south - around, east + around, north + around


def _frames(district: District, view: View) -> dict[str, gpd.GeoDataFrame]:
    """Features over the view by layer, areas cut to it so that the sheet stays light."""
    panel = shapely.box(*view.bounds)
    found = {}
    for layer in LAYERS:
        frame = district.frames.get(layer)
        if frame is None or frame.empty:
            continue
        here = frame.iloc[np.sort(frame.sindex.query(panel, predicate="intersects"))]
        if len(here):
            found[layer] = here
    return found


def _draw_borders(sheet: Sheet, district: District, view: View) -> None:
    shapes = district.townships.geometry.to_numpy()
    shapes = shapes[shapely.intersects(shapes, shapely.box(*view.bounds))]
    look = {"facecolor": "none", "edgecolor": QUIET, "linewidth": 0.9, "linestyle": (0, (6, 1.5, 1, 1.5))}
    sheet.axes.add_collection(PathCollection([path_of(shape) for shape in shapes], zorder=60, **look), autolim=False)


def _draw_evidence(sheet: Sheet, evidence: Sequence[Evidence], view: View) -> None:
    """The shapes that decide, in the colour of their verdict, worst on top; points and lines made visible."""
    panel = shapely.box(*view.bounds)
    reach = (view.east - view.west) * 0.004
    order = list(VERDICT_HUES)[::-1]
    for one in sorted(evidence, key=lambda one: order.index(one.verdict)):
        shape = one.shape.intersection(panel)
        areal = shapely.get_dimensions(shape) == 2
        shape = shape if areal else shape.buffer(reach)
        areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if not areas:
            continue
        colour = VERDICT_HUES[one.verdict]
        look = {"facecolor": "none", "edgecolor": colour, "linewidth": 1.5, "hatch": "////", "zorder": 64}
        collection = PathCollection([path_of(part) for part in areas], **look)
        collection.set_hatch_linewidth(0.5)
        sheet.axes.add_collection(collection, autolim=False)


def _draw_shapes(sheet: Sheet, site: BaseGeometry, others: Sequence[BaseGeometry]) -> None:
    """The site in ink and better places in green, both with a halo."""
    for shape, inner, outer in ((site, INK, "white"), *((other, "#2F6B46", "white") for other in others)):
        paths = [path_of(part) for part in shapely.get_parts(shape)]
        for colour, width, order in ((outer, 4.0, 66), (inner, 2.0, 67)):
            look = {"facecolor": "none", "edgecolor": colour, "linewidth": width, "zorder": order}
            sheet.axes.add_collection(PathCollection(paths, **look), autolim=False)


def _name_things(
    sheet: Sheet,
    frames: dict[str, gpd.GeoDataFrame],
    site: BaseGeometry,
    *,
    others: Sequence[BaseGeometry],
    view: View,
) -> None:
    room = Room(sheet.axes, sheet.figure.dpi / 72)
    room.avoid(shapely.get_coordinates(site.centroid), radius_pt=6)
    labels = [Label(str(n), place.centroid, size=9.0, gap_pt=5) for n, place in enumerate(others, 1)]
    panel = shapely.box(*view.bounds)
    for layer in _NAMED:
        for row in frames.get(layer, gpd.GeoDataFrame({"name": []})).itertuples():
            if isinstance(row.name, str) and row.name:
                labels.append(Label(row.name, row.geometry.intersection(panel)))
    place_labels(sheet.axes, labels, room=room, most=50)


def _subtitle(district: District, language: Language) -> str:
    return text("siting.paper.map_subtitle", language, district=district_name(district, language))


def _write_column(
    sheet: Sheet,
    district: District,
    view: View,
    drawn: Sequence[Drawn],
    *,
    evidence: Sequence[Evidence],
    others: bool,
    used: Sequence[str],
    language: Language,
) -> None:
    top = begin_column(sheet, district, view, used=used, language=language)
    rows = [Row(text("siting.paper.legend_site", language), "area", {"facecolor": "none", "edgecolor": INK, "lw": 2.0})]
    if others:
        look = {"facecolor": "none", "edgecolor": "#2F6B46", "lw": 2.0}
        rows.append(Row(text("siting.paper.legend_others", language), "area", look))
    rows += [_evidence_row(verdict, evidence, language) for verdict in VERDICT_HUES if _of(evidence, verdict)]
    rows.append(Row(text("maps.print.other_townships", language), "line", {"color": QUIET, "linewidth": 0.9}))
    rows += layer_rows(drawn, language=language, marked=())
    draw_legend(sheet, rows, top_in=top, bottom_in=FOOT_IN, title=text("maps.print.legend", language))


def _of(evidence: Sequence[Evidence], verdict: str) -> list[Evidence]:
    return [one for one in evidence if one.verdict == verdict]


def _evidence_row(verdict: str, evidence: Sequence[Evidence], language: Language) -> Row:
    numbers = ", ".join(str(one.number) for one in _of(evidence, verdict))
    words = text("siting.paper.legend_evidence", language, verdict=text(f"siting.verdicts.{verdict}", language),
                 numbers=numbers)  # fmt: skip
    look = {"facecolor": "none", "edgecolor": VERDICT_HUES[verdict], "lw": 1.2}
    return Row(words, "area", look, hatch="////")
