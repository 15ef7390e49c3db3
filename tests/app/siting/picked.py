"""The district in which every check finds something, its features, and units by language."""

from __future__ import annotations

from app.siting.scene import open_scene
from app.state import selection

S1, S2, K1 = "construction_projects:S1", "construction_projects:S2", "industrial_parks:K1"

UNITS = {"zh": ("万m³/a", "hm²", "亩"), "en": ("10⁴ m³/a", "ha", "mu")}


def scene_of(screen, **query: str):
    """The scene of an address."""
    screen.query.from_dict(query)
    return open_scene(selection())
