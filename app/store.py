"""What is kept between runs: the only module that caches, keyed by plain strings.

The district is known by a fingerprint of its files, so a changed file is seen at the next run.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import os
import time
import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.asking import Asked, about_townships, ask, question
from analysis.finding import Finding
from analysis.question import Answer
from app import uploads
from app.journal import journal
from app.last_good import Held, Setback
from app.map_view import LEAFLET, PICTURES, serves_pictures
from app.settings import AppSettings, settings
from geo.atomic import put, sweep
from intake import reading
from layers import departments
from layers.district import District
from layers.problem import Problem
from layers.versions.opening import open_district
from maps.screen.prepared import Prepared, prepare
from words import Language, text
from words.errors import AtlasError

_DATA_FOLDERS = ("shapefiles", "rasters", "tables", "rules")
Findings = Mapping[tuple[str, str], Finding]


@lru_cache(maxsize=1)
def app_settings() -> AppSettings:
    """The settings this process runs with."""
    return settings()


def refusal(error: Exception) -> AtlasError:
    """A refusal as it is; a bug as the calm sentence, whose reference is in the log by now."""
    if isinstance(error, AtlasError):
        return AtlasError(error.key, **error.facts)
    reference = uuid.uuid4().hex[:8]
    journal(app_settings().state).error("reference %s", reference, exc_info=error)
    return AtlasError("app.broken", reference=reference)


def fingerprint(folder: Path) -> str:
    """Twelve hex digits that change when any file of the folder is added, removed or written."""
    seen = hashlib.sha256(str(folder).encode())
    for place in (folder, *(folder / name for name in _DATA_FOLDERS)):
        with contextlib.suppress(OSError):  # what is being moved away, or cannot be listed, opening tells of
            for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
                stat = entry.stat()
                seen.update(f"{entry.name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:12]


LOOK_S = 0.2  # pages that ask so soon one after another, as those of one run do, look at the folder once
HALF = ("problems.toml_line", "problems.toml_unreadable")  # a file of sources half-saved: what was read whole stays


@lru_cache(maxsize=8)
def _held(folder: Path) -> Held:
    return Held()


def current() -> str:
    """The fingerprint of the data folder as it last opened; every cached thing below is asked for with it.

    AtlasError when it does not open and never did.
    """
    folder = app_settings().data
    held = _held(folder)

    def open_(mark: str) -> None:
        ready(mark)
        half = next((one for one in district(mark).problems if one.key in HALF), None)
        if half is not None and held.mark is not None:
            raise AtlasError(half.key, **half.facts)

    at, mark = held.looked
    if time.monotonic() - at > LOOK_S:
        mark = fingerprint(folder)
        held.looked = time.monotonic(), mark
    return held.choose(mark, open_, refusal)


def unopened() -> AtlasError | None:
    """Why there is no district to show; none when there is one."""
    try:
        current()
    except AtlasError as error:
        return error
    return None


def broken() -> Mapping[str, Problem]:
    """The layers of the district shown that are there and could not be read."""
    mark = _held(app_settings().data).mark
    return {} if mark is None else district(mark).broken


def setback() -> Setback | None:
    """Since when and why what is shown is not what the data folder holds; none when it is."""
    return _held(app_settings().data).setback


@st.cache_resource(max_entries=2, show_spinner=False)
def district(mark: str) -> District:
    """The opened district; answers about another are let go."""
    _answer.clear()
    return open_district(app_settings().data)


@st.cache_resource(max_entries=2, show_spinner=False)
def prepared(mark: str) -> Prepared:
    """The district's geometry made ready for maps."""
    return prepare(district(mark))


def answered(mark: str, method: str, asked: Asked) -> Answer[Any]:
    """What a method says, kept by the id of the question."""
    return kept(method, district(mark), asked)


def kept(method: str, opened: District, asked: Asked) -> Answer[Any]:
    """The same of an opened district."""
    return _answer(question(method, opened, asked).id, method, opened, asked)


@st.cache_resource(max_entries=100, show_spinner=False)
def _answer(id_: str, method: str, _district: District, _asked: Asked) -> Answer[Any]:
    return ask(method, _district, _asked)


def findings(mark: str) -> Findings:
    """What all methods say of townships and of the district, by (indicator id, code)."""
    return _findings(mark, date.today())


