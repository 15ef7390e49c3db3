"""What is kept between runs: the only module that caches, keyed by plain strings.

The district is known by a fingerprint of its files, so a changed file is seen at the next run.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.asking import Asked, ask
from analysis.finding import Finding
from analysis.methods import rainwater
from app.map_view import LEAFLET, PICTURES
from app.settings import AppSettings, settings
from geo.atomic import put
from layers.catalogue import CATALOGUE
from layers.district import District, Entry
from layers.problem import Problem
from layers.versions.opening import open_district
from maps.look.rows import names_by_key
from maps.screen import district as district_maps
from maps.screen import township as township_maps
from maps.screen.prepared import Prepared, prepare
from reports.book.readable import headings, readable
from words import Language, text

Findings = Mapping[tuple[str, str], Finding]


@lru_cache(maxsize=1)
def app_settings() -> AppSettings:
    """The settings this process runs with."""
    return settings()


def fingerprint(folder: Path) -> str:
    """Twelve hex digits that change when any file of the folder is added, removed or written."""
    seen = hashlib.sha256(str(folder).encode())
    for place in (folder, *(folder / name for name in ("shapefiles", "rasters", "tables"))):
        if place.is_dir():
            for entry in sorted(os.scandir(place), key=lambda entry: entry.name):
                stat = entry.stat()
                seen.update(f"{entry.name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:12]


def current() -> str:
    """The fingerprint of the data folder now; every cached thing below is asked for with it."""
    return fingerprint(app_settings().data)


@st.cache_resource(max_entries=2, show_spinner=False)
def district(mark: str) -> District:
    """The opened district."""
    return open_district(app_settings().data)


@st.cache_resource(max_entries=2, show_spinner=False)
def prepared(mark: str) -> Prepared:
    """The district's geometry made ready for maps."""
    return prepare(district(mark))


@st.cache_resource(max_entries=2, show_spinner=False)
def findings(mark: str) -> Findings:
    """The township profile and the usable rain by (indicator id, township code)."""
    profile = ask("township", district(mark), Asked(on=date.today()))
    made = [*profile.findings, *rainwater.usable(district(mark), {})]
    return {(finding.indicator.id, finding.subject): finding for finding in made}


@st.cache_resource(max_entries=2, show_spinner=False)
def ready(mark: str) -> bool:
    """Make everything the pages start from; the first visitor waits here, with a sentence, and nowhere else.

    What is made stays for good, so the garbage collector is told to pass it over: Streamlit collects after every run.
    """
    prepared(mark)
    findings(mark)
    gc.collect()
    gc.freeze()
    return True


def district_name(mark: str, language: Language) -> str:
    """The district's name in the language."""
    settings_ = district(mark).settings
    return settings_.name if language == "zh" else settings_.name_en


def edition_line(language: Language) -> str:
    """The 审图号 or edition mark of every map."""
    return app_settings().edition_line or text("app.edition", language)


@st.cache_resource(max_entries=400, show_spinner=False)
def township_map(mark: str, code: str, language: Language) -> str:
    """The map page of a township; which layers it shows is told to it in the browser."""
    return township_maps.township_map(
        prepared(mark),
        code,
        layers=(),
        language=language,
        base=picture_address(mark),
        assets=LEAFLET,
        tianditu_key=app_settings().tianditu_key,
        edition_line=edition_line(language),
    )


@st.cache_resource(max_entries=60, show_spinner=False)
def district_map(mark: str, indicator: str, language: Language) -> str:
    """The map page of the district, coloured by an indicator."""
    known = findings(mark)
    whole = known[indicator, district(mark).settings.code]
    return district_maps.district_map(
        prepared(mark),
        {code: known[indicator, code].value for code in prepared(mark).places},
        indicator=indicator,
        unit=whole.indicator.unit,
        language=language,
        base=picture_address(mark),
        assets=LEAFLET,
        edition_line=edition_line(language),
        source=joint(sorted({e.source.issuer for e in _entries(mark, whole.layers)}), language),
        as_of=whole.as_of or "",
        status=whole.status,
    )


def joint(parts: Iterable[str], language: Language) -> str:
    """Names one after another as the language writes them."""
    return text("app.joint", language).join(part for part in parts if part)


