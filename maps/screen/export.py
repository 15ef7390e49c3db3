"""A map as one file that opens from a USB stick: everything inside, nothing asked of any network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

from maps.screen.assets import leaflet_script, leaflet_style
from maps.screen.hillshade import crop
from maps.screen.prepared import Prepared
from maps.screen.township import township_map
from words import Language
from words.errors import AtlasError

# The browser itself then refuses whatever would leave the file.
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:\">"
)
_SCRIPT = re.compile(r'<script src="([^"]*)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"\s*/?>')
_ADDRESSES = frozenset({"src", "href", "srcset", "action", "poster", "data", "background", "xlink:href"})
_IN_STYLE = re.compile(r"""url\(\s*['"]?(?!data:|#)([^)'"]+)|@import\s+([^;]+)""", re.IGNORECASE)


def township_file(
    prepared: Prepared,
    code: str,
    *,
    layers: Sequence[str],
    language: Language = "zh",
    edition_line: str | None = None,
) -> str:
    """The township's map as one HTML file with all its layers, switches, search and relief."""
    place = prepared.places.get(code)
    picture = crop(prepared.picture, place.bounds) if prepared.picture and place else None
    html = township_map(prepared, code, layers=layers, language=language, base=picture, edition_line=edition_line)
    return single_file(html)


def single_file(html: str) -> str:
    """The page with Leaflet and its pictures written into it.

    Raises AtlasError `maps.link_left` when any address would still have to be fetched.
    """
    written = _SCRIPT.sub(lambda found: _script(found.group(1)), html)
    written = _STYLE.sub(lambda found: _style(found.group(1)), written)
    written = written.replace("<head>", f"<head>{_POLICY}", 1)
    for address in outside_addresses(written):
        raise AtlasError("maps.link_left", address=address)
    return written


def _script(address: str) -> str:
    if not address.endswith("/leaflet.js"):
        raise AtlasError("maps.link_left", address=address)
    return f"<script>{leaflet_script()}</script>"


def _style(address: str) -> str:
    if not address.endswith("/leaflet.css"):
        raise AtlasError("maps.link_left", address=address)
    return f"<style>{leaflet_style()}</style>"


def outside_addresses(html: str) -> list[str]:
    """Every address in tags, style attributes and style sheets that is neither inside the file nor written as data."""
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return finder.found


class _Finder(HTMLParser):
    """Collects addresses; the text of scripts is not markup and is left alone."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        given: Mapping[str, str | None] = dict(attrs)
        for name, value in given.items():
            if name in _ADDRESSES and value and not value.startswith(("data:", "#")):
                self.found.append(value)
            if name == "style" and value:
                self._look(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._look(data)

    def _look(self, style: str) -> None:
        self.found += [(address or imported).strip() for address, imported in _IN_STYLE.findall(style)]
