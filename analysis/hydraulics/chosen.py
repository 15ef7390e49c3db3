"""From a plan's arcs to pipes in the ground: arcs without length (a treatment step) become part of their plant."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

_ENDS = ("from", "to")


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
    """The pipes of a plan's `flows`: arcs with a length, ends moved onto the node they stand on.

    Where other water passes the head of a plant's network, the plant is joined to it by a link of its own (`length_m`
    still 0): water cannot flow into a plant, and a plant's level does not hold that of the pipe passing by.
    """
    pipes = flows[flows["length_m"] > 0].copy()
    passing = (flows["length_m"] <= 0) & flows["to"].isin(pipes["to"])
    onto = merged_nodes(flows[~passing])
    for end in ("from", "to"):
        pipes[end] = pipes[end].astype(str).map(lambda node: onto.get(node, node))
    return pd.concat([pipes, _links(flows[passing], pipes)], ignore_index=True)


def _links(steps: pd.DataFrame, pipes: pd.DataFrame) -> pd.DataFrame:
    """One link from a plant for all its steps, as wide as the widest pipe it meets."""
    links = steps.groupby(["from", "to"], sort=False, as_index=False).agg(
        {column: "sum" if column in ("flow_m3", "peak_m3") else "first" for column in steps if column not in _ENDS}
    )
    for row, node in links["to"].items():
        beside = pipes[(pipes["from"] == node) | (pipes["to"] == node)]
        links.loc[row, "dn_mm"] = beside["dn_mm"].max()
    return links[list(steps.columns)]


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
