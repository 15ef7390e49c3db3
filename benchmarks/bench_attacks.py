"""Attacks: how soon they are refused, and what a second visitor feels meanwhile.

Each attack goes through a warm reading process. It may take 3 s, or run to its limit of 20 s and be ended there. Quiet
and attacked visits of the second visitor are taken in turn against one running server.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.attacker import attack
from benchmarks.attacks import DXF_HEAD, KINDS, PASTES, write_attack
from benchmarks.running_app import running_app
from benchmarks.session import visit
from intake import reading
from layers.versions.opening import open_district
from words.errors import AtlasError

DATA = Path(__file__).resolve().parents[1] / "data"
GENERATED, VISITS = 100, 20
LIMITED = ("geo.errors.worker_slow", "geo.errors.worker_memory")

Row = dict[str, object]


def _row(name: str, value: float, *, unit: str = "s", peer: float | None = None, aim: object = None) -> Row:
    return {"name": name, "value": value, "unit": unit, "peer": peer, "ratio": peer and value / peer, "aim": aim}


def run() -> list[Row]:
    """Rows for the bench table."""
    district = open_district(DATA)
    reading.warm(district)
    with tempfile.TemporaryDirectory() as folder:
        rows = _refusals(Path(folder), district)
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
