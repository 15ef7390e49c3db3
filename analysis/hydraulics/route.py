"""The way water takes to a pipe: from its plant down to the pipe itself."""

from __future__ import annotations

import pandas as pd


def route_to(pipes: pd.DataFrame, pipe: str) -> list[str]:
    """The ids of the pipes from the plant to `pipe`, in the direction of flow; where two meet, the one with more water.

    `pipes` has id, `from_node`, `to_node`, `m3_per_year`. Empty for an id that is not there.
    """
    by_id = pipes.set_index(pipes["id"].astype(str))
    if pipe not in by_id.index:
        return []
    starts = {str(id_): str(node) for id_, node in by_id["from_node"].items()}
    volumes = {str(id_): float(volume) for id_, volume in by_id["m3_per_year"].items()}
    into: dict[str, list[str]] = {}
    for id_, node in by_id["to_node"].items():
        into.setdefault(str(node), []).append(str(id_))
    route = [pipe]
    while True:
        before = [id_ for id_ in into.get(starts[route[0]], []) if id_ not in route]
        if not before:
            return route
        route.insert(0, max(before, key=lambda id_: (volumes[id_], id_)))
