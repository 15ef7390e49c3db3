"""The chosen network as EPANET reads it."""

from __future__ import annotations

from analysis.hydraulics.epanet import inp_text
from analysis.methods.reclaimed.routing.pulling import bends_of
from reports.reclaimed.paper import NetworkPaper, stamp
from words import Language
from words.errors import AtlasError


def network_inp(paper: NetworkPaper, *, language: Language = "zh") -> bytes:
    """The input file with its stamp; AtlasError `reclaimed.paper.no_inp` where there is nothing EPANET could read."""
    if paper.check is None:
        raise AtlasError("reclaimed.paper.no_inp")
    places = {node.id: (node.geometry.x, node.geometry.y) for node in paper.nodes.itertuples()}
    bends = {pipe.id: bends_of(pipe.geometry) for pipe in paper.pipes.itertuples()}
    return inp_text(paper.check.layout, title=stamp(paper, language), places=places, bends=bends).encode("utf-8")
