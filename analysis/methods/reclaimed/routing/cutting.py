"""The pipes of a plan over their ground, cut where a pump or a reducing valve may have to stand."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
from shapely.ops import substring

from analysis.formulas.hydraulics import M_PER_MPA, head_loss_m
from analysis.hydraulics.pieces import BAND_SHARE, Piece, halved, pieces_of
from analysis.methods.reclaimed.pipes import SECONDS_PER_YEAR
from analysis.methods.reclaimed.routing.profile import profile_of
from geo.grids.raster import Raster

_SPARE_M = 5.0


def cut_pipes(
    pipes: pd.DataFrame,
    ground: Raster | None,
    users: Collection[str],
    assumed: Mapping[str, float],
    *,
    again: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pieces of the pipes in order, with `rise_m`, `low_m` and `low_share`; and the nodes between them.

    `again` are pieces cut once more half way. A pipe without ground or water stays whole. Length and investment are
    shared out by distance.
    """
    rows: list[dict[str, Any]] = []
    nodes: list[dict[str, Any]] = []
    for pipe in pipes.to_dict("records"):
        if ground is None or pipe["flow_m3"] <= 0:
            rows.append({**pipe, "rise_m": 0.0, "low_m": math.inf, "low_share": 0.0})
            continue
        pieces = halved(str(pipe["id"]), _pieces(pipe, ground, pipe["to"] in users, assumed), again)
        rows += _rows(pipe, pieces)
        for row, piece in zip(rows[1 - len(pieces) :], pieces[1:], strict=True) if len(pieces) > 1 else ():
            x, y = row["geometry"].coords[0]
            nodes.append({
                "id": piece.id, "kind": "junction", "x": x, "y": y, "elevation_m": float(piece.height_m[0]),
                "average_m3_per_s": 0.0, "peak_m3_per_s": 0.0, "m3_per_year": 0.0,
            })  # fmt: skip
    return pd.DataFrame(rows, columns=[*pipes.columns, "rise_m", "low_m", "low_share"]), pd.DataFrame(nodes)


def _pieces(pipe: Mapping[str, Any], ground: Raster, to_user: bool, assumed: Mapping[str, float]) -> list[Piece]:
    profile = profile_of(ground, pipe["geometry"])
    flow = pipe["peak_m3"] / SECONDS_PER_YEAR * assumed["reclaimed_hour_factor"]
    loss = head_loss_m(flow, pipe["dn_mm"] / 1000, 1.0, assumed["reclaimed_roughness"])
    fall = assumed["hydraulic_most_user_head_m"] - assumed["hydraulic_line_head_m"] - _SPARE_M
    return pieces_of(
        str(pipe["id"]), profile.distance_m, profile.height_m,
        band_m=BAND_SHARE * min(assumed["reclaimed_stage_m"], assumed["hydraulic_most_pipe_mpa"] * M_PER_MPA),
        loss_per_m=loss * (1 + assumed["reclaimed_local_share"]), user_fall_m=fall if to_user else math.inf,
    )  # fmt: skip


def _rows(pipe: Mapping[str, Any], pieces: list[Piece]) -> list[dict[str, Any]]:
    long = pieces[-1].end_m
    starts = [pipe["from"], *(piece.id for piece in pieces[1:])]
    rows = []
    for piece, start, end in zip(pieces, starts, [*starts[1:], pipe["to"]], strict=True):
        share = (piece.end_m - piece.start_m) / long if long > 0 else 1.0
        line = pipe["geometry"] if len(pieces) == 1 else substring(pipe["geometry"], piece.start_m, piece.end_m)
        low, at = piece.low
        rows.append({
            **pipe, "id": piece.id, "from": start, "to": end, "rise_m": float(np.nan_to_num(piece.lift_m)),
            "low_m": math.inf if math.isnan(low) else low, "low_share": at,
            "length_m": pipe["length_m"] * share, "capital_yuan": pipe["capital_yuan"] * share,
            "geometry": line,
        })  # fmt: skip
    return rows
