"""What the siting page keeps between runs, keyed by the data's mark and plain texts."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from analysis.asking import Asked, ask, question
from analysis.methods.siting import METHOD, Better
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.batch import Judged
from analysis.methods.siting.subject import LAYERS, OWN_PROPOSALS, layer_subject, site_subject
from analysis.proposal import Proposal, from_mapping, from_row
from analysis.question import Answer, Cancelled, Progress
from app import store
from app.jobs import Desk, Job
from app.siting.session import Given
from geo.crs import transformer
from geo.zones import LONLAT
from maps.screen.suitability import suitability_picture
from maps.screen.township import township_map
from reports.siting.case import SitingCase
from words import Language

checks = Desk(most=12, queue=ThreadPoolExecutor(max_workers=2, thread_name_prefix="check"))
PATIENCE_S = 3.0  # a check that is done so soon shows no progress
Changed = tuple[tuple[str, float], ...]
PICKS = LAYERS
SECTOR_OF = {"industrial_parks": "industry"}


@dataclass(frozen=True)
class Found:
    """The answer for better places, and the address and box in degrees of the picture of their surface."""

    answer: Answer[Better]
    picture: Mapping[str, object]

    @property
    def places(self) -> tuple[Alternative, ...]:
        """The places, best first."""
        return self.answer.detail.places


@st.cache_resource(max_entries=2, show_spinner=False)
def picks(mark: str) -> dict[str, str]:
    """The features a site may be picked from, by layer:id, each with a name and its township."""
    found, names = {}, store.names(mark)
    for layer in PICKS:
        frame = store.district(mark).frames.get(layer)
        for row in [] if frame is None else frame.to_dict("records"):
            name = row["name"] if isinstance(row["name"], str) else str(row["id"])
            place = names.get(str(row["township"]), "")
            found[f"{layer}:{row['id']}"] = f"{name} · {place}" if place else name
    return found


def picked(mark: str, feature: str) -> dict[str, object] | None:
    """The row of a picked feature; none when there is none."""
    layer, _, id_ = feature.partition(":")
    frame = store.district(mark).frames.get(layer) if layer in PICKS else None
    if frame is None:
        return None
    rows = frame[frame["id"].astype(str) == id_]
    return None if rows.empty else rows.iloc[0].to_dict()


def base_of(mark: str, feature: str | None) -> Proposal:
    """What is known of the project before anything is said: the row of a project, a park's sector, or defaults."""
    row = None if feature is None else picked(mark, feature)
    if row is None or feature is None:
        return Proposal()
    if feature.startswith(OWN_PROPOSALS):
        return from_row(row)
    name = row["name"] if isinstance(row["name"], str) else ""
    return Proposal(name=name, sector=SECTOR_OF["industrial_parks"])


def said_of(base: Proposal, told: Mapping[str, object]) -> str:
    """The proposal as JSON: what is known and what the planner says instead."""
    facts = {**dataclasses.asdict(base), **told}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def proposal_of(said: str) -> Proposal:
    """The proposal behind its JSON; AtlasError for a value that cannot be."""
    facts = json.loads(said)
    if facts.get("approved"):
        facts["approved"] = date.fromisoformat(facts["approved"])
    return from_mapping({name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()})


def asked_of(given: Given, said: str, changed: Changed, *, on: date) -> Asked:
    """What is asked of a site handed in and the project of `said` (JSON); AtlasError for a value that cannot be."""
    subject = site_subject(given.shape, proposal_of(said), name=given.name, accuracy_m=given.accuracy_m)
    return Asked(on=on, assumptions=dict(changed), subject=subject)


def case_of(answer: Answer[Any], given: Given, *, on: date) -> SitingCase:
    """Everything but the better places: the answer for a site on the day, with how the site was given."""
    return SitingCase(answer, on, notes=given.notes, called=given.called)


def better_asked(asked: Asked, *, within: str) -> Asked:
    """What is asked of the same site when better places are wished for."""
    return replace(asked, wish={"better": within})


