"""A small district in a folder, whole or with layers missing, and the pages run on it without a browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from places import ROOT

os.environ.setdefault("ATLAS_STATE", tempfile.mkdtemp(prefix="atlas-state-"))

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from layers.district import District
from tests.app.screen import Screen, recorded
from tests.small_district import write_small_district

MISSING = ("projects", "pipeline_zones", "water_use", "elevation", "rivers")


def _without(folder: Path, layers: tuple[str, ...]) -> Path:
    for path in folder.rglob("*"):
        if path.stem in layers:
            path.unlink()
    (folder / "manifest.json").unlink()
    return folder


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small district as it is, and one that lacks several layers."""
    return {
        "whole": write_small_district(tmp_path_factory.mktemp("whole")),
        "missing": _without(write_small_district(tmp_path_factory.mktemp("missing")), MISSING),
    }


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., AppTest]:
    """A function that runs a page on a data folder with query parameters."""
    from app import store

    def run(page: str, data: Path, **query: str) -> AppTest:
        monkeypatch.setenv("ATLAS_DATA", str(data))
        monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
        store.app_settings.cache_clear()
        tested = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        tested._page_hash = calc_hash(page)  # pages are functions, which switch_page does not know
        for name, value in query.items():
            tested.query_params[name] = value
        return tested.run()

    yield run
    store.app_settings.cache_clear()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A screen without a server, on which parts of pages are drawn by themselves."""
    return recorded(monkeypatch)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """A function that shows a district held in memory under a mark of its own, which it gives back."""
    from app import store

    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    store.app_settings.cache_clear()

    def show(district: District, mark: str) -> str:
        monkeypatch.setattr(store, "district", lambda asked: district)
        monkeypatch.setattr(store, "current", lambda: mark)
        return mark

    yield show
    store.app_settings.cache_clear()
