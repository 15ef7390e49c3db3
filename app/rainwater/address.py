"""What the address says for the rainwater page: the project looked at closely."""

from __future__ import annotations

from app.state import Own

PROJECT = Own("project", home="rainwater")
OWN = (PROJECT,)
