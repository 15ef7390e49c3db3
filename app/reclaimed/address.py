"""What the address says for the reclaimed-water page: the pipe looked at."""

from __future__ import annotations

from app.state import Own

PIPE = Own("pipe", home="reclaimed")
OWN = (PIPE,)
