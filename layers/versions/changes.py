"""What differs between a layer as the manifest recorded it and as it lies there now: told before it is believed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd

from layers.district import Entry
from layers.layer import Layer
from layers.problem import Problem

LEAST_SHARE = 0.001  # of an area or length; less comes from drawing and rounding
_UNITS = {"polygon": "m2", "line": "m"}


def names_of(frame: gpd.GeoDataFrame, layer: Layer) -> str | None:
    """A digest of the names of all features in the order of their keys; none where features have no key or no name."""
    if layer.key is None or layer.label is None:
        return None
    columns = list(dict.fromkeys((layer.key.name, layer.label)))
    pairs = pd.DataFrame(frame[columns]).astype("string").fillna("").sort_values(columns)
    told = "\n".join("\t".join(pair) for pair in pairs.itertuples(index=False))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def members_of(townships: gpd.GeoDataFrame) -> dict[str, tuple[str, float]]:
    """Name and area in m² of each township by code."""
    return dict(zip(townships["code"], zip(townships["name"], townships.geometry.area, strict=True), strict=True))


def changes(recorded: Entry | None, now: Entry, layer: Layer) -> list[Problem]:
    """What is otherwise than recorded: the layer as a whole, and each township whose name or area changed.

    Nothing for a layer that was never recorded or whose bytes are the same.
    """
    if recorded is None or recorded.sha256 == now.sha256:
        return []
    facts: dict[str, object] = {"recorded": recorded.count, "count": now.count}
    key = "differs_from_manifest"
    if layer.geometry in _UNITS:
        key = "layer_differs_from_manifest"
        facts |= {"before": recorded.extent, "after": now.extent, "unit": _UNITS[layer.geometry]}
    told = [Problem(key, layer.id, layer.owner, file=layer.file, facts=facts)]
    if recorded.names != now.names and None not in (recorded.names, now.names):
        told.append(Problem("names_differ_from_manifest", layer.id, layer.owner, file=layer.file))
    if recorded.members is not None and now.members is not None:
        told += _members(recorded.members, now.members, layer)
    return told


def _members(
    before: Mapping[str, tuple[str, float]], now: Mapping[str, tuple[str, float]], layer: Layer
) -> Iterator[Problem]:
    def told(key: str, code: str, **facts: object) -> Problem:
        return Problem(key, layer.id, layer.owner, file=layer.file, feature=code, township=code, facts=facts)

    for code, (name, area_m2) in before.items():
        if code not in now:
            yield told("township_gone", code, name=name)
            continue
        new_name, new_area_m2 = now[code]
        if new_name != name:
            yield told("township_renamed", code, old=name, new=new_name)
        if abs(new_area_m2 - area_m2) > LEAST_SHARE * area_m2:
            yield told("township_area_changed", code, before=area_m2, after=new_area_m2)
    for code in now.keys() - before.keys():
        yield told("township_new", code, name=now[code][0])
