"""What the address says for the data page: the layer looked at."""

from __future__ import annotations

from app.state import Own

LAYER = Own("layer", home="data")
OWN = (LAYER,)
