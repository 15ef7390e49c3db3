"""Shapes of a text DXF drawing, layer by layer, built by ezdxf: blocks resolved, curves followed, the rest counted.

Only the model space is ground. What is drawn on paper, on a layer that is frozen, switched off or never plotted, or
invisible, is left out and counted, and so is every kind of entity that has no outline. A drawing states no CRS.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import ezdxf
import geopandas as gpd
from ezdxf.document import Drawing as Document
from ezdxf.entities import DXFGraphic, Insert
from ezdxf.lldxf.encoding import decode_dxf_unicode, decode_mif_to_unicode, has_mif_encoding
from shapely.geometry.base import BaseGeometry

from geo.files.drawing.look import MOST_ENTITIES, finite, looked_at
from geo.files.drawing.outlines import READ, outline
from geo.note import Note, Said
from words.errors import AtlasError

MOST_DEPTH = 8  # of blocks within blocks
_SOLIDS = ("3DSOLID", "BODY", "SURFACE", "EXTRUDEDSURFACE", "LOFTEDSURFACE", "REVOLVEDSURFACE", "SWEPTSURFACE", "MESH")
_CALLED = {**dict.fromkeys(_SOLIDS, "solid"), "REGION": "region", "ACAD_PROXY_ENTITY": "proxy", "IMAGE": "image"}
_ALONE = ("xref", "solid", "region", "proxy", "image")  # the likeliest to be the site first


def read(path: Path) -> tuple[gpd.GeoDataFrame, Said]:
    """The shapes with their `layer` and `kind` (as DXF calls it), no CRS, and what was left out.

    AtlasError when the drawing is broken, binary, too large or holds no shape.
    """
    text = looked_at(path)
    try:
        document = ezdxf.read(io.StringIO(text))
        drawn = _Drawn(document, path.name)
        drawn.take(document.modelspace())
        paper = sum(len(layout) for layout in document.layouts if not layout.is_modelspace)
    except (AtlasError, MemoryError):
        raise
    except Exception as error:  # the library promises no kinds of error for what is not a sound drawing
        raise AtlasError("geo.errors.dxf_unbuilt", file=path.name, reason=str(error)[:80]) from error
    drawn.left["paper"] += max(0, paper - _frames(document))
    left = tuple(_note(kind, count) for kind, count in sorted(drawn.left.items()) if count)
    if not drawn.shapes:
        _refuse_alone(drawn.left, path.name)
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(drawn.left.items()) if count)
        raise AtlasError("geo.errors.dxf_empty", file=path.name, kinds=kinds or "–")
    columns = {"layer": drawn.layers, "kind": drawn.kinds}
    return gpd.GeoDataFrame(columns, geometry=drawn.shapes), Said(left_out=left)


def _refuse_alone(left: Counter[str], file: str) -> None:
    """AtlasError for a drawing whose ground is all of a kind that has no outline, saying what that is."""
    for kind in _ALONE:
        if left[kind]:
            raise AtlasError(f"geo.errors.dxf_alone.{kind}", file=file, count=left[kind])


def _frames(document: Document) -> int:
    """The viewports every sheet has: no drawing of anyone's."""
    return sum(len(layout.query("VIEWPORT")) for layout in document.layouts if not layout.is_modelspace)


def _note(kind: str, count: int) -> Note:
    if kind.islower():
        return Note(f"geo.errors.note.dxf_{kind}", {"count": count})
    return Note("geo.errors.note.dxf_kind", {"kind": kind, "count": count})


@dataclass
class _Drawn:
    """What was read of a drawing so far."""

    document: Document
    file: str
    layers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    shapes: list[BaseGeometry] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    seen: int = 0

    def take(self, entities: Iterable[DXFGraphic], *, layer: str = "0", depth: int = 0) -> None:
        """Read entities, those of a block as standing on the `layer` it was inserted on where they name none."""
        for entity in entities:
            self.seen += 1
            if self.seen > MOST_ENTITIES:
                raise AtlasError("geo.errors.dxf_many", file=self.file, most=MOST_ENTITIES)
            own = _decoded(entity.dxf.get("layer", "0"))
            at = layer if own == "0" and depth else own
            hidden = self._hidden(entity, at)
            if hidden:
                self.left[hidden] += 1
            elif isinstance(entity, Insert):
                self._block(entity, at, depth)
            else:
                self._shape(entity, at)

    def _hidden(self, entity: DXFGraphic, layer: str) -> str:
        if entity.dxf.get("invisible", 0):
            return "invisible"
        if layer.lower() == "defpoints":
            return "unplotted"
        known = self._known.get(layer.lower())
        if known is None:
            return ""
        return "frozen" if known.is_frozen() else "off" if known.is_off() else ""

    @cached_property
    def _known(self) -> dict[str, ezdxf.entities.Layer]:
        return {_decoded(layer.dxf.name).lower(): layer for layer in self.document.layers}

    def _block(self, insert: Insert, layer: str, depth: int) -> None:
        block = insert.block()
        if block is None or block.block is None or block.block.is_xref:
            self.left["xref"] += 1
            return
        if depth >= MOST_DEPTH:
            raise AtlasError("geo.errors.dxf_nested", file=self.file, most=MOST_DEPTH)
        if abs(insert.mcount) > MOST_ENTITIES:
            raise AtlasError("geo.errors.dxf_many", file=self.file, most=MOST_ENTITIES)
        for one in self._copies(insert):
            parts = one.virtual_entities(skipped_entity_callback=self._skipped)
            self.take(parts, layer=layer, depth=depth + 1)

    @staticmethod
    def _copies(insert: Insert) -> Iterator[Insert]:
        if insert.mcount > 1:
            yield from insert.multi_insert()
        else:
            yield insert

    def _skipped(self, entity: DXFGraphic, _: str) -> None:
        self.left[_CALLED.get(entity.dxftype(), entity.dxftype())] += 1

    def _shape(self, entity: DXFGraphic, layer: str) -> None:
        kind = entity.dxftype()
        shape = outline(entity) if kind in READ else None
        if shape is None or shape.is_empty or not finite(shape.bounds):
            self.left[_CALLED.get(kind, kind)] += 1
            return
        self.layers.append(layer)
        self.kinds.append(kind)
        self.shapes.append(shape)


def _decoded(name: str) -> str:
    """A name as people read it: `\\U+7EA2` and `\\M+5BAEC` are characters written in ASCII."""
    plain = decode_dxf_unicode(name)
    return decode_mif_to_unicode(plain) if has_mif_encoding(plain) else plain
