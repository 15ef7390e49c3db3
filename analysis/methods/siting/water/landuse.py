"""The surfaces of a site and the rain that falls there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.formulas.rain.runoff import event_volume_m3
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.ground.rain import control_rain_mm, storm_day_mm
from analysis.methods.siting.ground.slope import cells_under
from analysis.rules.rain import design_rain
from geo.crs import same_crs

SURFACES = ("roof", "paved", "permeable", "green")


def surfaces_of(inquiry: Inquiry) -> tuple[dict[str, float], bool]:
    """Area of each surface in m², and whether it was estimated from the size of the site."""
    known, assumed = inquiry.proposal.surfaces_m2, inquiry.assumed
    if known is not None:
        surfaces = {surface: known[surface] for surface in SURFACES}
        if sum(surfaces.values()) > 0:
            return surfaces, False
    shares = {surface: assumed[f"siting_surface_{surface}_share"] for surface in ("roof", "paved", "green")}
    shares["permeable"] = max(1 - sum(shares.values()), 0.0)
    return {surface: inquiry.site.area_m2 * shares[surface] for surface in SURFACES}, True


def coefficient(surfaces: Mapping[str, float], assumed: Mapping[str, float]) -> float:
    """Area-weighted rain-volume runoff coefficient ψc."""
    whole = sum(surfaces.values())
    return sum(area * assumed[f"psi_{surface}"] for surface, area in surfaces.items()) / whole


def local_rain_mm(inquiry: Inquiry) -> float | None:
    """Mean annual rain under the site, none where the rainfall grid does not know it."""
    rainfall = inquiry.ground.district.rasters.get("rainfall")
    if rainfall is None or not same_crs(rainfall.crs, inquiry.ground.district.settings.metric_crs):
        return None
    rows, columns, weight = cells_under(inquiry.site.geometry, rainfall)
    known = rainfall.valid[rows, columns]
    if not known.any():
        return None
    return float(np.average(rainfall.values[rows, columns][known].astype(float), weights=weight[known]))


def tanks_m3(inquiry: Inquiry) -> dict[str, float | None]:
    """The storage each code asks for: GB 50400 for the design day, and the control rate 10·H·φ·F."""
    surfaces, assumed = surfaces_of(inquiry)[0], inquiry.assumed
    rain = inquiry.ground.whole_rain
    design = control_rain_mm(rain, assumed, printed=design_rain(inquiry.ground.rules("design_rain")))
    whole = coefficient(surfaces, assumed) * sum(surfaces.values()) / 1000
    control = None if design is None else design * whole
    day = storm_day_mm(rain, assumed)
    hard = [surfaces[surface] for surface in ("roof", "paved", "permeable")]
    if day is None or sum(hard) == 0:
        return {"gb50400": None, "control_rate": control}
    psi = [assumed[f"psi_{surface}"] for surface in ("roof", "paved", "permeable")]
    flush = [assumed["flush_roof_mm"], *[assumed["flush_ground_mm"]] * 2]
    return {"gb50400": float(event_volume_m3(hard, psi, flush, day)), "control_rate": control}
