"""Under which address a map lies: edition, and the version of all that decides its bytes."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from urllib.parse import quote

from app import access, store
from app.settings import ROOT
from maps.screen.assets import LEAFLET_FOLDER
from words import Language

LEAFLET = ("leaflet.js", "leaflet.css")
_FOLDERS = ("app", "analysis", "geo", "layers", "maps", "words", "rules")
_SUFFIXES = (".py", ".js", ".css", ".toml")
_YEAR_S = 31536000


@lru_cache(maxsize=1)
def _our_files() -> bytes:
    """A digest of the product itself."""
    seen = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in _SUFFIXES:
                seen.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return seen.digest()


@lru_cache(maxsize=1)
def leaflet_folder() -> str:
    """Where Leaflet lies; the name changes with its content."""
    content = b"".join((LEAFLET_FOLDER / name).read_bytes() for name in LEAFLET)
    return f"/map/files/{hashlib.sha256(content).hexdigest()[:12]}"


def version(mark: str) -> str:
    """Twelve hex digits over data, answers, product and settings: another map has another."""
    settings = store.app_settings()
    answers = sorted({finding.result_id for finding in store.findings(mark).values()})
    told = json.dumps([mark, answers, access.edition(), settings.edition_line, settings.tianditu_key])
    return hashlib.sha256(_our_files() + told.encode()).hexdigest()[:12]


def address(mark: str, rest: str, language: Language) -> str:
    """The address of what lies under edition and version, as it is now."""
    query = "?lang=en" if language == "en" else ""
    return f"/map/{access.edition()}/{version(mark)}/{quote(rest)}{query}"


def kept() -> str:
    """How long and by whom what carries a version may be kept: of the internal edition, by no shared cache."""
    shared = "public" if access.edition() == "public" else "private"
    return f"{shared}, max-age={_YEAR_S}, immutable"
