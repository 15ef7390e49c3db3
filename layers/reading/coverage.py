"""How townships lie together: what two share counts twice, what lies between none counts nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import geopandas as gpd
import numpy as np
import shapely

from layers.problem import Problem
from layers.reading.plausible import AREA_TIMES, ratio_of

LEAST_SHARE = 0.001  # of the smaller township; slivers below it come from drawing
MOST_GAPS = 20
FEWEST = 3  # townships from which one can be called far from the others


def overlaps(frame: gpd.GeoDataFrame, *, file: str, owner: str) -> list[Problem]:
    """A problem for each pair of rows (`code`, `name`, geometry in a metric CRS) that share land."""
    shapes, found = frame.geometry.array.to_numpy(), []
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    for one, other, area_m2 in zip(first, second, shared, strict=True):
        if area_m2 > LEAST_SHARE * min(shapes[one].area, shapes[other].area):
            facts = {"other_township": str(frame["name"].iloc[other]), "area": round(float(area_m2), -2)}
            code = str(frame["code"].iloc[one])
            found.append(
                Problem("townships_overlap", "townships", owner, file=file, feature=code, township=code, facts=facts)
            )
    return found


def odd_places(frame: gpd.GeoDataFrame, *, file: str, owner: str) -> list[Problem]:
    """What is odd about rows (`code`, `name`, geometry in a metric CRS) taken together, each a problem.

    Land that two share, land that none holds though others surround it, two of one name, one far from all others.
    """
    looks: tuple[Callable[..., list[Problem]], ...] = (overlaps, gaps, namesakes, strays)
    return [problem for look in looks for problem in look(frame, file=file, owner=owner)]


def gaps(frame: gpd.GeoDataFrame, *, file: str, owner: str) -> list[Problem]:
    """A problem for each piece of land enclosed by townships that belongs to none of them."""
    shapes = frame.geometry.array.to_numpy()
    parts = shapely.get_parts(shapely.union_all(shapes))
    holes = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    least_m2 = LEAST_SHARE * float(shapely.area(shapes).min())
    found = []
    for hole in sorted((one for one in holes if one.area > least_m2), key=lambda one: -one.area)[:MOST_GAPS]:
        beside = frame["name"][shapely.dwithin(shapes, hole, 1.0)]
        facts = {"beside": ", ".join(map(str, beside)), "area": round(float(hole.area), -2)}
        found.append(Problem("townships_gap", "townships", owner, file=file, facts=facts))
    return found


def namesakes(frame: gpd.GeoDataFrame, *, file: str, owner: str) -> list[Problem]:
    """A problem for each name that several townships bear."""
    found = []
    for name, codes in frame.groupby("name")["code"]:
        if len(codes) > 1:
            facts = {"name": str(name), "codes": ", ".join(map(str, codes))}
            found.append(Problem("townships_same_name", "townships", owner, file=file, facts=facts))
    return found


def strays(frame: gpd.GeoDataFrame, *, file: str, owner: str) -> list[Problem]:
    """A problem for each township farther from all others than the others together are wide."""
    if len(frame) < FEWEST:
        return []
    boxes = shapely.bounds(frame.geometry.array.to_numpy())
    low, high = _without_own(boxes[:, :2]), -_without_own(-boxes[:, 2:])
    apart = np.maximum(np.maximum(low - boxes[:, 2:], boxes[:, :2] - high), 0).max(axis=1)
    found = []
    for row in np.flatnonzero(apart > (high - low).max(axis=1)):
        code, facts = str(frame["code"].iloc[row]), {"kilometres": round(apart[row] / 1000)}
        found.append(Problem("township_far", "townships", owner, file=file, feature=code, facts=facts))
    return found


def _without_own(values: np.ndarray) -> np.ndarray:
    """In each column the least of the other rows, for every row."""
    least, next_ = np.partition(values, 1, axis=0)[:2]
    return np.where(values == least, next_, least)


def stated_otherwise(
    frame: gpd.GeoDataFrame, stated_m2: Mapping[str, float], *, file: str, owner: str
) -> list[Problem]:
    """A problem for each township whose stated area (by code) is beyond what its shape in a metric CRS bears out."""
    found = []
    for code, drawn in zip(frame["code"], frame.geometry.area, strict=True):
        times = stated_m2.get(str(code), drawn) / drawn
        if not AREA_TIMES[0] <= times <= AREA_TIMES[1]:
            facts = {
                "found_low": stated_m2[str(code)],
                "found_high": float(drawn),
                "unit": "m2",
                "units": ratio_of(times),
            }
            found.append(Problem("area_contradicted", "townships", owner, file=file, feature=str(code), facts=facts))
    return found
