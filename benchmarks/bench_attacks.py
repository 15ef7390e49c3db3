"""Attacks: how soon they are refused, what reading apart costs, and what a second visitor feels meanwhile.

Each attack goes through a warm reading process. It may take 3 s, or run to its limit of 20 s and be ended there. Quiet
and attacked visits of the second visitor are taken in turn against one running server.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.attacker import attack
from benchmarks.attacks import DXF_HEAD, KINDS, PASTES, write_attack
from benchmarks.running_app import running_app
from benchmarks.session import visit
from intake import reading
from intake.district.new import Order, make_district
from intake.rain import reading as rain_in_place
from intake.site import reading as site_in_place
from layers.catalogue import CATALOGUE
from layers.reading.rain.plausible import bounds_of
from layers.versions.opening import open_district
from words.errors import AtlasError

DATA = Path(__file__).resolve().parents[1] / "data"
GENERATED, VISITS, ROUNDS = 100, 20, 4
LIMITED = ("geo.errors.worker_slow", "geo.errors.worker_memory")

Row = dict[str, object]


def _row(name: str, value: float, *, unit: str = "s", peer: float | None = None, aim: object = None) -> Row:
    return {"name": name, "value": value, "unit": unit, "peer": peer, "ratio": peer and value / peer, "aim": aim}


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def run() -> list[Row]:
    """Rows for the bench table."""
    district = open_district(DATA)
    reading.warm(district)
    place = district.townships.geometry.iloc[0].representative_point()
    square = "\n".join(f"{place.x + dx:.1f},{place.y + dy:.1f}" for dx, dy in ((0, 0), (200, 0), (200, 200), (0, 200)))
    reading.read_pasted(square, district)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_refusals(Path(folder), district), *_costs(Path(folder), district, square)]
    return [*rows, *_second_visitor()]


def _refusals(folder: Path, district: object) -> list[Row]:
    """The slowest of the known and of the generated attacks, those that ran to a limit counted apart."""
    known = [lambda text=text: reading.read_pasted(text, district) for text in PASTES.values()]
    head = write_attack("head.dxf", DXF_HEAD, folder)
    kmz = write_attack(*KINDS["dense kmz"](random.Random(1)), folder)
    known += [lambda path=path: reading.read_site(path, district) for path in (head, kmz)]
    rows = _slowest("known attacks", known)
    made = []
    for seed in range(GENERATED):
        chance = random.Random(seed)
        name, content = KINDS[chance.choice(list(KINDS))](chance)
        path = write_attack(f"{seed}-{name}", content, folder)
        made.append(lambda path=path: reading.read_site(path, district))
    return [*rows, *_slowest(f"{GENERATED} generated attacks", made)]


def _slowest(name: str, attacks: list[Callable[[], object]]) -> list[Row]:
    ended: list[float] = []
    limited, taken_in = 0, 0
    for one in attacks:
        started = time.perf_counter()
        try:
            one()
            taken_in += 1
            ended.append(time.perf_counter() - started)
        except AtlasError as error:
            if error.key in LIMITED:
                limited += 1
                continue
            ended.append(time.perf_counter() - started)
    return [
        _row(f"{name}, slowest", max(ended), aim=3.0),
        _row(f"{name}, ended at a limit", limited, unit="attacks"),
        _row(f"{name}, read as coordinates", taken_in, unit="attacks"),
    ]


def _costs(folder: Path, district: object, square: str) -> list[Row]:
    """What reading apart costs more than in place: a site, thirty years of rain, the layers of a new district."""
    rain = folder / "rain.csv"
    days = np.arange("1990", "2020", dtype="M8[D]")
    rain.write_text("日期,雨量mm\n" + "\n".join(f"{day},{n % 7}" for n, day in enumerate(days)), encoding="utf-8")
    layers = (CATALOGUE[name].file for name in ("elevation", "landcover", "rainfall"))
    dem, cover, grid = (DATA / file for file in layers)
    order = Order(DATA / CATALOGUE["townships"].file, "name", folder / "out", code_field="code", dem=dem,
                  landcover=cover, rain_grid=grid)  # fmt: skip
    pairs = {
        "site": (lambda: reading.read_pasted(square, district), lambda: site_in_place.read_pasted(square, district)),
        "rain": (
            lambda: reading.read_daily_rain(rain, district.settings),
            lambda: rain_in_place.read_daily_rain(rain, bounds=bounds_of(district.settings)),
        ),
        "layers": (lambda: _made(reading.make_district, order), lambda: _made(make_district, order)),
    }
    rows = []
    for name, (apart, here) in pairs.items():
        apart()
        taken = [(_seconds(apart), _seconds(here)) for _ in range(ROUNDS)]
        own, bare = (min(column) for column in zip(*taken, strict=True))
        if name == "layers":
            rows.append(_row("layers of a new district read apart", own, peer=bare, aim=1.2))
        else:
            rows.append(_row(f"{name} read apart, more than in place", own - bare, aim=0.3))
    return rows


def _made(make: Callable[[Order], object], order: Order) -> None:
    """A district made from a planner's layers, and taken away again."""
    shutil.rmtree(order.out, ignore_errors=True)
    make(order)


def _second_visitor() -> list[Row]:
    """A visitor's pages while another pastes attacks, and while nobody does, in turn."""
    with running_app(DATA) as address:
        asyncio.run(visit(address, page="township", runs=3))
        quiet: list[float] = []
        attacked: list[float] = []
        pasted = 0
        for number in range(VISITS):
            quiet.append(asyncio.run(visit(address, page="township"))[0].seconds)
            texts = list(PASTES.values())
            attacker = threading.Thread(target=attack, args=(address, texts[number % len(texts)]), daemon=True)
            attacker.start()
            time.sleep(0.3)
            attacked.append(asyncio.run(visit(address, page="township"))[0].seconds)
            pasted += 1
            attacker.join(60)
    both = statistics.median(attacked), statistics.median(quiet)
    return [
        _row("second visitor's page, attacked (median of 20)", both[0], peer=both[1], aim=1.5),
        _row("second visitor's page, attacked, longest", max(attacked), aim=3.0),
        _row("attacks pasted meanwhile", pasted, unit="attacks"),
    ]
