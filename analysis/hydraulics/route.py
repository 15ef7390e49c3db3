"""The way water takes to a pipe: from its plant down to the pipe itself."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def route_to(pipes: pd.DataFrame, pipe: str) -> list[str]:
    """The ids of the pipes from the plant to `pipe`, in the direction of flow; where two meet, the one with more water.

    `pipes` has id, `from_node`, `to_node`, `m3_per_year`. Empty for an id that is not there.
    """
    rows: Mapping[str, Mapping[str, object]] = {str(row["id"]): row for row in pipes.to_dict("records")}
    if pipe not in rows:
        return []
    into: dict[str, list[str]] = {}
    for id_, row in rows.items():
        into.setdefault(str(row["to_node"]), []).append(id_)
    route = [pipe]
    while True:
        before = [id_ for id_ in into.get(str(rows[route[0]]["from_node"]), []) if id_ not in route]
        if not before:
            return route
        route.insert(0, max(before, key=lambda id_: (float(rows[id_]["m3_per_year"]), id_)))
