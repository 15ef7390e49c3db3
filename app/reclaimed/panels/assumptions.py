"""Which assumptions of reclaimed water stand in which group; prices are sliders beside the money."""

from __future__ import annotations

from analysis.hydraulics import limits
from analysis.methods.reclaimed import METHOD
from analysis.methods.reclaimed.assumptions import DEMAND, MONEY, PIPES, ROUTES, SUPPLY
from analysis.methods.reclaimed.economics import PRICES
from analysis.rules.thresholds import spoken
from app.parts.assumptions import Groups, assumption_panel
from app.store import current, district
from words import Language, text

GROUPS: Groups = {
    "demand": DEMAND,
    "supply": SUPPLY,
    "pipes": PIPES,
    "routes": ROUTES,
    "money": tuple(one for one in MONEY if one.id not in PRICES),
    "limits": limits.ASSUMPTIONS,
}


def reclaimed_assumptions(language: Language) -> None:
    """The panel, with the warning about prices."""
    here = district(current())
    groups = {name: spoken(group, here) for name, group in GROUPS.items()}
    assumption_panel(METHOD, groups, language=language, note=text("reclaimed.page.params_note", language))
