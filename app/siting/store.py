"""What the siting page keeps between runs, keyed by the data's mark and plain texts."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from analysis.assumption import resolve
from analysis.methods.siting import ASSUMPTIONS, Ground, Inquiry, examine, make_site, water_for
from analysis.methods.siting.answer.alternatives import Alternative, alternatives
from analysis.methods.siting.answer.surface import Surface, suitability
from analysis.methods.siting.batch import OWN_PROPOSALS, Judged, judge_layer
from analysis.proposal import Proposal, from_mapping, from_row
from app import store
from app.map_view import LEAFLET
from geo.crs import transformer
from geo.zones import LONLAT
from maps.screen.suitability import suitability_picture
from maps.screen.township import township_map
from reports.siting.case import SitingCase
from words import Language

Changed = tuple[tuple[str, float], ...]
PICKS = (OWN_PROPOSALS, "industrial_parks")
SECTOR_OF = {"industrial_parks": "industry"}


@dataclass(frozen=True)
class Question:
    """All that decides an answer, as plain values: `said` is the proposal as JSON, `wkb` the site in hexadecimal."""

    mark: str
    wkb: str
    name: str
    accuracy_m: float
    said: str
    changed: Changed

    @property
    def key(self) -> tuple[str, str, str, float, str, Changed]:
        """The values one after another."""
        return self.mark, self.wkb, self.name, self.accuracy_m, self.said, self.changed


@dataclass(frozen=True)
class Better:
    """Better places, the surface they were found on, and its picture's address and box in degrees."""

    places: tuple[Alternative, ...]
    surface: Surface
    picture: Mapping[str, object]


@st.cache_resource(max_entries=2, show_spinner=False)
def ground(mark: str) -> Ground:
    """The district with what siting derives from it."""
    return Ground(store.district(mark))


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


def assumed(changed: Changed) -> dict[str, float]:
    """The value of every assumption."""
    return resolve(ASSUMPTIONS, dict(changed))


@st.cache_resource(max_entries=64, show_spinner=False)
def answer(mark: str, wkb: str, name: str, accuracy_m: float, said: str, changed: Changed) -> SitingCase:
    """Everything but the better places; AtlasError when the site cannot be judged."""
    values, known, proposal = assumed(changed), ground(mark), proposal_of(said)
    site = make_site(shapely.from_wkb(wkb), known.district, assumed=values, name=name, accuracy_m=accuracy_m)
    inquiry = Inquiry(site, proposal, known, values)
    verdicts = examine(site, proposal, ground=known, assumed=values)
    return SitingCase(inquiry=inquiry, verdicts=verdicts, water=water_for(inquiry), changed=dict(changed))


@st.cache_resource(max_entries=4, show_spinner=False)
def better(mark: str, wkb: str, name: str, accuracy_m: float, said: str, changed: Changed, *, whole: bool) -> Better:
    """The better places in the site's townships, or in the `whole` district."""
    inquiry = answer(mark, wkb, name, accuracy_m, said, changed).inquiry
    shapes = [store.district(mark).township(code).geometry for code in inquiry.site.townships]
    surface = suitability(inquiry, within=None if whole else shapely.union_all(shapes))
    picture = suitability_picture(surface.raster, surface.excluded)
    sign = hashlib.sha256(picture.data).hexdigest()[:16]
    address = store.served(f"suitability-{sign}.png", picture.data)
    return Better(tuple(alternatives(inquiry, surface)), surface, {"address": address, "bounds": [*picture.bounds]})


def surface_tif(found: Better) -> bytes:
    """The suitability surface as a cloud-optimised GeoTIFF."""
    from geo.grids.raster import write_cog

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "suitability.tif"
        write_cog(found.surface.raster, path)
        return path.read_bytes()


@st.cache_resource(max_entries=4, show_spinner=False)
def batch(mark: str, layer: str, said: str, changed: Changed) -> tuple[Judged, ...]:
    """Every site of a layer."""
    return tuple(judge_layer(ground(mark), assumed(changed), layer=layer, proposal=proposal_of(said)))


@st.cache_resource(max_entries=120, show_spinner=False)
def siting_map(mark: str, code: str, language: Language) -> str:
    """The map of a township on which a site may be drawn."""
    return township_map(
        store.prepared(mark),
        code,
        layers=(),
        language=language,
        base=store.picture_address(mark),
        assets=LEAFLET,
        edition_line=store.edition_line(language),
        draw=True,
    )


def degrees(mark: str, shape: BaseGeometry) -> dict[str, object]:
    """A shape of the metric CRS as GeoJSON in degrees, light enough for the screen."""
    turn = transformer(store.district(mark).settings.metric_crs, LONLAT)
    light = shape if shapely.get_num_coordinates(shape) < 2000 else shapely.simplify(shape, 3.0)
    plain = shapely.transform(shapely.force_2d(light), lambda xy: _round(turn.transform(xy[:, 0], xy[:, 1])))
    return json.loads(shapely.to_geojson(plain))


def _round(places: tuple[object, object]) -> object:
    return pd.DataFrame({"x": places[0], "y": places[1]}).round(7).to_numpy()


def township_at(mark: str, shape: BaseGeometry) -> str | None:
    """The township of today that holds the middle of a shape."""
    frame = store.district(mark).townships
    hit = frame.index[frame.intersects(shape.centroid)]
    return str(hit[0]) if len(hit) else None
