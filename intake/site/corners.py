"""How many corners a site may have: what the checks bear within seconds, finer boundaries smoothed a little first."""

from __future__ import annotations

import dataclasses

import shapely

from geo.note import Note
from geo.reached import each, told
from intake.site.reading import SiteFile
from words.errors import AtlasError

MOST_CORNERS = 10_000  # a jagged site of so many takes the checks one to six seconds of one core, and can be cancelled
TOLERANCE_M = 0.5


def within_corners(read: SiteFile) -> SiteFile:
    """The site as read where its corners are few enough; else simplified by at most `TOLERANCE_M`, with a note.

    AtlasError `siting.errors.too_many_corners` when it has too many even so.
    """
    before = _corners(read)
    if before <= MOST_CORNERS:
        return read
    for _, shape in read.parcels:  # smoothing takes minutes over what crosses itself, which is refused anyway
        if not shape.is_valid:
            raise AtlasError("siting.errors.self_crossing", reason=shapely.is_valid_reason(shape))
    with told(""):
        parcels = tuple((label, shapely.simplify(shape, TOLERANCE_M)) for label, shape in each(read.parcels, "feature"))
    thinned = dataclasses.replace(read, parcels=parcels)
    after = _corners(thinned)
    if after > MOST_CORNERS:
        raise AtlasError("siting.errors.too_many_corners", count=after, most=MOST_CORNERS)
    facts = {"before": before, "after": after, "tolerance": TOLERANCE_M}
    return dataclasses.replace(thinned, notes=(*read.notes, Note("siting.read.thinned", facts)))


def _corners(read: SiteFile) -> int:
    return sum(int(shapely.get_num_coordinates(shape)) for _, shape in read.parcels)
