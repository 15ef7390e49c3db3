"""A small district in a folder, whole or with layers missing, and the pages run on it without a browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import ROOT

os.environ.setdefault("ATLAS_STATE", tempfile.mkdtemp(prefix="atlas-state-"))

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from analysis.asking import known_methods
from layers.district import District
from tests.app.screen import Screen, recorded
from tests.small_district import write_small_district

# What the data and the instruments are called stays as it is in both languages.
NAMES = (
    "甲镇", "乙镇", "丙乡", "西镇", "东镇", "小县水利局", "测绘院", "甲厂房", "乙厂房", "甲厂", "甲园", "乙街",
    "甲一区", "乙园区", "甲校屋面雨水", "甲校屋面", "甲地", "乙地", "最近的", "项目1", "项目2", "项目3",
    "中文", "小区a", "小区b", "小区c", "小区d", "酒厂", "住宅", "未填", "新案", "旧案", "白酒", "甲", "乙", "好",
)  # fmt: skip
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


@pytest.fixture(autouse=True)
def looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test does to a data folder is seen by whoever asks next, however soon."""
    from app import store

    monkeypatch.setattr(store, "LOOK_S", 0.0)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., AppTest]:
    """A function that runs a page on a data folder with query parameters."""
    from app import store
    from app.siting import store as siting_store

    monkeypatch.setattr(siting_store, "PATIENCE_S", 120.0)  # what is tested is the answer, however long it takes

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
def screen(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """A screen without a server, on which parts of pages are drawn by themselves; an English one speaks no Chinese."""
    drawn = recorded(monkeypatch)
    yield drawn
    callspec = getattr(request.node, "callspec", None)
    if callspec is not None and callspec.params.get("language") == "en":
        cited = {one.citation for method in known_methods().values() for one in method.ASSUMPTIONS}
        assert drawn.foreign({*NAMES, *cited}) == []


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
