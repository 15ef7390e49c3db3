"""The chosen network as a DXF drawing for the design institute.

Model space in metres of the district's metric CRS, x east and y north, so that the survey lies under it. A layer per
diameter, all purple; every pipe with its diameter, length and flow arrow. The text style names SimHei, which Chinese
Windows has; the note block repeats the warnings, data version and result id.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager

import ezdxf
import numpy as np
from ezdxf import units
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import Modelspace
from shapely import LineString

from maps.look.style import THEME_COLOURS
from reports.reclaimed.paper import NetworkPaper, stamp
from words import Language, text
from words.markup import legible
from words.units import quantity

STYLE = "HZ"
_PURPLE_ACI, _INK_ACI = 200, 7
_PURPLE = tuple(int(THEME_COLOURS["reclaimed"][n : n + 2], 16) for n in (1, 3, 5))
_SHEET_WIDTH_M, _TEXT_M = 0.7, 0.003
_SCALES = (500, 1000, 2000, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000)
_BOW_TIE = ((-1, -1), (-1, 1), (1, -1), (1, 1))
_WEIGHTS = (13, 18, 25, 30, 35, 40, 50, 60, 70, 80, 100)


def network_dxf(paper: NetworkPaper, *, language: Language = "zh") -> bytes:
    """The drawing (DXF R2010, UTF-8); the same network gives the same bytes on any day."""
    height = _TEXT_M * _scale(paper)
    with _dateless():
        document = _document()
        space = document.modelspace()
        _add_layers(document, paper, language)
        _draw_pipes(space, paper, height, language)
        _draw_nodes(space, paper, height, language)
        _draw_notes(space, paper, _scale(paper), language)
        _fit_view(document, paper)
        return _bytes(document)


def layer_of(dn: object, language: Language = "zh") -> str:
    """The drawing's layer for pipes of a diameter."""
    return text("reclaimed.paper.drawing.pipes", language, dn=dn)


def _document() -> Drawing:
    document = ezdxf.new("R2010", setup=False)
    document.units = units.M
    document.header["$MEASUREMENT"] = 1
    document.header["$LWDISPLAY"] = 1
    style = document.styles.add(STYLE, font="simhei.ttf")
    style.set_extended_font_data("SimHei")
    return document


def _scale(paper: NetworkPaper) -> int:
    """The scale at which the network fits a sheet 0.7 m wide."""
    west, south, east, north = _bounds(paper)
    wanted = max(east - west, (north - south) * 1.4) / _SHEET_WIDTH_M
    return next((scale for scale in _SCALES if scale >= wanted), _SCALES[-1])


def _bounds(paper: NetworkPaper) -> tuple[float, float, float, float]:
    frames = [frame.total_bounds for frame in (paper.pipes, paper.nodes) if len(frame)]
    if not frames:
        return (0.0, 0.0, 1000.0, 1000.0)
    boxes = np.array(frames)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _add_layers(document: Drawing, paper: NetworkPaper, language: Language) -> None:
    widths = sorted({int(dn) for dn in paper.pipes["dn"]})
    for n, dn in enumerate(widths):
        layer = document.layers.add(layer_of(dn, language), color=_PURPLE_ACI)
        layer.rgb = _PURPLE
        layer.dxf.lineweight = _WEIGHTS[min(2 * n + 3, len(_WEIGHTS) - 1)]
    for key, colour in (("plants", _PURPLE_ACI), ("users", 30), ("forks", 8), ("stations", 1)):
        document.layers.add(text(f"reclaimed.paper.drawing.{key}", language), color=colour)
    for key in ("pipe_texts", "node_texts", "notes"):
        document.layers.add(text(f"reclaimed.paper.drawing.{key}", language), color=_INK_ACI)
    document.layers.get(text("reclaimed.paper.drawing.pipe_texts", language)).color = _PURPLE_ACI


