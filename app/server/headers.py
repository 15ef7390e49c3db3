"""What every answer carries: what the browser may load and run, who may frame it, and nothing about the server."""

from __future__ import annotations

import uvicorn.config
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import store
from app.server.editions import kept
from app.server.hosts import host_allowed, origin_allowed
from app.settings import AppSettings
from maps.screen.page import script_hashes
from words import LANGUAGES, text
from words.errors import AtlasError

FRAMES = "/component/"
PICTURES = f"{FRAMES}app.map_view.pictures/"  # named by what they show
TIANDITU = "https://*.tianditu.gov.cn"


def policy_of_page(host: str, settings: AppSettings) -> str:
    """What a page may do: run scripts that are files of this server, and nothing written into it.

    Streamlit styles by elements it makes, hence the inline styles.
    """
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}",  # older browsers do not count a websocket as 'self'
        "frame-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
    return _joined(rules, settings)


def policy_of_map(settings: AppSettings) -> str:
    """What a map at an address of its own may do: opened alone it is as harmless as in its frame."""
    rights = ("scripts", "downloads", "popups", "popups-to-escape-sandbox", "top-navigation-by-user-activation")
    return f"sandbox {' '.join(f'allow-{right}' for right in rights)}; {policy_of_frame(settings)}"


def policy_of_frame(settings: AppSettings) -> str:
    """What the frame of a map and the map in it may do: run our scripts, show pictures, fetch nothing.

    Of the scripts written into a map only those run that we wrote, known by their hashes.
    """
    outside = f" {TIANDITU}" if settings.tianditu_key else ""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *script_hashes())),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob:{outside}",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return _joined(rules, settings)


def _joined(rules: dict[str, str], settings: AppSettings) -> str:
    rules["frame-ancestors"] = " ".join(("'self'", *settings.framed_by))  # of every frame around, so the same for all
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def settings_or_usual() -> AppSettings:
    """The settings; the usual ones where they cannot be read, which the page tells."""
    try:
        return store.app_settings()
    except AtlasError:
        return AppSettings()


class _Nameless:
    """In place of the headers that uvicorn adds below any application: none, so that it does not name itself."""

    def __get__(self, config: object, kind: type) -> list[tuple[bytes, bytes]]:
        return []

    def __set__(self, config: object, headers: list[tuple[bytes, bytes]]) -> None:
        """What uvicorn would say."""


class Guard:
    """Refuses names and websockets of others, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Before an application."""
        self._app = app
        uvicorn.config.Config.encoded_headers = _Nameless()  # type: ignore[assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or websocket."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        settings, asked = settings_or_usual(), Headers(scope=scope)
        host = asked.get("host")
        if scope["type"] == "websocket":
            if host_allowed(host, settings) and origin_allowed(asked.get("origin"), host, settings):
                return await self._app(scope, receive, send)
            await receive()
            return await send({"type": "websocket.close", "code": 1008})

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(PICTURES) and message["status"] == 200:
                    headers["Cache-Control"] = kept()
                _put(headers, scope["path"], host or "", settings)
            await send(message)

        if host_allowed(host, settings):
            return await self._app(scope, receive, with_headers)
        said = "\n".join(text("server.host", language) for language in LANGUAGES)
        await PlainTextResponse(f"{said}\n", 421)(scope, receive, send)


def _put(headers: MutableHeaders, path: str, host: str, settings: AppSettings) -> None:
    frame = path.startswith(FRAMES)
    policy = policy_of_frame(settings) if frame else policy_of_page(host, settings)
    headers.setdefault("Content-Security-Policy", policy)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if not settings.framed_by:
        headers["X-Frame-Options"] = "SAMEORIGIN"
    headers.setdefault("Cache-Control", "private, no-cache")
    if "server" in headers:
        del headers["server"]
