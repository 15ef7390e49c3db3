"""Streamlit's own scripts and styles, compressed once and kept: they are most of what a first visit loads."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.file_util import get_static_dir

START = "/static/"
KEPT = "public, max-age=31536000, immutable"  # their names change with their content
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """The text files by address."""
    folder = Path(get_static_dir())
    files = (path for path in (folder / START.strip("/")).rglob("*") if path.suffix in _KINDS)
    return {f"/{path.relative_to(folder).as_posix()}": path for path in files}


@lru_cache(maxsize=600)
def _compressed(address: str) -> bytes:
    return gzip.compress(_files()[address].read_bytes(), 6, mtime=0)


class Compressed:
    """Answers for Streamlit's text files where gzip is understood, and leaves everything else alone."""

    def __init__(self, app: ASGIApp) -> None:
        """Before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith(START) or scope["method"] not in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        path, asked = _files().get(scope["path"]), Headers(scope=scope)
        if path is None or "range" in asked or "gzip" not in asked.get("accept-encoding", ""):
            return await self._app(scope, receive, send)
        data = await run_in_threadpool(_compressed, scope["path"])
        headers = {"Content-Encoding": "gzip", "Cache-Control": KEPT, "Vary": "Accept-Encoding"}
        answer = Response(data, headers=headers, media_type=_KINDS[path.suffix])
        await answer(scope, receive, send)