@st.cache_resource(max_entries=2, show_spinner=False)
def _findings(mark: str, on: date) -> Findings:
    answers = about_townships(district(mark), Asked(on=on), through=kept)
    return {
        (finding.indicator.id, finding.subject): finding
        for answer in answers
        for finding in answer.findings
        if finding.indicator.subject == "township"
    }


def about(mark: str, indicator: str) -> Finding:
    """A finding that says what an indicator's figures rest on: the district's, else (runoff has none) a township's."""
    known = findings(mark)
    of_all = known.get((indicator, district(mark).settings.code))
    return of_all or next(finding for (id_, _), finding in known.items() if id_ == indicator)


def indicators(mark: str) -> tuple[str, ...]:
    """The indicators that townships have figures of, in the order of the methods."""
    return tuple(dict.fromkeys(id_ for id_, _ in findings(mark)))


@st.cache_resource(max_entries=2, show_spinner=False)
def ready(mark: str) -> bool:
    """Make everything the pages start from; the first visitor waits here, with a sentence, and nowhere else.

    What is made stays for good, so the garbage collector is told to pass it over: Streamlit collects after every run.
    """
    reading.warm(district(mark))
    kept_in_bounds()
    prepared(mark)
    findings(mark)
    gc.collect()
    gc.freeze()
    return True


@lru_cache(maxsize=1)
def kept_in_bounds() -> bool:
    """Hold the uploads of this server to their limits, and sweep away what killed writers left, once."""
    uploads.cap_server()
    data, state = app_settings().data, app_settings().state
    sweep((state, app_settings().pictures, *(data / name for name in ("", *_DATA_FOLDERS))))
    return True


def district_name(mark: str, language: Language) -> str:
    """The district's name in the language."""
    settings_ = district(mark).settings
    return settings_.name if language == "zh" else settings_.name_en


def department(role: str, language: Language) -> str:
    """What the department with this role is called in the district that is shown."""
    return departments.department(role, district(current()).departments, language)


def edition_line(language: Language) -> str:
    """The 审图号 or edition mark of every map."""
    usual = "app.edition" if app_settings().edition == "internal" else "app.edition_public"
    return app_settings().edition_line or text(usual, language)


def joint(parts: Iterable[str], language: Language) -> str:
    """Names one after another as the language writes them."""
    return text("app.joint", language).join(part for part in parts if part)


def names(mark: str) -> dict[str, str]:
    """The townships of today by code, in the order of the codes."""
    return {code: place.name for code, place in prepared(mark).places.items()}


def issuers(mark: str, layers: Iterable[str], language: Language) -> str:
    """Who issued the layers that are there, as the language writes a list."""
    known = district(mark).entries
    return joint(sorted({known[layer].source.issuer for layer in layers if layer in known}), language)


def version_line(mark: str, language: Language) -> str:
    """Which data version is shown, and the newest date of its sources."""
    opened = district(mark)
    day = max((entry.source.as_of.isoformat() for entry in opened.entries.values()), default="—")
    return text("app.version", language, version=opened.version, day=day)


@st.cache_data(max_entries=500, show_spinner=False)
def qr(address: str) -> str:
    """The QR code of an address as a picture address that needs no server."""
    from reports.qr import qr_png

    return embedded("image/png", qr_png(address, module_px=5))


@st.cache_resource(max_entries=2, show_spinner=False)
def picture_address(mark: str) -> str | None:
    """Where the browser finds the relief; its file name holds the data version, so it may be kept for good."""
    picture = prepared(mark).picture
    if picture is None:
        return None
    return served(f"relief-{district(mark).version}.webp", picture.data)


def map_facts(mark: str, language: Language) -> dict[str, Any]:
    """What every map is told: language, relief, the libraries beside it, edition mark."""
    return {
        "language": language,
        "base": picture_address(mark),
        "assets": LEAFLET,
        "edition_line": edition_line(language),
    }


def served(name: str, data: bytes) -> str:
    """A picture put where the browser may fetch it; its address, the picture itself where it cannot be put there.

    The name changes with the data.
    """
    if not serves_pictures():
        return embedded(f"image/{name.rpartition('.')[2]}", data)
    try:
        put(app_settings().pictures / name, data)
    except OSError as error:
        journal(app_settings().state).warning("%s is embedded: %s", name, error)
        return embedded(f"image/{name.rpartition('.')[2]}", data)
    return f"{PICTURES}/{name}"


def embedded(kind: str, data: bytes) -> str:
    """A picture as an address that needs no server."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
