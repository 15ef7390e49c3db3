"""A pasted GeoJSON text as one shape; what cannot be read in it is named by its place or its feature."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.bounds import refuse_deep, refuse_many
from geo.reached import each
from words.errors import AtlasError


def pasted_geojson(text: str) -> BaseGeometry:
    """The flat shape of a geometry, a feature or a collection; AtlasError `json_broken`, `feature_unreadable` or
    `not_geojson`, with an empty file name.
    """
    refuse_deep(text, "")
    refuse_many(text.count("["), "")
    try:
        return shapely.force_2d(shapely.from_geojson(text))
    except (ValueError, shapely.GEOSException) as error:
        _refuse(text)
        raise AtlasError("geo.errors.not_geojson", file="") from error


def _refuse(text: str) -> None:
    """Say what is wrong where it can be told."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AtlasError("geo.errors.json_broken", file="", place=getattr(error, "pos", 0)) from None
    features = document.get("features")
    for row, feature in enumerate(each(features if isinstance(features, list) else [], "feature"), 1):
        shape = feature.get("geometry") if isinstance(feature, Mapping) else None
        if shape is None or not _readable(shape):
            raise AtlasError("geo.errors.feature_unreadable", file="", row=row)


def _readable(shape: Any) -> bool:
    try:
        shapely.from_geojson(json.dumps(shape))
    except (ValueError, shapely.GEOSException):
        return False
    return True