def _write(
    space: Modelspace, words: str, at: tuple[float, float], *, height: float, layer: str, **more: object
) -> None:
    """One line of text; control signs and the codes that CAD would read (%%, ^) are written out harmlessly."""
    plain = " ".join(legible(words).split()).replace("%%", "% %").replace("^", "^ ")
    entity = space.add_text(
        plain, height=height, rotation=float(more.get("rotation", 0.0)), dxfattribs={"layer": layer, "style": STYLE}
    )
    entity.set_placement(at, align=more.get("align", TextEntityAlignment.LEFT))


def _draw_pipes(space: Modelspace, paper: NetworkPaper, height: float, language: Language) -> None:
    texts = text("reclaimed.paper.drawing.pipe_texts", language)
    for _, pipe in paper.pipes.iterrows():
        layer = layer_of(int(pipe["dn"]), language)
        for part in _parts(pipe.geometry):
            space.add_lwpolyline([tuple(point[:2]) for point in part.coords], dxfattribs={"layer": layer})
        line = max(_parts(pipe.geometry), key=lambda part: part.length, default=None)
        if line is None or line.length == 0:
            continue
        point, angle = _middle(line)
        turned = (angle + 180) % 360 if 90 < angle % 360 <= 270 else angle
        words = text("reclaimed.paper.drawing.pipe", language, dn=int(pipe["dn"]), length=f"{pipe['length_m']:.0f}")
        away = math.radians(turned + 90)
        at = (point[0] + 0.6 * height * math.cos(away), point[1] + 0.6 * height * math.sin(away))
        if line.length > 4 * height:
            align = TextEntityAlignment.BOTTOM_CENTER
            _write(space, words, at, height=0.7 * height, layer=texts, rotation=turned, align=align)
            _arrow(space, point, angle, size=0.8 * height, layer=layer)


def _parts(shape: object) -> list[LineString]:
    return [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, LineString) and not part.is_empty]


def _middle(line: LineString) -> tuple[tuple[float, float], float]:
    """The point half way along and the direction of flow there, in degrees from east."""
    middle = line.interpolate(0.5, normalized=True)
    before, after = (line.interpolate(share, normalized=True) for share in (0.47, 0.53))
    return (middle.x, middle.y), math.degrees(math.atan2(after.y - before.y, after.x - before.x))


def _arrow(space: Modelspace, point: tuple[float, float], angle: float, *, size: float, layer: str) -> None:
    turn = math.radians(angle)
    corners = [(size, 0.0), (-size / 2, size / 2), (-size / 2, -size / 2)]
    ends = [
        (point[0] + x * math.cos(turn) - y * math.sin(turn), point[1] + x * math.sin(turn) + y * math.cos(turn))
        for x, y in corners
    ]
    space.add_solid([*ends, ends[-1]], dxfattribs={"layer": layer})


def _draw_nodes(space: Modelspace, paper: NetworkPaper, height: float, language: Language) -> None:
    layers = {"plant": "plants", "user": "users", "junction": "forks"}
    sizes = {"plant": 1.2, "user": 0.7, "junction": 0.2}
    texts = text("reclaimed.paper.drawing.node_texts", language)
    for _, node in paper.nodes.iterrows():
        layer = text(f"reclaimed.paper.drawing.{layers[node['kind']]}", language)
        x, y, size = node.geometry.x, node.geometry.y, sizes[node["kind"]] * height
        if node["kind"] == "plant":
            corners = [(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)]
            space.add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})
        else:
            space.add_circle((x, y), size, dxfattribs={"layer": layer})
        side = -1 if node["kind"] == "plant" else 1
        align = TextEntityAlignment.RIGHT if side < 0 else TextEntityAlignment.LEFT
        for n, words in enumerate(_node_words(node, language)):
            at = (x + side * 1.5 * size, y + 0.4 * height - n * 1.3 * height)
            _write(space, words, at, height=height if n == 0 else 0.7 * height, layer=texts, align=align)
    _draw_stations(space, paper, height, language)


