"""A sheet of paper with a map panel: the figure, its measures in inches, and text that is never formula or box."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from maps.look.style import INK, PAPER, QUIET
from maps.printed import font
from maps.printed.view import View

WIDE_IN = 11.69  # the long side of A4; a taller picture is a taller sheet of this width
MARGIN_IN = 0.34
COLUMN_IN = 2.4
TOP_IN = 0.78
FOOT_IN = 0.86
_COMPRESS = 4  # half the time of the usual 6 for a tenth more bytes
FRAME_IN = 0.20  # room for the degrees around the panel


@dataclass(frozen=True)
class Sheet:
    """A figure of `WIDE_IN` by `high_in` inches with the map axes; x and y below are inches from the lower left."""

    figure: Figure
    axes: Axes
    high_in: float

    @property
    def panel(self) -> tuple[float, float, float, float]:
        """Left, bottom, width and height of the map panel in inches."""
        return panel_in(self.high_in)

    @property
    def column(self) -> tuple[float, float]:
        """Left and right edge of the side column in inches."""
        return WIDE_IN - MARGIN_IN - COLUMN_IN, WIDE_IN - MARGIN_IN

    def write(
        self, at: tuple[float, float], text: str, *, size: float, colour: str = INK, bold: bool = False, **look: Any
    ) -> Text:
        """A line of text on the sheet, its glyphs checked; `look` passes alignment and rotation on."""
        effects = [withStroke(linewidth=0.045 * size, foreground=colour)] if bold else None
        x, y = at
        return self.figure.text(
            x / WIDE_IN,
            y / self.high_in,
            font.checked(text),
            fontproperties=font.properties(size),
            color=colour,
            parse_math=False,
            path_effects=effects,
            **{"va": "baseline", "ha": "left", **look},
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
        """A line on the sheet through points given in inches."""
        shown = {"color": INK, "linewidth": 0.8, "solid_capstyle": "butt", **look}
        across, up = [x / WIDE_IN for x in xs], [y / self.high_in for y in ys]
        self.figure.add_artist(Line2D(across, up, transform=self.figure.transFigure, **shown))

    def box(self, at: tuple[float, float], size: tuple[float, float], **look: Any) -> None:
        """A rectangle on the sheet, its lower left corner and size given in inches."""
        corner = (at[0] / WIDE_IN, at[1] / self.high_in)
        wide, high = size[0] / WIDE_IN, size[1] / self.high_in
        self.figure.add_artist(Rectangle(corner, wide, high, transform=self.figure.transFigure, **look))

    def png(self, *, facts: Mapping[str, str]) -> bytes:
        """The sheet as an opaque PNG that knows its resolution; `facts` are written into the file as text."""
        canvas = self.figure.canvas
        canvas.draw()
        picture = Image.fromarray(np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3]))
        told = PngInfo()
        for name, value in facts.items():
            told.add_itxt(name, value)
        stream = io.BytesIO()
        picture.save(stream, "PNG", compress_level=_COMPRESS, dpi=(self.figure.dpi, self.figure.dpi), pnginfo=told)
        return stream.getvalue()


def panel_in(high_in: float) -> tuple[float, float, float, float]:
    """Left, bottom, width and height in inches of the map panel on a sheet that high."""
    left, bottom = MARGIN_IN + FRAME_IN, FOOT_IN + FRAME_IN
    wide = WIDE_IN - left - FRAME_IN - COLUMN_IN - MARGIN_IN - 0.18
    return left, bottom, wide, high_in - bottom - TOP_IN - FRAME_IN


def high_of(width_px: int, height_px: int) -> float:
    """The height in inches of a sheet whose picture has that many pixels."""
    return WIDE_IN * height_px / width_px


def open_sheet(view: View, *, width_px: int, height_px: int) -> Sheet:
    """An empty sheet whose axes show the view, in metres."""
    high_in = high_of(width_px, height_px)
    figure = Figure(figsize=(WIDE_IN, high_in), dpi=width_px / WIDE_IN, facecolor="white")
    FigureCanvasAgg(figure)
    left, bottom, wide, high = panel_in(high_in)
    place = (left / WIDE_IN, bottom / high_in, wide / WIDE_IN, high / high_in)
    axes = figure.add_axes(place, facecolor=PAPER)
    axes.set_xlim(view.west, view.east)
    axes.set_ylim(view.south, view.north)
    axes.set_autoscale_on(False)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_edgecolor(INK)
        spine.set_linewidth(1.0)
        spine.set_zorder(90)
    sheet = Sheet(figure, axes, high_in)
    sheet.box((left - FRAME_IN, bottom - FRAME_IN), (wide + 2 * FRAME_IN, high + 2 * FRAME_IN), fill=False, ec=QUIET)
    return sheet
