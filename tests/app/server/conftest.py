"""The server's routes and middleware before an application that says where it was asked, and the data open at once."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import pytest

os.environ.setdefault("ATLAS_STATE", tempfile.mkdtemp(prefix="atlas-state-"))

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.server import ready, routes
from app.server.middleware import MIDDLEWARE


async def _asked(request: Any) -> PlainTextResponse:
    return PlainTextResponse(f"streamlit {request.url.path}" * 100, headers={"server": "x/1.0"})


@pytest.fixture
def served() -> Starlette:
    """Ours before what stands for Streamlit's."""
    return Starlette(routes=[*routes.ROUTES, Route("/{path:path}", _asked)], middleware=MIDDLEWARE)


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that says how far the opening of the data is."""

    def say(*stood: Any) -> None:
        monkeypatch.setattr(ready.opening, "look", lambda: ready.Stand(*stood))

    say("ready")
    return say
