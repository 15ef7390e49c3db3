"""Roads: seats joined over the relief, a way to every village, streets in the towns; one connected network."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString

from data.make.facts import numbers
from data.make.frames import frame, identifier, numeral
from data.make.land.grid import GRID
from data.make.places.routes import Borders, Land, rounded_line
from data.make.places.towns import Town
from data.make.scene import Scene

_COARSE = GRID.coarser(2)
_RANKS = ("national", "provincial", "county", "township")
_WORDS = {"national": "国道", "provincial": "省道", "county": "县道", "township": "乡道", "street": "街"}
_WIDTHS = {"national": 9.0, "provincial": 8.5, "county": 7.0, "township": 5.0}

Edges = dict[tuple[int, int], int]  # neighbouring cells (smaller first) and the rank of the road between them


def make_roads(scene: Scene, towns: dict[str, Town], villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The road layer; pieces meet exactly in their nodes."""
    land = _land(scene)
    edges = _between_seats(scene, land)
    ends = _to_villages(scene, land, edges, villages)
    lines = [(rank, line) for rank, line in _chains(edges, ends, scene)]
    lines = _into_towns(lines, towns)
    return _frame(scene, towns, lines)


def _land(scene: Scene) -> Land:
    owner, slope, cover = (array[::2, ::2] for array in (scene.owner, scene.slope, scene.cover))
    price = 1 + np.minimum((slope / 0.10) ** 1.6, 30) + 5 * (cover == 6)
    price *= 1 + 0.5 * numbers("road ground").random(price.shape)
    rim = np.zeros(owner.shape, bool)
    for axis in (0, 1):
        for shift in (1, -1):
            rim |= np.roll(owner, shift, axis) != owner
    price = np.where(rim, price * 2.5, price)
    return Land(_COARSE, np.where(owner < 0, np.inf, price))


def _pairs(scene: Scene) -> list[tuple[str, str]]:
    """Which seats are joined: the shortest tree over all, then each with its two nearest, nearest pairs first."""
    codes = scene.codes
    places = np.array([scene.seats[code] for code in codes])
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    order = sorted((round(float(apart[a, b]), 1), a, b) for a in range(len(codes)) for b in range(a))
    part, chosen = list(range(len(codes))), set()
    for _, a, b in order:
        if part[a] != part[b]:
            chosen.add((a, b))
            part = [part[a] if p == part[b] else p for p in part]
    for a in range(len(codes)):
        for b in np.argsort(apart[a], kind="stable")[1:3]:
            chosen.add((max(a, int(b)), min(a, int(b))))
    return [(codes[a], codes[b]) for _, a, b in order if (a, b) in chosen]


def _between_seats(scene: Scene, land: Land) -> Edges:
    edges: Edges = {}
    for number, (a, b) in enumerate(_pairs(scene)):
        start, stop = land.cell(scene.seats[a]), land.cell(scene.seats[b])
        path = land.path(land.back([start], [stop]), stop)
        low = max(scene.height_at(*scene.seats[a]), scene.height_at(*scene.seats[b])) < 420
        rank = 0 if low else 1 + (number % 3 > 0)
        for cell in path:
            land.price[cell] *= 0.6
        for pair in pairwise(path):
            key = (min(pair), max(pair))
            edges[key] = min(rank, edges.get(key, 9))
    return edges


def _to_villages(scene: Scene, land: Land, edges: Edges, villages: gpd.GeoDataFrame) -> dict[int, np.ndarray]:
    """Adds a way from the roads to every village; gives the cell each way ends in and the village's place."""
    starts = {cell for pair in edges for cell in pair}
    places = shapely.get_coordinates(villages.geometry.to_numpy())
    targets = {land.cell(place): place for place in places}
    before = land.back(starts, targets)
    ends = {}
    for target, place in targets.items():
        path = land.path(before, target)
        if len(path) > 1:
            ends[target] = place
        for pair in pairwise(path):
            edges.setdefault((min(pair), max(pair)), 3)
    return ends


def _chains(edges: Edges, ends: dict[int, np.ndarray], scene: Scene) -> list[tuple[int, LineString]]:
    """The roads between junctions, ends and changes of rank, as smooth lines."""
    near: dict[int, list[int]] = {}
    for a, b in sorted(edges):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)

    def rank(a: int, b: int) -> int:
        return edges[min(a, b), max(a, b)]

    seats = {int(_COARSE.cells(place[None, :])[0]) for place in scene.seats.values()}
    nodes = {
        cell for cell, around in near.items()
        if len(around) != 2 or cell in seats or cell in ends or rank(cell, around[0]) != rank(cell, around[1])
    }  # fmt: skip
    seen: set[tuple[int, int]] = set()
    chains = []
    for node in sorted(nodes):
        for first in near[node]:
            if (node, first) in seen:
                continue
            cells = [node, first]
            while cells[-1] not in nodes:
                cells.append(next(cell for cell in near[cells[-1]] if cell != cells[-2]))
            seen |= {(node, first), (cells[-1], cells[-2])}
            chains.append((rank(node, first), _line(cells, ends)))
    return chains


