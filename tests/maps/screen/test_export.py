"""The offline file holds everything and refuses to be made when anything would have to be fetched."""

from __future__ import annotations

from functools import lru_cache

import pytest

from maps.screen.assets import leaflet_style
from maps.screen.export import outside_addresses, single_file, township_file
from maps.screen.prepared import prepare
from maps.screen.township import township_map
from tests.maps.screen.test_township import data_of
from tests.small_district import A, D, small_district
from words import text
from words.errors import AtlasError


@lru_cache(maxsize=1)
def small():
    return prepare(small_district())


def test_nothing_is_left_to_fetch():
    html = township_file(small(), A, layers=["villages"])
    assert outside_addresses(html) == []
    assert "Content-Security-Policy" in html
    assert data_of(html)["picture"]["address"].startswith("data:image/webp;base64,")
    assert len(html) < 600_000


def test_all_layers_of_the_township_come_along():
    assert set(data_of(township_file(small(), A, layers=[]))["data"]) == set(small().parts[A])


def test_hostile_names_are_carried_inert():
    html = township_file(small(), D, layers=[])
    assert "<img src=x" not in html
    assert outside_addresses(html) == []


def test_pictures_of_leaflet_are_written_in():
    assert "url(images/" not in leaflet_style()
    assert "url(data:image/png;base64," in leaflet_style()


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<img src="https://example.org/a.png">', "https://example.org/a.png"),
        ("<a href='http://example.org'>x</a>", "http://example.org"),
        ("<style>a{background:url(https://example.org/b.png)}</style>", "https://example.org/b.png"),
        ('<style>@import "//example.org/c.css";</style>', '"//example.org/c.css"'),
        ('<div style="background:url(d.png)"></div>', "d.png"),
        ('<link rel="stylesheet" href="other.css"/>', "other.css"),
        ('<script src="https://example.org/e.js"></script>', "https://example.org/e.js"),
    ],
)
def test_any_address_left_over_is_refused_and_named(markup, address):
    page = township_map(small(), A, layers=[]).replace("<body>", f"<body>{markup}", 1)
    with pytest.raises(AtlasError) as refused:
        single_file(page)
    assert refused.value.facts == {"address": address}
    assert address in text(refused.value.key, "zh", **refused.value.facts)


def test_an_address_in_data_is_text_not_a_link():
    assert outside_addresses('<script>var a = "https://example.org";</script><p>https://example.org</p>') == []
