"""Maps by address: the same bytes for good or none, one edition alone, and names that stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from app import store
from app.server import editions, maps
from app.server.maps import year
from app.server.static import KEPT
from app.township.store import township_map
from tests.app.server.asked import Answered, ask
from tests.small_district import A, B, D, write_small_district
from words import LANGUAGES, text


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return write_small_district(tmp_path_factory.mktemp("maps") / "data")


@pytest.fixture
def get(served, stand, data, monkeypatch, tmp_path) -> Any:
    """A function that asks the server on the small district, as the environment then stands."""
    monkeypatch.setenv("ATLAS_DATA", str(data))
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))

    def asked(address: str, **environment: str) -> Answered:
        for name, value in environment.items():
            monkeypatch.setenv(f"ATLAS_{name.upper()}", value)
        store.app_settings.cache_clear()
        township_map.clear()  # a process reads its settings once
        return ask(served, address)

    yield asked
    monkeypatch.undo()
    store.app_settings.cache_clear()


def _now(get: Callable[..., Answered], code: str = A) -> str:
    """Where the map of a township lies now."""
    told = get(f"/map/township/{code}")
    assert (told.status, told.headers["cache-control"]) == (307, "no-store")
    return told.headers["location"]


def test_the_data_of_a_township_may_be_kept_for_good_by_one_browser(get):
    place = _now(get)
    assert re.fullmatch(rf"/map/internal/[0-9a-f]{{12}}/township/{A}", place)
    told = get(f"{place}.json")
    assert (told.status, told.headers["content-type"]) == (200, "application/json")
    assert told.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (json.loads(told.text)["home"], json.loads(told.text)["language"]) == (A, "zh")
    assert get(f"{place}.json").body == told.body
    assert json.loads(get(f"{place}.json?lang=en").text)["language"] == "en"


def test_the_public_edition_may_be_kept_by_all_and_the_other_is_not_found(get):
    internal = _now(get)
    public = get(f"/map/township/{A}", edition="public").headers["location"]
    assert public.startswith("/map/public/")
    assert get(f"{public}.json").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert json.loads(get(f"{public}.json").text)["edition"] == text("app.edition_public")
    assert get(f"{internal}.json").status == 404
    assert get(f"{internal.replace('/internal/', '/secret/')}.json").status == 404


def test_an_old_address_is_gone_not_new(get, data):
    place = _now(get)
    before = get(f"{place}.json").body
    (data / "tables" / "unread.txt").write_text("x")
    (data / "shapefiles" / "unread.txt").write_text("x")
    after = _now(get)
    assert after != place
    told = get(f"{place}.json")
    assert (told.status, told.headers["cache-control"]) == (410, "no-store")
    assert before not in told.body
    assert get(f"{after}.json").status == 200


@pytest.mark.parametrize("named", [{"edition_line": "渝S(2026)1号"}, {"tianditu_key": "k"}, {"edition": "public"}])
def test_all_that_decides_the_bytes_decides_the_address(get, named):
    assert _now(get).split("/")[3] != get(f"/map/township/{A}", **named).headers["location"].split("/")[3]


def test_a_changed_product_has_other_addresses(get, monkeypatch):
    before = _now(get)
    monkeypatch.setattr(editions, "_our_files", lambda: b"another product")
    assert _now(get) != before


def test_the_district_lies_under_indicator_and_year(get):
    _, _, edition, version, *_ = _now(get).split("/")
    mark = store.current()
    assert year(mark, "water_use_m3") == "2023"
    under = f"/map/{edition}/{version}/district"
    told = get(f"{under}/water_use_m3/2023.json")
    assert {place["code"]: place["value"] for place in json.loads(told.text)["places"]}[B] == 2_000_000.0
    assert get(f"{under}/water_use_m3/2022.json").status == 404
    assert get(f"{under}/nothing/2022.json").status == 404
    assert "<title>" in get(f"{under}/water_use_m3/2023?lang=en").text


def test_the_relief_lies_beside_the_maps(get):
    place = _now(get)
    picture = json.loads(get(f"{place}.json").text)["picture"]["address"]
    assert picture == f"{place.rpartition('/township/')[0]}/relief.webp"
    told = get(picture)
    assert (told.status, told.headers["content-type"]) == (200, "image/webp")
    assert told.body[:4] == b"RIFF"


@pytest.mark.parametrize("where", ["", "m"])
def test_a_map_alone_is_a_document_that_can_harm_nobody(get, where):
    told = get(f"/m/{D}?lang=en" if where else f"{_now(get, D)}?lang=en")
    policy = told.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts ")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert '<html lang="en">' in told.text
    assert "<img src=x" not in told.text  # the name of D is hostile
    assert f"/township?township={D}&lang=en".replace("&", "\\u0026") in told.text
    assert told.headers["cache-control"].startswith("private")


@pytest.mark.parametrize("name", ["甲镇", " 甲镇 "])
def test_a_name_works_like_a_code(get, name):
    assert get(f"/map/township/{name}").headers["location"] == _now(get)
    assert get(f"/m/{name}").headers["location"] == f"/m/{A}"


@pytest.mark.parametrize("address", ["/m/nowhere", "/map/township/%3Cb%3E", "/map/internal/0/township/1"])
def test_what_is_not_there_is_a_sentence(get, address):
    told = get(address)
    assert told.status in (404, 410)
    assert "<b>" not in told.text
    assert "role=" in told.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bug_in_a_map_is_the_calm_sentence_with_a_reference(get, monkeypatch, language):
    def bug(*given: object) -> None:
        raise KeyError("a secret")

    monkeypatch.setattr(maps, "place", bug)
    told = get(f"/m/{A}?lang={language}")
    before, after = text("app.broken", language, reference="|").split("|")
    assert told.status == 500
    assert re.search(re.escape(before) + "[0-9a-f]{8}" + re.escape(after), told.text)
    assert "a secret" not in told.text
    assert told.headers["cache-control"] == "no-store"


def test_while_the_data_are_opened_a_map_says_so(get, stand):
    stand("opening")
    for address in (f"/m/{A}", f"/map/township/{A}", f"/map/internal/0/township/{A}.json"):
        assert (get(address).status, get(address).headers["retry-after"]) == (503, "2")


def test_leaflet_is_kept_for_good(get):
    told = get(f"{editions.leaflet_folder()}/leaflet.js")
    assert (told.status, told.headers["cache-control"]) == (200, KEPT)
    assert get("/map/files/0/leaflet.js").status == 410
    assert get(f"{editions.leaflet_folder()}/package.json").status == 410
