"""A check that takes long shows how far it is, can be cancelled, and is done anew when asked for."""

from __future__ import annotations

import threading
import time

import pytest
from places import ROOT

from app.jobs import Desk
from app.siting import store
from words import LANGUAGES, text
from words.errors import AtlasError
from words.markup import safe

DATA = ROOT / "data"
PICK = "construction_projects:CP0001"


def said(page) -> str:
    """Everything the page says, without its style sheet."""
    return "\n".join(one.proto.body for one in page.get("html") if "<style>" not in one.proto.body)


@pytest.fixture
def gate(monkeypatch):
    """Checks that wait in the middle until the gate opens or they are cancelled."""
    opened, plain = threading.Event(), store.check_work

    def waits(mark, asked, *, progress, cancelled):
        progress({"phase": "checking", "done": 3, "count": 30})
        while not (opened.wait(0.02) or cancelled()):
            pass
        return plain(mark, asked, progress=progress, cancelled=cancelled)

    monkeypatch.setattr(store, "check_work", waits)
    monkeypatch.setattr(store, "checks", Desk(most=12))
    yield opened
    opened.set()
    store.checks.close()


def settled(page):
    """The page once nothing runs."""
    for _ in range(600):
        if not page.get("progress"):
            return page
        time.sleep(0.1)
        page.run()
    raise AssertionError("it never came about")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_running_check_is_cancelled_and_done_anew(open_page, gate, monkeypatch, language):
    monkeypatch.setattr(store, "PATIENCE_S", 0.05)
    page = open_page("siting", DATA, site=PICK, lang=language)
    assert not page.exception
    assert len(page.get("progress")) == 1
    assert 'class="atlas-verdict"' not in said(page)
    page.button(key="siting_stop_check").click().run()
    page = settled(page)
    assert not page.exception
    assert safe(text("siting.errors.cancelled", language)) in said(page)
    assert 'class="atlas-verdict"' not in said(page)
    gate.set()
    page.button(key="siting_again_check").click().run()
    page = settled(page)
    assert 'class="atlas-verdict"' in said(page)
    assert safe(text("siting.errors.cancelled", language)) not in said(page)


def test_a_layer_being_checked_can_be_cancelled(open_page, gate, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE_S", 0.05)
    page = open_page("siting", DATA, view="batch")
    page.button(key="siting_stop_batch").click().run()
    page = settled(page)
    assert not page.exception
    assert text("siting.errors.cancelled") in said(page)


def test_a_check_tells_how_far_it_is_and_ends_when_told():
    from datetime import date

    from analysis.asking import Asked, ask
    from analysis.methods.siting.subject import site_subject
    from analysis.proposal import Proposal
    from layers.versions.opening import open_district

    district = open_district(DATA)
    place = district.townships.geometry.iloc[0].representative_point()
    asked = Asked(on=date(2026, 1, 1), subject=site_subject(place, Proposal()))
    told: list[tuple[int, int]] = []

    def progress(step):
        told.append((step["done"], step["count"]))

    with pytest.raises(AtlasError, match=r"siting\.errors\.cancelled"):
        ask("siting", district, asked, progress=progress, cancelled=lambda: len(told) == 4)
    assert told == [(0, 32), (1, 32), (2, 32), (3, 32)]
    ask("siting", district, asked, progress=progress, cancelled=lambda: False)
    assert told[4:] == [(done, 32) for done in range(32)]
