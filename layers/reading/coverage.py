"""Townships must not lie over one another: what is reported for both would count twice."""

from __future__ import annotations

import geopandas as gpd
import shapely

from layers.problem import Problem

LEAST_SHARE = 0.001  # of the smaller township; slivers below it come from drawing


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
