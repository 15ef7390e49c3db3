"""Where the browser's files come from: Leaflet out of its installed package, our own from `maps/web`."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path

import xstatic.pkg.leaflet

LEAFLET_FOLDER = Path(xstatic.pkg.leaflet.BASE_DIR)
_WEB = Path(__file__).parent.parent / "web"
_SCRIPTS = (
    *("start", "pack", "symbols", "layers", "card", "panel", "labels", "search"),
    *("measure", "furniture", "land", "host", "township", "points", "district", "siting", "draw", "network"),
)
_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".gif": "image/gif"}


@lru_cache(maxsize=1)
def web_script() -> str:
    """Our own scripts as one text, comments of their own line left out."""
    return "\n".join(_without_comments((_WEB / f"{name}.js").read_text(encoding="utf-8")) for name in _SCRIPTS)


@lru_cache(maxsize=1)
def web_style() -> str:
    """Our own style sheet."""
    return (_WEB / "atlas.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def leaflet_script() -> str:
    """Leaflet as text, without the reference to its source map."""
    text = (LEAFLET_FOLDER / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Leaflet's style sheet with its pictures written into it."""
    text = (LEAFLET_FOLDER / "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"url\(([^)]+)\)", _written_in, text)


def _written_in(found: re.Match[str]) -> str:
    address = found.group(1).strip("'\"")
    if address.startswith(("data:", "#")):
        return found.group(0)
    path = LEAFLET_FOLDER / address
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"url(data:{_TYPES[path.suffix]};base64,{data})"


def _without_comments(script: str) -> str:
    lines = script.splitlines()
    return "\n".join(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("//"))
