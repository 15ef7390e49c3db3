"""What the address says for the siting page: a feature picked (layer:key), a saved check, and what is done there."""

from __future__ import annotations

from app.state import Own

VIEWS = ("one", "compare", "batch", "register")


def _view(said: str) -> str | None:
    return said if said in VIEWS else None


SITE, SHEET = Own("site", home="siting"), Own("sheet", home="siting")
VIEW = Own("view", home="siting", default=VIEWS[0], parse=_view)
OWN = (SITE, SHEET, VIEW)
