"""Each "Adding …" section of CONTRIBUTING is tried: a copy gets what it names, and what it promises appears."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pytest
from places import ROOT

from tests.house import additions
from words.units import quantity

LEFT_BEHIND = (".git", ".venv", "state", "__pycache__", "pictures", ".*_cache", ".hypothesis", "atlas.toml")
TRIED = {"a layer", "an analysis", "a page", "a command", "words"}
BAIMA = "500156101"
Changes = Mapping[str, tuple[tuple[str, str], ...]]
PAGE_RUN = """
import sys
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
page = AppTest.from_file("streamlit_app.py", default_timeout=120)
page._page_hash = calc_hash("greenery")
page.query_params["township"] = sys.argv[1]
page.run()
assert not page.exception
print("\\n".join(element.proto.body for element in page.get("html") if "<style>" not in element.proto.body))
"""


def _copy(folder: Path) -> Path:
    """The repository without what is made while running; `docs/pictures` too stays behind."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    return folder


def _add(copy: Path, files: Mapping[str, str], amended: Changes) -> None:
    for name, content in files.items():
        assert not (copy / name).exists()
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(content, encoding="utf-8")
    for name, changes in amended.items():
        told = (copy / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert told.count(old) == 1, f"{name}: {old}"
            told = told.replace(old, new)
        (copy / name).write_text(told, encoding="utf-8")


def _run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python run in the copy, which is all it sees."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ATLAS_", "PYTEST_"))}
    clean |= {"ATLAS_STATE": str(copy.parent / "state"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=clean, capture_output=True, text=True, encoding="utf-8"
    )


def _tests(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a method, a page, a command and their words added."""
    copied = _copy(tmp_path_factory.mktemp("adding") / "atlas")
    _add(copied, additions.METHOD, additions.METHOD_AMENDED)
    _add(copied, additions.PAGE, additions.PAGE_AMENDED)
    _add(copied, additions.COMMAND, additions.COMMAND_AMENDED)
    return copied


@pytest.fixture(scope="module")
def green_m2() -> float:
    """The green space of 白马镇, measured from the shapefile itself."""
    rows = gpd.read_file(ROOT / "data" / "shapefiles" / "green_spaces.shp").to_crs(4545)
    return float(rows[rows["town_code"] == BAIMA].area.sum())


def test_every_section_of_adding_is_tried():
    sections = re.findall(r"^## Adding (.+)$", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(sections) == TRIED


def test_what_contributing_names_is_there():
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w./-]+(?:/|\.(?:py|toml|md)))`", told) if "/" in name.rstrip("/")}
    assert len(named) > 15
    assert not sorted(name for name in named if not (ROOT / name).exists())


@pytest.mark.long
def test_an_added_page_shows_the_number_of_an_added_analysis(copy: Path, green_m2: float):
    shown = _run(copy, "-c", PAGE_RUN, BAIMA)
    assert shown.returncode == 0, shown.stderr
    value, unit = quantity(green_m2, "m2_as_km2").split(" ", 1)
    assert green_m2 > 0
    assert f"{value}<small>{unit}</small>" in shown.stdout
    assert "绿地" in shown.stdout


def test_an_added_command_answers(copy: Path, green_m2: float):
    told = _run(copy, "cli.py", "greenery", "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["green_m2"][BAIMA] == pytest.approx(green_m2, rel=1e-9)


def test_added_words_are_wanted_in_both_languages(tmp_path: Path):
    (copied := tmp_path / "atlas").mkdir()
    shutil.copytree(ROOT / "words", copied / "words", ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "words" / "zh" / "greenery.toml").write_text('title = "绿地"\n', encoding="utf-8")
    ask = "from words import has, text; print(has('greenery.title', 'en'), text('greenery.title'))"
    assert _run(copied, "-c", ask).stdout == "False 绿地\n"
    (copied / "words" / "en" / "greenery.toml").write_text('title = "Green space"\n', encoding="utf-8")
    assert _run(copied, "-c", ask).stdout == "True 绿地\n"


@pytest.mark.long
def test_what_was_added_passes_the_tests_of_the_house(copy: Path):
    kept = "greenery or imports or linted or every_user_page or test_rooms or test_words"
    told = _tests(copy, "tests/house", "-k", kept, "--deselect", "tests/house/test_adding.py")
    assert told.returncode == 0, told.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("part", "tests"),
    [
        ("docs/methods/greenery.md", "tests/house/test_words.py"),
        ("words/en/indicators/greenery.toml", "tests/house/test_words.py"),
        ("words/en/greenery.toml", "tests/house/test_words.py"),
        ("docs/users/greenery.md", "tests/house/test_rooms.py"),
    ],
)
def test_a_missing_part_fails_a_test(copy: Path, part: str, tests: str):
    kept = (copy / part).read_text(encoding="utf-8")
    (copy / part).unlink()
    try:
        assert _tests(copy, tests).returncode == 1
    finally:
        (copy / part).write_text(kept, encoding="utf-8")


@pytest.mark.long
def test_an_added_layer_is_made_listed_and_in_the_dictionary(tmp_path: Path):
    copied = _copy(tmp_path / "atlas")
    _add(copied, additions.LAYER, additions.LAYER_AMENDED)
    made = _run(copied, "data/make_illustrative.py")
    assert made.returncode == 0, made.stderr
    rows = json.loads(_run(copied, "cli.py", "layers", "--json").stdout)["layers"]
    fountains = next(row for row in rows if row["id"] == "water_fountains")
    assert (fountains["count"], fountains["status"], fountains["problems"]) == (26, "illustrative", 0)
    assert "`water_fountains`" in (copied / "data" / "README.md").read_text(encoding="utf-8")
    told = _tests(copied, "tests/house/test_layers.py", "tests/house/test_words.py", "tests/data/test_features.py")
    assert told.returncode == 0, told.stdout
