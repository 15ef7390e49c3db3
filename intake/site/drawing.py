"""The site in a drawing: the shapes of one layer, chosen by a person where several hold lines or areas."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely

from geo.doubt import Answers
from geo.files.drawing import reading
from geo.files.drawing.outlines import AREAS
from geo.note import Note, Said
from intake.site.found import Found, parcels_of
from intake.site.layers import choose, listed


def drawing(path: Path, answers: Answers) -> Found:
    """What the drawing holds on the layer of the site; what lies on other layers is said."""
    frame, said = reading.read(path)
    solid = frame[shapely.get_dimensions(frame.geometry.array.to_numpy()) > 0]
    candidates = solid if len(solid) else frame
    layers = [listed(str(name), list(part.geometry)) for name, part in candidates.groupby("layer", sort=True)]
    chosen = choose(layers, answers, file=path.name)
    own = candidates[candidates["layer"] == chosen]
    elsewhere = len(frame) - int((frame["layer"] == chosen).sum())
    points = int((frame["layer"] == chosen).sum()) - len(own)
    said += Said(left_out=_left(elsewhere, "other_layers") + _left(points, "points"))
    own, hatches = _without_fills(own)
    parcels = parcels_of(zip(own["layer"], own.geometry, strict=True))
    return Found(parcels, None, said + Said(left_out=_left(hatches, "fills")), drawing=True)


def _left(count: int, kind: str) -> tuple[Note, ...]:
    return (Note(f"intake.site.left.{kind}", {"count": count}),) if count else ()


def _without_fills(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    """The shapes without hatches where borders are drawn too: a fill is the picture of an area, not one more."""
    fill = frame["kind"].isin(AREAS)
    if fill.all() or not fill.any():
        return frame, 0
    return frame[~fill], int(fill.sum())
