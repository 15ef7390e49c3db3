"""What the address says for the methods page: the note on show."""

from __future__ import annotations

from app.state import Own

METHOD = Own("method", home="methods")
OWN = (METHOD,)
