"""One township on a sheet: its layers over quiet relief, the neighbours dimmed and named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.collections import PathCollection
from shapely.geometry.base import BaseGeometry

from layers.catalogue import CATALOGUE
from layers.district import District, Township
from layers.layer import Layer
from maps.look.style import INK, PAPER, QUIET, WATER, style_of
from maps.printed.furniture import begin, begin_column, draw_grid, finish, write_title
from maps.printed.labels import Label, Room, place_labels
from maps.printed.legend import Row, draw_legend, layer_rows
from maps.printed.notes import district_name, illustrative
from maps.printed.sheet import FOOT_IN, Sheet
from maps.printed.symbols import POINT_PER_PX, Drawn, draw_layer, path_of
from maps.printed.view import View
from words import Language, text
from words.units import quantity

_OUTLINE = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.6, "linestyle": (0, (6, 1.5, 1, 1.5))}
_BORDER = {"facecolor": "none", "edgecolor": QUIET, "linewidth": 0.7}


def draw_township(
    district: District,
    township: Township,
    *,
    layers: Sequence[Layer],
    language: Language,
    edition: str,
    width_px: int,
    height_px: int,
) -> bytes:
    """The sheet as PNG; a layer without features here does not appear, nor does it in the legend.

    A broken layer is named at the foot.
    """
    sheet, view, relief = begin(district, township.geometry.bounds, width_px=width_px, height_px=height_px)
    wanted, layers = layers, [layer for layer in layers if layer.id in district.frames]
    frames = {layer.id: _shown(district, layer, township.code, view) for layer in layers}
    frames = {layer: frame for layer, frame in frames.items() if len(frame)}
    drawn = [part for n, layer in enumerate(layers) if layer.id in frames for part in _draw(sheet, layer, frames, n)]
    _draw_borders(sheet, district, township, view)
    draw_grid(sheet, view, crs=district.settings.metric_crs)
    _name_things(sheet, district, township, view, frames)
    used = [layer for layer in ("townships", *frames, *(["elevation"] if relief else [])) if district.has(layer)]
    _surround(sheet, district, township, language=language, edition=edition)
    _write_column(sheet, district, view, drawn, used=used, relief=relief, language=language)
    return finish(sheet, district, used, title=township.name, language=language, wanted=[layer.id for layer in wanted])


def _shown(district: District, layer: Layer, code: str, view: View) -> gpd.GeoDataFrame:
    """The features of the township; those of layers that belong to no township (rivers) over the whole view."""
    if any(field.name == "township" for field in layer.fields):
        frame = district.within(layer.id, code)
        return district.frames[layer.id].iloc[:0] if frame is None else frame
    frame = district.frames[layer.id]
    return frame.iloc[np.sort(frame.sindex.query(shapely.box(*view.bounds), predicate="intersects"))]


def _draw(sheet: Sheet, layer: Layer, frames: dict[str, gpd.GeoDataFrame], order: int) -> list[Drawn]:
    return draw_layer(sheet.axes, layer, frame=frames[layer.id], above=order % 10)


def _draw_borders(sheet: Sheet, district: District, township: Township, view: View) -> None:
    """The land beyond the township under a veil, other borders thin, the township's own strong."""
    panel = shapely.box(*view.bounds)
    veil = panel.difference(township.geometry)
    others = district.townships.drop(index=township.code).geometry.to_numpy()
    others = others[shapely.intersects(others, panel)]
    for shapes, look, order in (
        ([veil], {"facecolor": PAPER, "alpha": 0.62, "edgecolor": "none"}, 60),
        (list(others), _BORDER, 61),
        ([township.geometry], {"facecolor": "none", "edgecolor": "white", "linewidth": 3.4, "alpha": 0.8}, 62),
        ([township.geometry], _OUTLINE, 63),
    ):
        paths = [path_of(shape) for shape in shapes if not shape.is_empty]
        if paths:
            sheet.axes.add_collection(PathCollection(paths, zorder=order, **look), autolim=False)


