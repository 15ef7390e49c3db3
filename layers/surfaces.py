"""Which surface (paddy, forest, urban …) a class of the land-cover raster is."""

from __future__ import annotations

from layers.catalogue.landcover_legend import SURFACES
from layers.district import District


def surface_of(district: District) -> dict[float, str]:
    """The surface of each class by the district's legend; empty without one."""
    legend = district.tables.get("landcover_legend")
    if legend is None:
        return {}
    known = legend[legend["surface"].notna()]
    return dict(zip(known["value"].astype(float), known["surface"], strict=True))


def surface_of_usual(district: District) -> dict[float, str]:
    """The surface of each class by the district's legend, without one by the ten classes of the atlas."""
    if "landcover_legend" in district.tables:
        return surface_of(district)
    return {float(number): surface for number, surface in enumerate(SURFACES, start=1)}
