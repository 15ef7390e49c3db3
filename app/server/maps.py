"""Maps by address: their data, whole documents, and the relief.

An address of another version is gone (410): a cache, a link or a bookmark never shows other bytes than it once did.
What is not of this edition is not found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app import access, store
from app.overview.store import district_map
from app.places import place
from app.server.document import plain_html
from app.server.editions import LEAFLET, address, kept, leaflet_folder, version
from app.server.headers import policy_of_map
from app.server.ready import opening
from app.server.static import KEPT
from app.township.store import theme_layers, township_map
from layers.layer import THEMES
from maps.screen.assets import LEAFLET_FOLDER
from maps.screen.page import data_of, whole_page
from words import Language, text
from words.errors import AtlasError
from words.markup import script_json

LATEST = "latest"
Answer = Callable[[Request, str, Language], Response]


def language_of(request: Request) -> Language:
    """The language an address asks for."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def year(mark: str, indicator: str) -> str:
    """The year an indicator's figures speak of, `latest` where they name none."""
    day = store.about(mark, indicator).as_of
    return day[:4] if day else LATEST


def _said(key: str, status: int, language: Language, **facts: object) -> Response:
    html = plain_html(text(key, language, **facts), language)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def _with_data(answer: Answer) -> Callable[[Request], Response]:
    """A route that needs data: while there are none it says why; what is not there is not found, a bug is told."""

    def route(request: Request) -> Response:
        language, stand = language_of(request), opening.look()
        if stand.state != "ready":
            html = plain_html(stand.sentence(language), language, again_s=2 if stand.state == "opening" else None)
            return HTMLResponse(html, 503, headers={"Retry-After": "2", "Cache-Control": "no-store"})
        try:
            return answer(request, store.current(), language)
        except AtlasError as error:
            return _said(error.key, 404, language, **error.facts)
        except Exception as bug:
            said = store.refusal(bug)
            return _said(said.key, 500, language, **said.facts)

    return route


def _versioned(answer: Answer) -> Callable[[Request], Response]:
    """A route under edition and version, whose answer may be kept for good."""

    def checked(request: Request, mark: str, language: Language) -> Response:
        if request.path_params["edition"] != access.edition():
            return _said("server.no_page", 404, language)
        if request.path_params["version"] != version(mark):
            return _said("server.gone", 410, language)
        given = answer(request, mark, language)
        if given.status_code == 200:
            given.headers["Cache-Control"] = kept()
        return given

    return _with_data(checked)


@lru_cache(maxsize=400)
def _township(_version: str, mark: str, code: str, language: Language) -> str:
    return _told(township_map(mark, code, language), mark)


@lru_cache(maxsize=60)
def _district(_version: str, mark: str, indicator: str, language: Language) -> str:
    return _told(district_map(mark, indicator, language), mark)


def _told(html: str, mark: str) -> str:
    """The data of a map as text, its relief at an address."""
    told = json.loads(data_of(html))
    if told["picture"] is not None:
        told["picture"]["address"] = address(mark, "relief.webp", "zh")
    return script_json(told)


def _document(told: str, **more: object) -> Response:
    html = whole_page({**json.loads(told), **more}, assets=leaflet_folder())
    return HTMLResponse(html, headers={"Content-Security-Policy": policy_of_map(store.app_settings())})


def _data(told: str) -> Response:
    return Response(told, media_type="application/json")


def _of_township(request: Request, mark: str, language: Language) -> str:
    code = request.path_params["code"]
    if code not in store.names(mark):
        raise AtlasError("errors.unknown_township", code=code, district=store.district(mark).settings.name)
    return _township(version(mark), mark, code, language)


def _of_district(request: Request, mark: str, language: Language) -> str:
    indicator, asked = request.path_params["indicator"], request.path_params["year"]
    if indicator not in store.indicators(mark) or asked != year(mark, indicator):
        raise AtlasError("server.no_page")
    return _district(version(mark), mark, indicator, language)


def _alone(mark: str, code: str, language: Language) -> dict[str, Any]:
    """What a map without a page around it says too: the layers to show, and where figures and neighbours are."""
    query = {"township": code, **({"lang": "en"} if language == "en" else {})}
    return {
        "shown": [layer for layer in theme_layers(THEMES[0]) if layer in store.prepared(mark).parts[code]],
        "alone": {
            "page": f"/township?{urlencode(query)}",
            "label": text("server.figures", language),
            "map": "/m/",
            "query": "?lang=en" if language == "en" else "",
        },
    }


def _township_document(request: Request, mark: str, language: Language) -> Response:
    told = _of_township(request, mark, language)
    return _document(told, **_alone(mark, request.path_params["code"], language))


def _relief(request: Request, mark: str, language: Language) -> Response:
    picture = store.prepared(mark).picture
    if picture is None:
        raise AtlasError("server.no_page")
    return Response(picture.data, media_type=picture.mime)


def _see(place_: str) -> Response:
    return RedirectResponse(place_, 307, headers={"Cache-Control": "no-store"})


def _redirect(request: Request, mark: str, language: Language) -> Response:
    found = place(store.district(mark), request.path_params["code"])
    return _see(address(mark, f"township/{found.code}", language))


def _wall(request: Request, mark: str, language: Language) -> Response:
    """The map of a township for a code on the wall, a phone or a weak computer: one address, always the newest."""
    asked = request.path_params["code"]
    found = place(store.district(mark), asked)
    if asked != found.code:
        return _see(f"/m/{quote(found.code)}{'?lang=en' if language == 'en' else ''}")
    return _document(_township(version(mark), mark, found.code, language), **_alone(mark, found.code, language))


def _leaflet(request: Request) -> Response:
    name = request.path_params["name"]
    if f"/map/files/{request.path_params['version']}" != leaflet_folder() or name not in LEAFLET:
        return _said("server.gone", 410, language_of(request))
    return FileResponse(LEAFLET_FOLDER / name, headers={"Cache-Control": KEPT, "Access-Control-Allow-Origin": "*"})


_UNDER = "/map/{edition}/{version}"
MAPS = (
    Route("/map/files/{version}/{name}", _leaflet),
    Route("/map/township/{code}", _with_data(_redirect)),
    Route("/m/{code}", _with_data(_wall)),
    Route(f"{_UNDER}/relief.webp", _versioned(_relief)),
    Route(f"{_UNDER}/township/{{code}}.json", _versioned(lambda *asked: _data(_of_township(*asked)))),
    Route(f"{_UNDER}/township/{{code}}", _versioned(_township_document)),
    Route(f"{_UNDER}/district/{{indicator}}/{{year}}.json", _versioned(lambda *asked: _data(_of_district(*asked)))),
    Route(f"{_UNDER}/district/{{indicator}}/{{year}}", _versioned(lambda *asked: _document(_of_district(*asked)))),
)