def _line(cells: list[int], ends: dict[int, np.ndarray]) -> LineString:
    points = _COARSE.points(np.array(cells))
    for position in (0, -1):
        if cells[position] in ends:
            points[position] = ends[cells[position]]
    return LineString(rounded_line(points))


def _into_towns(lines: list[tuple[int, LineString]], towns: dict[str, Town]) -> list[tuple[int, LineString]]:
    """The same roads ending at a street corner where they meet a built-up area."""
    areas = [town.area for town in towns.values()]
    tree, order, kept = shapely.STRtree(areas), list(towns.values()), []
    for rank, line in lines:
        hit = sorted(int(number) for number in tree.query(line, predicate="intersects"))
        if not hit:
            kept.append((rank, line))
            continue
        ends = {tuple(point) for point in shapely.get_coordinates(line)[[0, -1]].tolist()}
        outside = line.difference(shapely.union_all([areas[number] for number in hit]))
        for piece in () if outside.is_empty else shapely.get_parts(outside):
            points = shapely.get_coordinates(piece)
            head, tail = points[:1].copy(), points[-1:].copy()
            if tuple(points[0].tolist()) not in ends:
                points = np.vstack((_corner(order, areas, hit, head), points))
            if tuple(tail[0].tolist()) not in ends:
                points = np.vstack((points, _corner(order, areas, hit, tail)))
            kept.append((rank, LineString(points)))
    return kept


def _corner(order: list[Town], areas: list[shapely.Polygon], hit: list[int], place: np.ndarray) -> np.ndarray:
    number = min(hit, key=lambda n: (round(areas[n].distance(shapely.Point(place[0])), 3), n))
    return order[number].nearest_corner(place[0])[None, :]


def _frame(scene: Scene, towns: dict[str, Town], lines: list[tuple[int, LineString]]) -> gpd.GeoDataFrame:
    borders, random, rows = Borders(scene), numbers("roads"), []
    nodes: dict[tuple[float, float], str] = {}

    def node(point: np.ndarray) -> str:
        return nodes.setdefault((float(point[0]), float(point[1])), identifier("N", len(nodes) + 1))

    counts: dict[str, int] = {}
    drawn = [(_RANKS[rank], line, None) for rank, line in lines]
    drawn += [("street", town.street(n), town.code) for town in towns.values() for n in range(len(town.streets))]
    for level, line, town in drawn:
        counts[town or level] = counts.get(town or level, 0) + 1
        name = (
            f"{scene.names[town]}示意{numeral(counts[town])}街"
            if town
            else f"示意{_WORDS[level]}{numeral(counts[level])}段"
        )
        width = _WIDTHS.get(level) or float(random.choice([7, 9, 12, 16, 24], p=[0.3, 0.3, 0.2, 0.15, 0.05]))
        facts = _facts(level, random)
        for code, piece in borders.cut(line):
            points = shapely.get_coordinates(piece)
            rows.append(
                {
                    "id": identifier("RD", len(rows) + 1), "name": name, "township": code, "level": level,
                    "width_m": width, "length_m": round(piece.length, 1), "urban": level == "street",
                    "from_node": node(points[0]), "to_node": node(points[-1]), "geometry": piece, **facts,
                }
            )  # fmt: skip
    return frame("roads", _with_works(rows))


def _with_works(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Streets that were, are or will be dug up, a block of them at a time, with the year."""
    random, works = numbers("road works"), {}
    for row in rows:
        if row["level"] == "street" and row["status"] == "built":
            block = (row["township"], len(str(row["name"])), str(row["name"])[-2])
            if block not in works:
                year = int(random.integers(2016, 2029)) if random.random() < 0.3 else None
                works[block] = year
            year = works[block]
            state = "none" if year is None else "done" if year < 2025 else "under_way" if year == 2025 else "planned"
            row |= {"works_status": state, "works_year": year}
    return rows


def _facts(level: str, random: np.random.Generator) -> dict[str, object]:
    street = level == "street"
    built = bool(random.random() > 0.06) or not street
    year = int(random.integers(1994, 2024) if built else random.integers(2021, 2025))
    surfaces = ("concrete", "asphalt") if level in ("township", "street") else ("asphalt", "asphalt")
    gravel = level == "township" and random.random() < 0.12
    return {
        "surface": "gravel" if gravel else str(random.choice(surfaces)),
        "swept": bool(street and random.random() < 0.62) or level == "national",
        "status": "built" if built else "planned",
        "approved": date(year, int(random.integers(1, 13)), int(random.integers(1, 28))),
        "rain_storage_m3": float(random.integers(2, 30) * 10)
        if street and year > 2017 and random.random() < 0.2
        else 0.0,
    }
