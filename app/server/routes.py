"""What the server answers itself: the first HTML of the pages, whether it lives, whether the data are open."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit.file_util import get_static_dir

from app import store
from app.navigation import FRONT, PAGES
from app.parts.title import page_title
from app.places import place
from app.server.document import START_SCRIPT, page_html, plain_html, start_address
from app.server.maps import MAPS, language_of
from app.server.ready import opening
from app.server.static import KEPT
from words import Language, text
from words.errors import AtlasError

ICON = "favicon.png"
AGAIN_S = 2


def healthz(request: Request) -> Response:
    """The process lives."""
    return PlainTextResponse("ok\n")


def readyz(request: Request) -> Response:
    """Whether the data are open; 503 with the sentence until they are, or why they are not."""
    stand = opening.look()
    told = {"ready": stand.state == "ready", "state": stand.state, "sentence": stand.sentence(language_of(request))}
    headers = {} if told["ready"] else {"Retry-After": str(AGAIN_S)}
    return JSONResponse(told, 200 if told["ready"] else 503, headers=headers)


def page(request: Request) -> Response:
    """The first HTML of a page; while the data are being opened, one that says so."""
    language, stand = language_of(request), opening.look()
    if stand.state == "opening":
        html = plain_html(stand.sentence(language), language, again_s=AGAIN_S)
        return HTMLResponse(html, 503, headers={"Retry-After": str(AGAIN_S), "Cache-Control": "no-store"})
    name = request.url.path.strip("/") or FRONT
    return HTMLResponse(page_html(_title(name, request.query_params.get("township"), language), language))


def _title(name: str, given: str | None, language: Language) -> str:
    """The title before the script has run; a name or a former township is called what it is today."""
    try:
        code = None if given is None else place(store.district(store.current()), given).code
    except AtlasError:
        code = given
    return page_title(name, code, language)


def other(request: Request) -> Response:
    """A name that no page has."""
    name, language = request.path_params["name"], language_of(request)
    if name == ICON:
        return FileResponse(f"{get_static_dir()}/{ICON}")
    return HTMLResponse(plain_html(text("server.no_page", language), language), 404)


def start_script(request: Request) -> Response:
    """Our own first script, kept by the browser for good."""
    if request.url.path != start_address():
        return PlainTextResponse("", 410)
    return FileResponse(START_SCRIPT, media_type="text/javascript", headers={"Cache-Control": KEPT})


ROUTES = (
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/map/files/{version}/start.js", start_script),
    *MAPS,
    Route("/", page),
    *(Route(f"/{name}", page) for name in PAGES),
    Route("/{name}", other),
)
