"""A district some of whose layers are there and cannot be read."""

from __future__ import annotations

from dataclasses import replace

from layers.catalogue import CATALOGUE
from layers.district import District
from layers.problem import Problem


def with_broken(district: District, *layers: str) -> District:
    """The district as it opens when the bytes of these layers are spoiled."""
    problems = tuple(
        Problem("geo.errors.not_readable", id_, CATALOGUE[id_].owner, "error", file, facts={"file": file})
        for id_ in layers
        for file in (CATALOGUE[id_].file,)
    )
    parts = {
        part: {id_: one for id_, one in getattr(district, part).items() if id_ not in layers}
        for part in ("frames", "tables", "rasters", "entries")
    }
    return replace(district, **parts, problems=(*district.problems, *problems))
