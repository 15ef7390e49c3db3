"""Siting on the shipped district: one site with all checks, a thousand in a row, the surface, better places."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import shapely

from analysis.assumption import resolve
from analysis.methods.siting.answer.alternatives import alternatives
from analysis.methods.siting.answer.engine import examine
from analysis.methods.siting.answer.surface import suitability
from analysis.methods.siting.assumptions import ASSUMPTIONS
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.ground.site import Site, make_site
from analysis.proposal import Proposal, from_row
from layers.versions.opening import open_district
from words.errors import AtlasError

DATA = Path(__file__).resolve().parents[1] / "data"
AIM_ONE_S, AIM_THOUSAND_S, AIM_SURFACE_S = 0.5, 20.0, 3.0
_SITES = 1000
_DAY = date(2025, 6, 1)
_PROPOSAL = Proposal(sector="chemical", source="groundwater", discharge="river", demand_m3_per_year=200_000)


def run() -> list[dict[str, object]]:
    """Rows {name, value, unit, peer, ratio, aim}: seconds; no other tool does this, so there is no peer."""
    district = open_district(DATA)
    assumed = resolve(ASSUMPTIONS, {})
    ground = Ground(district)
    rows = district.frames["construction_projects"].to_dict("records")
    sites = [make_site(row["geometry"], district, assumed=assumed, id=str(row["id"])) for row in rows]
    pairs = list(zip(sites, map(from_row, rows), strict=True))
    for site, proposal in pairs:
        examine(Inquiry(site, proposal, ground, assumed, _DAY))
    slowest = max(_seconds(lambda s=s, p=p: examine(Inquiry(s, p, ground, assumed, _DAY))) for s, p in pairs)
    many = _scattered(ground, assumed)
    thousand = _seconds(lambda: [examine(Inquiry(s, _PROPOSAL, ground, assumed, _DAY), with_flips=False) for s in many])
    inquiry = Inquiry(sites[0], _PROPOSAL, ground, assumed, _DAY)
    cold = _seconds(lambda: suitability(Inquiry(sites[0], _PROPOSAL, Ground(district), assumed, _DAY)))
    surface = suitability(inquiry)
    return [
        _row("one site, all checks with what would change them (slowest of 30)", slowest, AIM_ONE_S),
        _row("1,000 sites, all checks", thousand, AIM_THOUSAND_S),
        _row("suitability of the district, cold", cold, AIM_SURFACE_S),
        _row("suitability of the district, warm", _seconds(lambda: suitability(inquiry)), AIM_SURFACE_S),
        _row("five better places, checked anew", _seconds(lambda: alternatives(inquiry, surface)), AIM_SURFACE_S),
    ]


def _scattered(ground: Ground, assumed: dict[str, float]) -> list[Site]:
    """A thousand squares of 200 m all over the district."""
    rng = np.random.default_rng(5)
    west, south, east, north = ground.outline.bounds
    found: list[Site] = []
    while len(found) < _SITES:
        x, y = rng.uniform((west, south), (east, north))
        try:
            found.append(make_site(shapely.box(x, y, x + 200, y + 200), ground.district, assumed=assumed))
        except AtlasError:
            continue
    return found


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _row(name: str, seconds: float, aim: float) -> dict[str, object]:
    return {"name": name, "value": seconds, "unit": "s", "peer": None, "ratio": None, "aim": aim}


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']}: {row['value']:.3f} s (aim {row['aim']} s)")
