"""Areas a file states, against those drawn: more than 1 % apart is said, with the usual mix-up of units."""

from __future__ import annotations

from collections.abc import Iterable

from geo.note import Note
from intake.site.found import UNITS_M2, Parcel, Stated

TOLERANCE = 0.01
FACTORS = {10.0: "ten", 15.0: "ha_mu", 10_000 / 15: "mu_m2", 10_000.0: "ha_m2", 1_000_000.0: "km2_m2", 100.0: "hundred"}


def told_areas(parcels: Iterable[Parcel]) -> tuple[Note, ...]:
    """A note for each parcel, at most ten, whose stated area differs from the one drawn (in the metric CRS)."""
    differing = [
        (parcel, parcel.stated) for parcel in parcels if parcel.stated and not _agrees(parcel.stated, parcel.shape.area)
    ]
    return tuple(_note(parcel, stated) for parcel, stated in differing[:10])


def _agrees(stated: Stated, drawn: float) -> bool:
    """Whether a stated area is the one drawn; without a unit, in any of them."""
    units = [stated.unit] if stated.unit else list(UNITS_M2)
    return any(abs(stated.value * UNITS_M2[unit] - drawn) <= TOLERANCE * drawn for unit in units)


def _note(parcel: Parcel, stated: Stated) -> Note:
    told = stated.value * UNITS_M2[stated.unit or "m2"]
    drawn = parcel.shape.area
    ratio = max(told, drawn) / min(told, drawn) if told and drawn else 0.0
    factor = next((name for near, name in FACTORS.items() if abs(ratio / near - 1) <= TOLERANCE), "none")
    facts = {
        "parcel": parcel.name,
        "stated": f"{stated.value:g}",
        "unit": stated.unit or "?",
        "stated_m2": f"{told:,.0f}",
        "drawn_m2": f"{drawn:,.0f}",
        "drawn_ha": f"{drawn / 10_000:.4f}",
    }
    return Note(f"intake.site.area.{factor}", facts)