def better(mark: str, asked: Asked) -> Found:
    """The better places in the site's townships, or in the whole district."""
    answer: Answer[Better] = _ask(mark, asked)
    return Found(answer, _picture(mark, answer.id, answer))


def _ask(mark: str, asked: Asked) -> Answer[Any]:
    """The answer, computed once for all who ask the same."""
    job = checks.peek(_key(mark, asked))
    if job is not None and job.result is not None:
        return job.result
    kept = _few if asked.wish or "layer" in dict(asked.subject) else _many
    return kept(mark, question(METHOD, store.district(mark), asked).id, asked)


def check_job(mark: str, asked: Asked, *, watcher: str) -> Job:
    """The job that answers what is asked of a site or a layer; its result is the answer."""
    return checks.start(check_work, (mark, asked), key=_key(mark, asked), watcher=watcher)


def check_work(mark: str, asked: Asked, *, progress: Progress, cancelled: Cancelled) -> Answer[Any]:
    """The answer; AtlasError `siting.errors.cancelled` when it was told to end."""
    return ask(METHOD, store.district(mark), asked, progress=progress, cancelled=cancelled)


def _key(mark: str, asked: Asked) -> str:
    return f"{mark} {question(METHOD, store.district(mark), asked).id}"


@st.cache_resource(max_entries=64, show_spinner=False)
def _many(mark: str, id_: str, _asked: Asked) -> Answer[Any]:
    return ask(METHOD, store.district(mark), _asked)


@st.cache_resource(max_entries=4, show_spinner=False)
def _few(mark: str, id_: str, _asked: Asked) -> Answer[Any]:
    """Answers that hold a surface or a whole layer."""
    return ask(METHOD, store.district(mark), _asked)


@st.cache_resource(max_entries=8, show_spinner=False)
def _picture(mark: str, id_: str, _answer: Answer[Better]) -> Mapping[str, object]:
    surface = _answer.detail.surface
    picture = suitability_picture(surface.raster, surface.excluded)
    sign = hashlib.sha256(picture.data).hexdigest()[:16]
    address = store.served(f"suitability-{sign}.png", picture.data)
    return {"address": address, "bounds": [*picture.bounds]}


def surface_tif(found: Found) -> bytes:
    """The suitability surface as a cloud-optimised GeoTIFF."""
    from geo.grids.raster import write_cog

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suitability.tif"
        write_cog(found.answer.detail.surface.raster, path)
        return path.read_bytes()


def layer_asked(layer: str, said: str, changed: Changed, *, on: date) -> Asked:
    """What is asked of every site of a layer; `said` is the project (JSON) of rows that are none themselves."""
    return Asked(on=on, assumptions=dict(changed), subject=layer_subject(layer, proposal_of(said)))


def batch(mark: str, asked: Asked) -> tuple[Judged, ...]:
    """Every site of the layer asked of, judged."""
    return _ask(mark, asked).detail.judged


@st.cache_resource(max_entries=120, show_spinner=False)
def siting_map(mark: str, code: str, language: Language) -> str:
    """The map of a township on which a site may be drawn."""
    return township_map(
        store.prepared(mark),
        code,
        layers=(),
        **store.map_facts(mark, language),
        draw=True,
    )


def degrees(mark: str, shape: BaseGeometry) -> dict[str, object]:
    """A shape of the metric CRS as GeoJSON in degrees, light enough for the screen."""
    turn = transformer(store.district(mark).settings.metric_crs, LONLAT)
    light = shape if shapely.get_num_coordinates(shape) < 2000 else shapely.simplify(shape, 3.0)
    plain = shapely.transform(shapely.force_2d(light), lambda xy: np.column_stack(turn.transform(*xy.T)).round(7))
    return json.loads(shapely.to_geojson(plain))


def township_at(mark: str, shape: BaseGeometry) -> str | None:
    """The township of today that holds the middle of a shape."""
    frame = store.district(mark).townships
    hit = frame.index[frame.intersects(shape.centroid)]
    return str(hit[0]) if len(hit) else None