def _name_things(
    sheet: Sheet, district: District, township: Township, view: View, frames: dict[str, gpd.GeoDataFrame]
) -> None:
    """Names in the order of their weight: neighbours, rivers, then layers from the rarest to the most numerous."""
    room = Room(sheet.axes, sheet.figure.dpi / 72)
    for layer_id, frame in frames.items():
        if CATALOGUE[layer_id].geometry == "point":
            reach = style_of(CATALOGUE[layer_id]).base.size_px * POINT_PER_PX
            room.avoid(shapely.get_coordinates(shapely.centroid(frame.geometry.to_numpy())), radius_pt=reach)
    place_labels(sheet.axes, list(_neighbours(district, township, view)), room=room)
    own = shapely.box(*view.bounds).intersection(township.geometry)
    order = sorted(
        frames, key=lambda layer: (CATALOGUE[layer].geometry != "line" or len(frames[layer]) > 40, len(frames[layer]))
    )
    labels = [label for layer in order for label in _names(CATALOGUE[layer], frames[layer], own)]
    place_labels(sheet.axes, labels, room=room)


def _neighbours(district: District, township: Township, view: View) -> Iterator[Label]:
    panel = shapely.box(*view.bounds)
    inner = panel.buffer(-(view.east - view.west) * 0.015)
    for code, row in district.townships.iterrows():
        part = row.geometry.intersection(inner) if code != township.code else None
        if part is not None and part.area > inner.area * 0.004:
            biggest = max(shapely.get_parts(part), key=lambda piece: piece.area)
            yield Label(str(row["name"]), biggest, size=8.5, colour=QUIET)


def _names(layer: Layer, frame: gpd.GeoDataFrame, own: BaseGeometry) -> Iterator[Label]:
    """One label per feature, per name for lines (their pieces joined); only what lies in the township."""
    if layer.label is None or layer.label not in frame.columns:
        return
    named = frame[frame[layer.label].notna()]
    style = style_of(layer).base
    colour = WATER if layer.id == "rivers" else INK
    if layer.geometry == "line":
        for name, group in named.groupby(layer.label, sort=True):
            joined = shapely.intersection(shapely.union_all(group.geometry.to_numpy()), own)
            joined = shapely.line_merge(joined) if joined.geom_type == "MultiLineString" else joined
            if joined.length > 0 and joined.geom_type in ("LineString", "MultiLineString"):
                yield Label(str(name), joined, size=6.6, colour=colour)
        return
    for name, geometry in zip(named[layer.label], named.geometry, strict=True):
        part = geometry.intersection(own) if layer.geometry == "polygon" else geometry
        if not part.is_empty and part.intersects(own):
            yield Label(str(name), part, size=6.4, gap_pt=1.2 + style.size_px * POINT_PER_PX)


def _surround(sheet: Sheet, district: District, township: Township, *, language: Language, edition: str) -> None:
    area = quantity(float(township.geometry.area), "m2_as_km2", language)
    facts = {"district": district_name(district, language), "code": township.code, "area": area}
    title = text("maps.print.township_title", language, township=township.name)
    plain = "maps.print.township_subtitle" if township.code.isdigit() else "maps.print.township_subtitle_plain"
    write_title(sheet, title, subtitle=text(plain, language, **facts), edition=edition)


def _write_column(
    sheet: Sheet,
    district: District,
    view: View,
    drawn: Sequence[Drawn],
    *,
    used: Sequence[str],
    relief: bool,
    language: Language,
) -> None:
    top, marked = begin_column(sheet, district, view, used=used, language=language), illustrative(district, used)
    partly = marked if len(marked) < len(used) else ()
    rows = [
        Row(
            text("maps.print.this_township", language),
            "line",
            {"color": INK, "linewidth": 1.6, "linestyle": _OUTLINE["linestyle"]},
        )
    ]
    rows.append(Row(text("maps.print.other_townships", language), "line", {"color": QUIET, "linewidth": 0.7}))
    rows += layer_rows(drawn, language=language, marked=partly)
    if not drawn:
        rows.append(Row(text("maps.print.no_features", language), "note", {}))
    if relief:
        rows.append(
            Row(text("maps.print.relief", language), "area", {"facecolor": "#DDDAD0", "edgecolor": QUIET, "lw": 0.4})
        )
    draw_legend(sheet, rows, top_in=top, bottom_in=FOOT_IN, title=text("maps.print.legend", language))
