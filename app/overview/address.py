"""What the address says for the overview: the indicator by which the townships are coloured, kept on every page."""

from __future__ import annotations

from app.state import Own

INDICATOR = Own("indicator")
OWN = (INDICATOR,)
