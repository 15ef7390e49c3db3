"""The quick ways near a site give what the plain ways give: distances, shares, cells, and whole answers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from small_district import small_district

from analysis.asking import Asked, ask
from analysis.methods.siting.answer.record import as_record, water_record
from analysis.methods.siting.ground import found, site, slope
from analysis.methods.siting.space import near, reaches
from analysis.methods.siting.subject import site_subject
from analysis.methods.siting.water import sources
from analysis.proposal import Proposal
from layers.district import District

DAY = date(2026, 1, 1)


def jagged(chance: np.random.Generator, middle: tuple[float, float], corners: int) -> shapely.Polygon:
    """A star of so many corners, its teeth as long as chance has it."""
    turn = np.sort(chance.uniform(0, 2 * np.pi, corners))
    far = chance.uniform(80, 700) * chance.uniform(0.5, 1.0, corners)
    return shapely.Polygon(np.column_stack([middle[0] + far * np.cos(turn), middle[1] + far * np.sin(turn)]))


@pytest.mark.parametrize("seed", range(20))
def test_distances_and_nearest_are_those_of_the_plain_way(seed):
    chance = np.random.default_rng(seed)
    place = jagged(chance, (0.0, 0.0), 300)
    shapes = np.array([jagged(chance, tuple(chance.uniform(-3000, 3000, 2)), 90) for _ in range(12)], dtype=object)
    shapes = np.append(shapes, [shapely.Point(1, 2), place.buffer(2_000), shapely.boundary(shapes[0])])
    plain = shapely.distance(place, shapes)
    assert near.distances(place, shapes) == pytest.approx(plain, abs=1e-9)
    few = shapes[plain > 0]
    tree = shapely.STRtree(few)
    assert near.nearest(place, tree) == (
        int(plain[plain > 0].argmin()),
        pytest.approx(plain[plain > 0].min(), abs=1e-9),
    )
    cut = shapely.intersection(place, near.clipped(shapes, place, margin_m=0.0))
    assert shapely.area(cut) == pytest.approx(shapely.area(shapely.intersection(place, shapes)), abs=1e-6)
    assert shapely.length(cut) == pytest.approx(shapely.length(shapely.intersection(place, shapes)), abs=1e-6)


@pytest.mark.parametrize("seed", range(10))
def test_cells_under_a_site_keep_their_part(seed):
    chance = np.random.default_rng(seed)
    outer = jagged(chance, (500.0, 500.0), int(chance.integers(5, 400)))
    hole = jagged(chance, (500.0, 500.0), 30)
    shapes = [
        outer,
        outer.difference(hole),
        shapely.union(outer, jagged(chance, (1400.0, 300.0), 50)),
        shapely.box(0, 0, 80, 80),
    ]
    x, y = np.mgrid[-400:2000:40, -400:2000:40].reshape(2, -1).astype(float)
    boxes = shapely.box(x, y, x + 40, y + 40)
    for shape in shapes:
        parts = near.areas_within(boxes, shape)
        assert parts == pytest.approx(shapely.area(shapely.intersection(boxes, shape)), abs=1e-6)


def _plain_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything near a site as it was before: whole shapes, whole distances."""

    def nearest(shape, tree):
        at, away = tree.query_nearest(shape, return_distance=True, all_matches=False)
        return int(at[0]), float(away[0])

    def whole(shapes, place, **_):
        return shapes

    for module in (reaches, sources):
        monkeypatch.setattr(module, "distances", shapely.distance)
    for module in (reaches, sources, site):
        monkeypatch.setattr(module, "clipped", whole)
    monkeypatch.setattr(found, "nearest", nearest)
    monkeypatch.setattr(slope, "areas_within", lambda boxes, shape: shapely.area(shapely.intersection(boxes, shape)))
    slope._cells.cache_clear()


def _said(district: District, place: shapely.Polygon, sector: str) -> dict:
    told = Proposal(sector=sector, demand_m3_per_year=4e5, source="surface", discharge="river", outfall=(485e3, 3254e3))
    answer = ask("siting", district, Asked(on=DAY, subject=site_subject(place, told)))
    return as_record(answer.detail.verdicts) | {"water": water_record(answer.detail.water)}


def _flat(value: object, name: str = "") -> dict[str, object]:
    if isinstance(value, dict):
        return {key: one for part, inner in value.items() for key, one in _flat(inner, f"{name}.{part}").items()}
    if isinstance(value, list):
        return {key: one for at, inner in enumerate(value) for key, one in _flat(inner, f"{name}.{at}").items()}
    return {name: value}


@pytest.mark.parametrize("seed", range(12))
def test_answers_are_those_of_the_plain_way(seed, monkeypatch):
    chance = np.random.default_rng(seed)
    inside = small_district().townships.geometry.union_all().buffer(-750).bounds
    middle = (float(chance.uniform(inside[0], inside[2])), float(chance.uniform(inside[1], inside[3])))
    place = jagged(chance, middle, int(chance.integers(5, 900)))
    sector = str(chance.choice(["industry", "chemical", "housing", "farming"]))
    quick = _flat(_said(small_district(), place, sector))
    _plain_ways(monkeypatch)
    plain = _flat(_said(small_district(), place, sector))
    assert quick.keys() == plain.keys()
    for name, value in plain.items():
        if isinstance(value, float):
            assert quick[name] == pytest.approx(value, rel=1e-6, abs=2e-6), name
        else:
            assert quick[name] == value, name
