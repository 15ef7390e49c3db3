"""The districts and the saved checks that several tests of this room look at."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from golden_district import golden_district

from analysis.methods.siting.answer.alternatives import Alternative
from app.jobs import Job
from app.siting import store as siting_store
from tests.app.siting.sides import (
    FIRST,
    HERE,
    SECOND,
    THERE,
    place,
)
from tests.small_district import small_district
from words.errors import AtlasError


@pytest.fixture
def small(opened):
    """The small district under a mark of its own."""
    return opened(small_district(), "siting sides")


@pytest.fixture
def judged(monkeypatch):
    """Sites are judged by hand: the first, the second, and one that cannot be; the jobs by number, as started."""
    known, started = {HERE.wkb_hex: FIRST, THERE.wkb_hex: SECOND}, []

    def start(small: str, asked: str, *, watcher: str) -> Job:
        if asked not in known:
            raise AtlasError("siting.page.errors.too_big")
        job = Job(f"{asked} {len(started)}", place=len(started))
        job.future.set_result(known[asked])
        started.append(job)
        return job

    monkeypatch.setattr(siting_store, "asked_of", lambda given, said, changed, on: given.wkb)
    monkeypatch.setattr(siting_store, "check_job", start)
    monkeypatch.setattr(siting_store, "case_of", lambda answer, given, on: answer)
    return started


@pytest.fixture
def found(monkeypatch):
    """Two better places; where they lie, nothing is prohibited."""
    worst = property(lambda one: "study" if one.verdicts.worst == "restricted" else "clear")
    monkeypatch.setattr(Alternative, "place_worst", worst)
    monkeypatch.setattr("app.siting.map.place_line", lambda one, language: f"line {one.rank}")
    places = (place(1, HERE), place(2, THERE, worst="restricted", score=0.5, distance_m=90.0, better=(), kept_share=0.5,
                                    best_rank=2, worst_rank=5))  # fmt: skip
    return SimpleNamespace(
        places=places, answer=SimpleNamespace(id="feed"), picture={"address": "p.png", "bounds": [1]}
    )


@pytest.fixture
def mark(opened, screen):
    """The district in which every check finds something; the screen is on."""
    return opened(golden_district(), "siting session")
