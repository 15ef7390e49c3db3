"""From a plan's arcs to pipes in the ground: arcs without length (a treatment step) become part of their plant."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def merged_nodes(flows: pd.DataFrame) -> dict[str, str]:
    """For every node that an arc without length leads to, the node it stands on."""
    steps = flows[flows["length_m"] <= 0]
    onto = dict(zip(steps["to"].astype(str), steps["from"].astype(str), strict=True))

    def root(node: str) -> str:
        seen = {node}
        while node in onto and onto[node] not in seen:
            node = onto[node]
            seen.add(node)
        return node

    return {node: root(node) for node in onto}


def pipes_of_plan(flows: pd.DataFrame) -> pd.DataFrame:
    """The pipes of a plan's `flows`: arcs with a length, ends moved onto the node they stand on."""
    onto = merged_nodes(flows)
    pipes = flows[flows["length_m"] > 0].copy()
    for end in ("from", "to"):
        pipes[end] = pipes[end].astype(str).map(lambda node: onto.get(node, node))
    return pipes.reset_index(drop=True)


def nodes_of_plan(
    nodes: pd.DataFrame, pipes: pd.DataFrame, served: pd.DataFrame, *, peaks: Mapping[str, float]
) -> pd.DataFrame:
    """The nodes the pipes meet, with the average flow of what each served user gets and its peak flow.

    `peaks` is the peak flow in m³/s by user. A user fed in a step without length counts where it stands.
    """
    seconds = 365.0 * 86_400.0
    volume = served.groupby("user")["m3"].sum()
    ids = nodes["id"].astype(str)
    touched = ids.isin({*pipes["from"], *pipes["to"]})
    found = nodes[touched.to_numpy()].copy()
    found["average_m3_per_s"] = [float(volume.get(id_, 0.0)) / seconds for id_ in found["id"].astype(str)]
    least = found["average_m3_per_s"].to_numpy()
    wanted = [peaks.get(id_, average) if average > 0 else 0.0 for id_, average in zip(found["id"], least, strict=True)]
    found["peak_m3_per_s"] = [max(peak, average) for peak, average in zip(wanted, least, strict=True)]
    return found.reset_index(drop=True)