def _node_words(node: object, language: Language) -> Iterator[str]:
    if node["kind"] == "junction":
        return
    name = node.get("name")
    yield str(name) if isinstance(name, str) and name else str(node["id"])
    if node["kind"] == "user" and node.get("m3_per_year", 0) > 0:
        yield quantity(float(node["m3_per_year"]), "m3_per_year", language)


def _draw_stations(space: Modelspace, paper: NetworkPaper, height: float, language: Language) -> None:
    if paper.check is None:
        return
    layer = text("reclaimed.paper.drawing.stations", language)
    pipes = paper.pipes.set_index("id")
    for station in paper.check.stations:
        line = _parts(pipes.geometry[station.pipe])[0]
        point = line.interpolate(min(2 * height, line.length / 3))
        space.add_circle((point.x, point.y), 0.8 * height, dxfattribs={"layer": layer})
        words = text("reclaimed.paper.drawing.station", language, head=f"{station.head_m:.0f}")
        _write(space, words, (point.x + height, point.y - 1.2 * height), height=0.7 * height, layer=layer)
    for valve in paper.check.valves:
        x, y = _parts(pipes.geometry[valve.pipe])[0].coords[0][:2]
        size = 0.6 * height
        tie = [(x + size * across, y + size * up) for across, up in _BOW_TIE]
        space.add_lwpolyline(tie, close=True, dxfattribs={"layer": layer})
        words = text("reclaimed.paper.drawing.valve", language, head=f"{valve.behind_m:.0f}")
        _write(space, words, (x + height, y + 0.4 * height), height=0.7 * height, layer=layer)


def _draw_notes(space: Modelspace, paper: NetworkPaper, scale: int, language: Language) -> None:
    """The note block under the network: warnings and origin, then the diameters with their lengths."""
    layer = text("reclaimed.paper.drawing.notes", language)
    west, south, _, _ = _bounds(paper)
    height = _TEXT_M * scale
    lines = [*stamp(paper, language), text("reclaimed.paper.drawing.scale", language, scale=f"{scale:,}")]
    y = south - 6 * height
    for n, words in enumerate(lines):
        large = 1.6 if n == 0 else 1.3 if n <= 3 else 1.0
        y -= 1.7 * large * height
        _write(space, words, (west, y), height=large * height, layer=layer)
    y -= 3 * height
    _write(space, text("reclaimed.paper.drawing.legend", language), (west, y), height=1.3 * height, layer=layer)
    lengths = paper.pipes["length_m"].groupby(paper.pipes["dn"].astype(int)).sum()
    for dn, length in lengths.items():
        y -= 2.2 * height
        ends = [(west, y + 0.5 * height), (west + 12 * height, y + 0.5 * height)]
        space.add_lwpolyline(ends, dxfattribs={"layer": layer_of(dn, language)})
        words = text("reclaimed.paper.drawing.legend_pipe", language, dn=dn, length=f"{length:,.0f}")
        _write(space, words, (west + 14 * height, y), height=height, layer=layer)


def _fit_view(document: Drawing, paper: NetworkPaper) -> None:
    """Open the drawing on the network."""
    west, south, east, north = _bounds(paper)
    document.set_modelspace_vport(
        height=1.3 * max(north - south, (east - west) / 1.6, 1.0), center=((west + east) / 2, (south + north) / 2)
    )
    document.header["$EXTMIN"], document.header["$EXTMAX"] = (west, south, 0), (east, north, 0)


def _bytes(document: Drawing) -> bytes:
    """The drawing's text; classes are named in order first, for ezdxf would name them in a set's."""
    document.classes.add_required_classes(document.dxfversion)
    ordered = sorted(document.classes.classes.items())
    document.classes.classes.clear()
    document.classes.classes.update(ordered)
    stream = io.StringIO()
    document.write(stream)
    return stream.getvalue().encode("utf-8")


@contextmanager
def _dateless() -> Iterator[None]:
    """Let the drawing carry no clock and no random mark."""
    before = ezdxf.options.write_fixed_meta_data_for_testing
    ezdxf.options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        ezdxf.options.write_fixed_meta_data_for_testing = before
