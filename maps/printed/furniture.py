"""What stands around a printed map: title, marks, north arrow, scale, grid of degrees, and the lines at the foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from pyproj import CRS

from layers.district import District
from maps.look.broken import broken_note
from maps.look.style import INK, QUIET
from maps.printed import font
from maps.printed.ground import draw_land
from maps.printed.notes import crs_line, illustrative, source_line, version_line
from maps.printed.sheet import FOOT_IN, FRAME_IN, MARGIN_IN, TOP_IN, WIDE_IN, Sheet, high_of, open_sheet, panel_in
from maps.printed.view import Bounds, GridLine, View, bar_length_m, degrees_text, grid_lines, view_of
from words import Language, text

MARK = "#9C2F25"
_FOOT_PT = 6.8
_INCH_M = 0.0254


def begin(
    district: District, bounds: Bounds, *, width_px: int, height_px: int, margin_share: float = 0.05
) -> tuple[Sheet, View, bool]:
    """A sheet over the bounds (metric CRS) with the land drawn, its view, and whether there is relief."""
    _, _, wide, high = panel_in(high_of(width_px, height_px))
    view = view_of(bounds, wide_in=wide, high_in=high, margin_share=margin_share)
    sheet = open_sheet(view, width_px=width_px, height_px=height_px)
    crs = district.settings.metric_crs
    relief = draw_land(sheet.axes, district.rasters.get("elevation"), bounds=view.bounds, crs=crs)
    return sheet, view, relief


def begin_column(sheet: Sheet, district: District, view: View, *, used: Sequence[str], language: Language) -> float:
    """The mark 示意数据 where some data are, north arrow and scale; the height in inches where the legend begins."""
    top = sheet.high_in - TOP_IN
    if illustrative(district, used):
        top -= _write_mark(sheet, text("statuses.illustrative", language), top_in=top)
    return top - _draw_north_and_scale(sheet, view, top_in=top, language=language)


def write_title(sheet: Sheet, title: str, *, subtitle: str, edition: str) -> None:
    """Title and subtitle at the upper left, the edition line (审图号, 内部资料) at the upper right."""
    left, right = MARGIN_IN, WIDE_IN - MARGIN_IN
    top = sheet.high_in
    size = min(19.0, 0.92 * 7.6 * 72 / max(font.ems(title), 1))
    sheet.write((left, top - 0.46), title, size=size, bold=True)
    sheet.write((left, top - 0.69), subtitle, size=8, colour=QUIET)
    for n, row in enumerate(font.wrap(edition, ems_wide=24, lines=2)):
        sheet.write((right, top - 0.42 - 0.19 * n), row, size=9.5, ha="right")


def _write_mark(sheet: Sheet, mark: str, *, top_in: float) -> float:
    """The framed mark 示意数据 at the head of the side column; the height in inches it took."""
    left, right = sheet.column
    high = 0.34
    sheet.box((left, top_in - high), (right - left, high), fill=False, ec=MARK, lw=1.2)
    middle = (left + right) / 2
    sheet.write((middle, top_in - high / 2), mark, size=12, colour=MARK, bold=True, ha="center", va="center_baseline")
    return high + 0.16


def _draw_north_and_scale(sheet: Sheet, view: View, *, top_in: float, language: Language) -> float:
    """North arrow, numeric scale and scale bar in the side column; the height in inches they took."""
    left, right = sheet.column
    _north(sheet, left + 0.2, top_in - 0.72, text("maps.print.north", language))
    x = left + 0.55
    sheet.write((x, top_in - 0.17), text("maps.print.scale", language, scale=f"{view.scale:,.0f}"), size=11, bold=True)
    note = text("maps.print.scale_note", language, width=f"{WIDE_IN * _INCH_M * 1000:.0f}")
    sheet.write((x, top_in - 0.32), note, size=6.2, colour=QUIET)
    length_m = bar_length_m(view, longest_m=(right - x - 0.35) * _INCH_M * view.scale)
    _bar(sheet, (x, top_in - 0.62), length_m / view.scale / _INCH_M, ends=_ends(length_m, language))
    return 0.92


def _north(sheet: Sheet, x: float, y: float, word: str) -> None:
    for side, fill in ((-1, INK), (1, "white")):
        corners = [(x, y + 0.5), (x + side * 0.13, y), (x, y + 0.12)]
        points = [(a / WIDE_IN, b / sheet.high_in) for a, b in corners]
        look = {"facecolor": fill, "edgecolor": INK, "linewidth": 0.7, "transform": sheet.figure.transFigure}
        sheet.figure.add_artist(Polygon(points, closed=True, **look))
    sheet.write((x, y + 0.56), word, size=9, ha="center")


def _ends(length_m: float, language: Language) -> tuple[str, str]:
    in_km = length_m >= 1000
    half, whole = (length_m / 2 / (1000 if in_km else 1), length_m / (1000 if in_km else 1))
    return f"{half:g}", text("maps.print.bar_km" if in_km else "maps.print.bar_m", language, length=f"{whole:g}")


def _bar(sheet: Sheet, at: tuple[float, float], wide_in: float, *, ends: tuple[str, str]) -> None:
    x, y = at
    for n in range(4):
        fill = INK if n % 2 == 0 else "white"
        sheet.box((x + n * wide_in / 4, y), (wide_in / 4, 0.055), facecolor=fill, edgecolor=INK, linewidth=0.6)
    for share, word in ((0, "0"), (0.5, ends[0]), (1, ends[1])):
        sheet.write((x + share * wide_in, y + 0.085), word, size=6.4, ha="center")


def draw_grid(sheet: Sheet, view: View, *, crs: CRS) -> None:
    """Fine meridians and parallels over the panel with their degrees in the frame."""
    lines = list(grid_lines(view, crs))
    courses = [line.course for line in lines]
    sheet.axes.add_collection(
        LineCollection(courses, colors=INK, linewidths=0.3, linestyles=(0, (1, 4)), alpha=0.55, zorder=70),
        autolim=False,
    )
    for line in lines:
        _write_degrees(sheet, view, line)


def _write_degrees(sheet: Sheet, view: View, line: GridLine) -> None:
    left, bottom, wide, high = sheet.panel
    course, word = shapely.linestrings(line.course), degrees_text(line)
    meridian = line.along == "lon"
    first, last = (view.south, view.north) if meridian else (view.west, view.east)
    for end in (first, last):
        edge = ((view.west, end), (view.east, end)) if meridian else ((end, view.south), (end, view.north))
        met = shapely.get_coordinates(course.intersection(shapely.linestrings(edge)))
        if not len(met):
            continue
        x = left + (met[0, 0] - view.west) / (view.east - view.west) * wide
        y = bottom + (met[0, 1] - view.south) / (view.north - view.south) * high
        out = (-0.5 if end == first else 0.5) * FRAME_IN
        at = (float(np.clip(x, left + 0.3, left + wide - 0.3)), y + out) if meridian else (x + out, y)
        sheet.write(at, word, size=5.8, ha="center", va="center", rotation=0 if meridian else 90)


def finish(
    sheet: Sheet,
    district: District,
    used: Sequence[str],
    *,
    title: str,
    language: Language,
    wanted: Sequence[str] = (),
) -> bytes:
    """Write what the sheet rests on at its foot; the sheet as PNG, which keeps title, sources and version as facts.

    `used` are the layers drawn or read, `wanted` those that would have been: the foot names which of them are broken.
    """
    version = version_line(district, used, language=language)
    sources = source_line(district, used, language=language)
    broken = broken_note(district.broken, ("elevation", "rivers", *wanted), language)
    rows = [crs_line(district, language) + text("maps.print.part", language) + version, broken, sources]
    _write_foot(sheet, [row for row in rows if row])
    return sheet.png(facts={"Title": title, "Source": sources, "Comment": version})


def _write_foot(sheet: Sheet, rows: Sequence[str]) -> None:
    """The lines at the foot of the sheet; the last may run over two."""
    wide = (WIDE_IN - 2 * MARGIN_IN) * 72 / _FOOT_PT * 0.97
    lines = [line for row in rows for line in font.wrap(row, ems_wide=wide, lines=2 if row == rows[-1] else 1)]
    for n, line in enumerate(lines[:4]):
        sheet.write((MARGIN_IN, FOOT_IN - 0.18 - 0.165 * n), line, size=_FOOT_PT, colour=INK)
