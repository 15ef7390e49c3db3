"""Which assumptions of the checks stand in which group; the weights are sliders beside the better places."""

from __future__ import annotations

from analysis.methods.siting import METHOD
from analysis.methods.siting import assumptions as declared
from analysis.methods.siting.answer.surface import CRITERIA
from analysis.rules.thresholds import spoken
from app import store
from app.parts.assumptions import Groups, assumption_panel
from app.siting import session
from words import Language

SLIDERS = {name: next(one for one in declared.WEIGHTS if one.id == f"siting_weight_{name}") for name in CRITERIA}
GROUPS: Groups = {
    "geometry": declared.GEOMETRY,
    "protection": declared.PROTECTION,
    "rivers": declared.RIVERS,
    "terrain": declared.TERRAIN,
    "use": declared.USE,
    "network": declared.NETWORK,
    "rain": declared.RAIN,
    "places": tuple(one for one in declared.WEIGHTS if one not in SLIDERS.values()),
}


def siting_assumptions(mark: str, language: Language) -> None:
    """The panel, without what no rule speaks of here; after a change a saved check no longer is what is shown."""
    district = store.district(mark)
    groups = {name: tuple(one for one in spoken(group, district) if not one.by_rule) for name, group in GROUPS.items()}
    assumption_panel(METHOD, groups, language=language, columns=2, then=session.touched)
