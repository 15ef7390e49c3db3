"""What siting is asked about, as plain values that decide the answer and its id: one site, or a whole layer.

A site is {"geometry", "name", "accuracy_m", "proposal"}, a layer {"layer", "proposal"}; make them here, so that the
same site gives the same id however it was handed in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from analysis.methods.siting.ground.site import GRID_M, Site, make_site
from analysis.proposal import FIELDS, Proposal, from_mapping
from layers.district import District
from words.errors import AtlasError

OWN_PROPOSALS = "construction_projects"  # the layer whose rows are proposals themselves
LAYERS = (OWN_PROPOSALS, "industrial_parks")
Subject = dict[str, object]


def site_subject(
    geometry: BaseGeometry | None, proposal: Proposal, *, name: str = "", accuracy_m: float = 0.0
) -> Subject:
    """A proposal on a shape of the district's metric CRS; the project's own name goes before the site's `name`."""
    return {
        "geometry": _wkb(geometry),
        "name": proposal.name or name,
        "accuracy_m": float(accuracy_m),
        "proposal": dataclasses.asdict(proposal),
    }


def layer_subject(layer: str, proposal: Proposal | None = None) -> Subject:
    """Every site of a layer, judged for `proposal` where its rows are no proposals themselves."""
    if proposal is None or layer == OWN_PROPOSALS:
        return {"layer": layer}
    return {"layer": layer, "proposal": dataclasses.asdict(proposal)}


def site_of(subject: Mapping[str, object], district: District, *, assumed: Mapping[str, float], id: str = "") -> Site:
    """The site of a subject; AtlasError `siting.errors.*` when it cannot be judged."""
    written = subject.get("geometry")
    shape = shapely.from_wkb(written) if isinstance(written, str) and written else None
    name, accuracy = str(subject.get("name") or ""), subject.get("accuracy_m") or 0.0
    if not isinstance(accuracy, int | float):
        raise AtlasError("siting.errors.proposal_value", field="accuracy_m", value=accuracy)
    return make_site(shape, district, assumed=assumed, id=id, name=name, accuracy_m=float(accuracy))


def proposal_of(subject: Mapping[str, object]) -> Proposal | None:
    """The proposal of a subject, none when it has none; what it does not say is unknown."""
    told = subject.get("proposal")
    if not isinstance(told, Mapping):
        return None
    return from_mapping({**{name: told.get(name) for name in FIELDS}, **told})


def _wkb(geometry: BaseGeometry | None) -> str:
    """The shape to the millimetre in its normal form, as hexadecimal WKB; empty for no shape."""
    if geometry is None or geometry.is_empty:
        return ""
    flat = shapely.force_2d(geometry)
    rounded = shapely.set_precision(flat, GRID_M, mode="valid_output" if flat.is_valid else "pointwise")
    if rounded.is_empty:  # thinner than a millimetre: for the refusal to measure
        rounded = shapely.set_precision(flat, GRID_M, mode="pointwise")
    return str(shapely.to_wkb(shapely.normalize(rounded), hex=True, output_dimension=2, byte_order=1))
