"""A request to an ASGI application, without a server and without a client library."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Answered:
    """What came back; `body` is unpacked where it was sent compressed."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.headers.get("content-encoding") == "gzip" else self.sent

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def _scope(kind: str, address: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    named = {"host": "127.0.0.1:8501", **{name.lower(): value for name, value in headers.items()}}
    return {
        "type": kind, "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
        "path": unquote(parts.path), "raw_path": parts.path.encode(), "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8501),
    }  # fmt: skip


def _run(answering: Coroutine[Any, Any, None]) -> None:
    """To its end in a thread of its own: a browser test before may have left a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, answering).result()


def ask(app: Any, address: str, *, method: str = "GET", **headers: str) -> Answered:
    """One request; names of headers are written with `_` for `-`."""
    told: list[dict[str, Any]] = []
    sent = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return sent.pop() if sent else await asyncio.Event().wait()  # who asked stays until the answer is there

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    scope = _scope("http", address, {name.replace("_", "-"): value for name, value in headers.items()})
    _run(app({**scope, "method": method}, receive, send))
    start = next(one for one in told if one["type"] == "http.response.start")
    body = b"".join(one.get("body", b"") for one in told if one["type"] == "http.response.body")
    return Answered(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body)


def knock(app: Any, **headers: str) -> str:
    """The first message by which a websocket is answered."""
    told: list[str] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message["type"])

    _run(app({**_scope("websocket", "/_stcore/stream", headers), "subprotocols": []}, receive, send))
    return told[0]
