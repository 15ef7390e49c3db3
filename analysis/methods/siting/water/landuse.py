"""The surfaces of a site and the rain that falls there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.formulas.rain.runoff import event_volume_m3
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.ground.rain import control_rain_mm, storm_day_mm
from analysis.methods.siting.ground.slope import KNOWN_SHARE, cells_under
from analysis.rules.rain import design_rain
from geo.crs import same_crs

SURFACES = ("roof", "paved", "permeable", "green")


def surfaces_of(inquiry: Inquiry) -> tuple[dict[str, float], bool]:
    """Area of each surface in m², and whether any was estimated from the size of the site.

    What the told ones leave of the site is shared among those not told, in the assumed proportions.
    """
    known, assumed = dict(inquiry.proposal.surfaces_m2 or {}), inquiry.assumed
    if not any(known.values()):
        known = {}
    untold = [surface for surface in SURFACES if surface not in known]
    left = max(inquiry.site.area_m2 - sum(known.values()), 0.0)
    shares = {surface: assumed[f"siting_surface_{surface}_share"] for surface in ("roof", "paved", "green")}
    shares["permeable"] = max(1 - sum(shares.values()), 0.0)
    whole = sum(shares[surface] for surface in untold)
    spread = {s: shares[s] / whole if whole else 1 / len(untold) for s in untold}
    surfaces = {s: known[s] if s in known else left * spread[s] for s in SURFACES}
    return surfaces, bool(untold) and left > 0


def coefficient(surfaces: Mapping[str, float], assumed: Mapping[str, float]) -> float:
    """Area-weighted rain-volume runoff coefficient ψc."""
    whole = sum(surfaces.values())
    return sum(area * assumed[f"psi_{surface}"] for surface, area in surfaces.items()) / whole


def local_rain_mm(inquiry: Inquiry) -> float | None:
    """Mean annual rain under the site, none where the rainfall grid knows less than 99 % of it."""
    rainfall = inquiry.ground.district.rasters.get("rainfall")
    if rainfall is None or not same_crs(rainfall.crs, inquiry.ground.district.settings.metric_crs):
        return None
    rows, columns, weight = cells_under(inquiry.site.geometry, rainfall)
    known = rainfall.valid[rows, columns]
    if weight[known].sum() < KNOWN_SHARE * inquiry.site.geometry.area:
        return None
    return float(np.average(rainfall.values[rows, columns][known].astype(float), weights=weight[known]))


def tanks_m3(inquiry: Inquiry) -> dict[str, float | None]:
    """The storage each code asks for: GB 50400 for the design day, and the control rate 10·H·φ·F; none is unknown."""
    surfaces, assumed = surfaces_of(inquiry)[0], inquiry.assumed
    rain = inquiry.ground.whole_rain
    design = control_rain_mm(rain, assumed, printed=design_rain(inquiry.ground.rules("design_rain")))
    whole = coefficient(surfaces, assumed) * sum(surfaces.values()) / 1000
    control = None if design is None else design * whole
    day = storm_day_mm(rain, assumed)
    hard = [surfaces[surface] for surface in ("roof", "paved", "permeable")]
    if day is None or sum(hard) == 0:
        return {"gb50400": None if sum(hard) else 0.0, "control_rate": control}
    psi = [assumed[f"psi_{surface}"] for surface in ("roof", "paved", "permeable")]
    flush = [assumed["flush_roof_mm"], *[assumed["flush_ground_mm"]] * 2]
    return {"gb50400": float(event_volume_m3(hard, psi, flush, day)), "control_rate": control}