def names(mark: str) -> dict[str, str]:
    """The townships of today by code, in the order of the codes."""
    return {code: place.name for code, place in prepared(mark).places.items()}


def ranked(mark: str, indicator: str) -> list[Finding]:
    """The townships' findings of an indicator, largest first, unknown ones last."""
    found = [findings(mark)[indicator, code] for code in prepared(mark).places]
    return sorted(found, key=lambda finding: (finding.value is None, -(finding.value or 0.0)))


def version_line(mark: str, language: Language) -> str:
    """Which data version is shown, and the newest date of its sources."""
    opened = district(mark)
    day = max((entry.source.as_of.isoformat() for entry in opened.entries.values()), default="—")
    return text("app.version", language, version=opened.version, day=day)


def theme_layers(theme: str) -> tuple[str, ...]:
    """The map layers shown for a theme."""
    return township_maps.default_layers(theme)


def counts_inside(mark: str, code: str, theme: str) -> dict[str, int]:
    """How many features of each layer of the theme lie in the township, the theme's own layers first.

    Layers that are missing are left out.
    """
    made = prepared(mark)
    counts = made.counts.get(code, {})
    present = [layer for layer in theme_layers(theme) if layer in made.present]
    own_first = sorted(present, key=lambda layer: CATALOGUE[layer].themes[0] != theme)
    return {layer: counts.get(layer, 0) for layer in own_first}


def layers_inside(mark: str, code: str) -> list[str]:
    """The layers that have something in the township."""
    return list(prepared(mark).counts.get(code, {}))


@st.cache_resource(max_entries=2000, show_spinner=False)
def inside(mark: str, code: str, layer: str, language: Language) -> pd.DataFrame:
    """The features of a layer in a township as people read them; columns empty throughout are left out."""
    frame = district(mark).within(layer, code)
    kept = frame.drop(columns=[frame.geometry.name, "township"], errors="ignore").reset_index(drop=True)
    shown = readable(kept, CATALOGUE[layer], language=language, names=_reference_names(mark))
    return shown.dropna(axis="columns", how="all")


@st.cache_resource(max_entries=2, show_spinner=False)
def _reference_names(mark: str) -> Mapping[str, Mapping[str, str]]:
    """The names people know features by: layer, then key, then name."""
    return {**names_by_key(district(mark)), "townships": names(mark)}


def feature_at(mark: str, code: str, layer: str, *, row: int, language: Language) -> tuple[str, str] | None:
    """Layer and key of a row of `inside`, none when there is no such row or the layer has no key."""
    frame, key = inside(mark, code, layer, language), CATALOGUE[layer].key
    column = headings(CATALOGUE[layer], language)[key.name] if key else None
    if column not in frame.columns or row >= len(frame):
        return None
    return layer, str(frame[column].iloc[row])


def problems(mark: str, code: str) -> list[Problem]:
    """The data problems that name a township."""
    return [problem for problem in district(mark).problems if problem.township == code]


def problems_of_layer(mark: str, layer: str) -> list[Problem]:
    """The data problems of a layer."""
    return [problem for problem in district(mark).problems if problem.layer == layer]


def problem_counts(mark: str) -> Counter[str]:
    """The number of problems by layer."""
    return Counter(problem.layer for problem in district(mark).problems)


@st.cache_data(max_entries=500, show_spinner=False)
def qr(address: str) -> str:
    """The QR code of an address as a picture address that needs no server."""
    from reports.qr import qr_png

    return f"data:image/png;base64,{base64.b64encode(qr_png(address, module_px=5)).decode('ascii')}"


@st.cache_resource(max_entries=2, show_spinner=False)
def picture_address(mark: str) -> str | None:
    """Where the browser finds the relief; its file name holds the data version, so it may be kept for good."""
    picture = prepared(mark).picture
    if picture is None:
        return None
    name = f"relief-{district(mark).version}.webp"
    put(app_settings().pictures / name, picture.data)
    return f"{PICTURES}/{name}"


def _entries(mark: str, layers: Iterable[str]) -> list[Entry]:
    known = district(mark).entries
    return [known[layer] for layer in layers if layer in known]
