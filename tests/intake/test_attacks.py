"""What was used against the server, and its kin: refused through the door within limits, and the next is served."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from small_district import small_district

from benchmarks.attacks import KINDS, write_attack
from geo.worker.pool import POOL
from intake import reading
from words.errors import AtlasError

QUICK_S = 3.0
LEAD_S = 12.0  # what a crowded machine may add; the attacks took from ten seconds to minutes
FINE = "483000,3253000\n484000,3253000\n484000,3254000\n483000,3254000"


def _refused(name: str, content: bytes, folder: Path) -> tuple[str, float]:
    path = write_attack(name, content, folder)
    start = time.monotonic()
    with pytest.raises(AtlasError) as refusal:
        reading.read_site(path, small_district())
    return refusal.value.key, time.monotonic() - start


@pytest.fixture(autouse=True)
def _still_served():
    reading.read_pasted(FINE, small_district())
    before = POOL.pids
    yield
    assert reading.read_pasted(FINE, small_district()).geometry.area == pytest.approx(1e6, rel=1e-6)
    assert set(POOL.pids) & set(before), "the warm process was lost"


@pytest.mark.parametrize("kind", KINDS)
def test_an_attack_is_refused_in_time(kind, tmp_path):
    key, seconds = _refused(*KINDS[kind](random.Random(1)), tmp_path)
    assert key.startswith(("geo.errors.", "siting.errors.", "intake.site.foreign."))
    assert seconds < QUICK_S + LEAD_S


def test_the_known_ones_are_refused_by_name(tmp_path):
    depth = 25_000
    nested = '{"type":"GeometryCollection","geometries":[' * depth + "]}" * depth
    for text, key in (
        (nested, "geo.errors.pasted.too_deep"),
        ("a" + " " * 1_500 + "b", "siting.errors.no_coordinates"),
        ("GEOMETRYCOLLECTION(" * depth, "geo.errors.pasted.too_deep"),
        ("POLYGON " + "(" * depth, "geo.errors.pasted.too_deep"),
    ):
        start = time.monotonic()
        with pytest.raises(AtlasError) as refusal:
            reading.read_pasted(text, small_district())
        assert refusal.value.key == key
        assert time.monotonic() - start < QUICK_S + LEAD_S
    assert _refused("a.dxf", b"999\n\n" * 22 + b"\n1\n", tmp_path)[1] < QUICK_S + LEAD_S


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_generated_attacks_are_refused_or_read_in_time(seed, tmp_path):
    chance = random.Random(seed)
    _, seconds = _refused(*KINDS[chance.choice(list(KINDS))](chance), tmp_path)
    assert seconds < QUICK_S + LEAD_S
