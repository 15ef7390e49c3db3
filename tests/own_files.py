"""Shapes and names that what the product writes must bring back as they were."""

from __future__ import annotations

import shapely
import shapely.affinity
from shapely import box

X, Y = 485_000.0, 3_250_000.0
SHAPES = {
    "plain": box(X, Y, X + 200.123, Y + 150.456),
    "a hole": box(X, Y, X + 200, Y + 200).difference(box(X + 50, Y + 50, X + 100, Y + 100)),
    "land in a hole": box(X, Y, X + 200, Y + 200)
    .difference(box(X + 50, Y + 50, X + 100, Y + 100))
    .union(box(X + 60, Y + 60, X + 70, Y + 70)),
    "two parts": shapely.union_all([box(X, Y, X + 20, Y + 20), box(X + 100, Y + 50, X + 100.5, Y + 100.5)]),
    "tiny": box(X, Y, X + 11, Y + 10),
    "slanting": shapely.affinity.rotate(box(X, Y, X + 333.3, Y + 77.7), 33.3),
}
NAMES = ("甲地块", "\"引号' & <b>厂</b> >", "𬇕㵲🔥镇", "长" * 80, "=1+1", "a/b;c,d", "]]>", "&amp;", "'甲'", "${1}`x`")
