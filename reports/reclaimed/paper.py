"""What every paper of a chosen network is made from, and the lines that stand on each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from analysis.hydraulics.check import HydraulicCheck
from analysis.methods.reclaimed import NEEDS
from analysis.methods.reclaimed.answer.record import proof_line, warnings
from analysis.methods.reclaimed.economics import Economics
from layers.district import District
from maps.printed.notes import crs_line, district_name
from reports.origins import broken_words
from reports.reclaimed.checked import check_line, fault_lines
from words import Language, text


@dataclass(frozen=True)
class NetworkPaper:
    """A chosen network in the district's metric CRS.

    `nodes` and `pipes` hold the fields of `maps.screen.reclaimed_pipes`; pipes may lack `capital_yuan`, and what the
    check found is missing where it was not run. `result_id` is the case's; `figures` are the key results (volume_m3,
    cost_yuan_per_year, capital_yuan, rate, gap) as far as known; `status` is the solver's; `unknown_plants` are in no
    rate; `months` is what its plants, by their names, deliver.
    """

    district: District
    nodes: gpd.GeoDataFrame
    pipes: gpd.GeoDataFrame
    result_id: str
    illustrative: bool
    status: str = "optimal"
    figures: Mapping[str, float | None] = field(default_factory=dict)
    check: HydraulicCheck | None = None
    unknown_plants: int = 0
    economics: Economics | None = None
    months: pd.DataFrame | None = None


def title(paper: NetworkPaper, language: Language) -> str:
    """What the paper shows."""
    return text("reclaimed.paper.title", language, district=district_name(paper.district, language))


def origin_lines(paper: NetworkPaper, language: Language) -> tuple[tuple[str, str], ...]:
    """Label and value of where the paper comes from and how far it holds: version, result, proof, check, CRS, 示意.

    Layers that the plan reads and that are broken are named.
    """
    said = [
        ("version", paper.district.version),
        ("result", paper.result_id),
        ("proof", proof_line(paper.status, paper.figures.get("gap"), language)),
        ("depth", text("reclaimed.paper.planning_depth", language)),
        ("crs", crs_line(paper.district, language)),
    ]
    said.append(("check", check_line(paper.check, language)))
    broken = broken_words(paper.district, NEEDS, language=language)
    if broken:
        said.append(("broken", text("reclaimed.paper.between", language).join(broken)))
    if paper.illustrative:
        said.append(("mark", text("reclaimed.paper.illustrative", language)))
    return tuple((text(f"reclaimed.paper.labels.{key}", language), value) for key, value in said)


def stamp(paper: NetworkPaper, language: Language) -> tuple[str, ...]:
    """The same as plain lines, the warnings first: for titles, drawings and input files."""
    lines = [
        text("reclaimed.paper.line", language, label=label, value=value)
        for label, value in origin_lines(paper, language)
    ]
    return (title(paper, language), *warnings(language), *lines, *faults_of(paper, language))


def faults_of(paper: NetworkPaper, language: Language) -> tuple[str, ...]:
    """What of the network still fails its check, by the names of its nodes."""
    known = paper.nodes[paper.nodes["name"].notna()] if "name" in paper.nodes.columns else paper.nodes.iloc[:0]
    names = dict(zip(known["id"], known["name"], strict=True)) if len(known) else {}
    return fault_lines(paper.check, names, language)
