"""Faults as a person meets them: a calm sentence, nothing cut off, no path of the server, and the page stays.

With `ATLAS_PICTURES` naming a folder, each state is kept there as a picture to be looked at.
"""

from __future__ import annotations

import contextlib
import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from small_district import A, write_small_district

from benchmarks.running_app import running_app
from geo.files.table import harmless
from layers.catalogue import CATALOGUE
from records.key import set_key
from records.log import log_lines
from records.notes import add_note
from records.people import Actor
from words import text

pytestmark = [pytest.mark.browser, pytest.mark.long]
KEY = "马 battery 9 staple"
OWNER = Actor("command", "owner")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small district of the test's own."""
    return write_small_district(tmp_path / "data")


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """A function that serves a data folder with a state folder of the test's own."""
    with ExitStack() as running:
        yield lambda data, state: running.enter_context(running_app(data, state=state))


def _shown(page: object, address: str, name: str = "", **query: str) -> str:
    """Open a page and wait until it has all been said; what stands on it."""
    page.goto(f"{address}/{name}?{urlencode({'lang': 'zh', **query})}")
    page.locator(".atlas-foot, .atlas-notice.wrong").first.wait_for(timeout=90_000)
    page.wait_for_timeout(1_500)
    return _calm(page)


def _calm(page: object) -> str:
    """What the page says, after a look for what may never stand on it and for sentences that are cut off."""
    said = page.locator("body").inner_text()
    assert page.locator("[data-testid=stException]").count() == 0
    for path in (str(Path(__file__).parents[2]), "/tmp/", "Traceback", "site-packages", '.py"'):
        assert path not in said, path
    cut = page.eval_on_selector_all(
        ".atlas-notice", "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert cut == []
    return said


def _picture(page: object, name: str) -> None:
    folder = os.environ.get("ATLAS_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _cut(path: Path) -> None:
    """Half the file; of a text half a line more, so that it does not end where it happens to be whole."""
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half + b'\n[half\n"' if path.suffix == ".toml" else half)


@pytest.mark.parametrize("file", ["shapefiles/townships.shp", "sources.toml", "manifest.json"])
def test_a_half_copied_file_leaves_the_last_good_district(page, serve, data, tmp_path, file):
    address = serve(data, tmp_path / "state")
    _shown(page, address, "township")
    _cut(data / file)
    said = _shown(page, address, "township")
    _picture(page, f"half-{Path(file).stem}")
    banner = text("app.setback", since="|", reason="", version="").split("|")[0]
    assert (banner in said) == (file != "manifest.json")
    assert page.locator(".atlas-card").count() > 0
    again = serve(data, tmp_path / "state2")
    first = _shown(page, again, "township")
    _picture(page, f"half-{Path(file).stem}-first-start")
    assert (Path(file).name in first) == file.endswith(".shp")  # without whole sources or manifest the atlas opens


def test_a_damaged_layer_is_called_damaged(page, serve, data, tmp_path):
    (data / CATALOGUE["rivers"].file).write_bytes(b"\x00\xff\xfe" * 300)
    (data / "manifest.json").unlink()
    said = _shown(page, serve(data, tmp_path / "state"), "data", layer="rivers")
    _picture(page, "damaged-layer")
    assert "图层损坏" in said


def _fill(path: Path) -> None:
    """Write until nothing more fits on the disk."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as filler:
        while True:
            filler.write(b"x" * 512)


def _note(page: object, words: str) -> str:
    """File a note on the page of a township; what the page says then, and whether the words are still in the form."""
    page.locator(".st-key-note_form summary").click()
    page.locator(".st-key-township_note_words textarea, .st-key-note_form textarea").first.fill(words)
    page.locator(".st-key-note_form [data-testid=stFormSubmitButton] button").click()
    page.locator(".st-key-note_form .atlas-notice").wait_for(timeout=30_000)
    return _calm(page)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="needs a small file system of its own, which root makes"
)
@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_a_state_folder_that_takes_nothing_costs_no_page_and_no_words(page, serve, data, tmp_path, kind):
    state = tmp_path / "state"
    state.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", state], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        if kind == "full":
            add_note(state, "一", version="v")
            _fill(state / "filler")
        else:
            subprocess.run(["mount", "-o", "remount,ro", state], check=True)
        address = serve(data, state)
        page.goto(f"{address}/township?township={A}&lang=zh")
        page.locator(".atlas-foot").wait_for(timeout=90_000)
        said = _note(page, "这里的村界不对，请核对")
        _picture(page, f"state-{kind}")
        key = "records.store.full" if kind == "full" else "records.store.closed"
        assert text(key, file="|", reason="").split("|")[1][:8] in said or "记录文件" in said
        assert "这里的村界不对，请核对" in [box.input_value() for box in page.locator("textarea").all()]
    finally:
        subprocess.run(["umount", "-l", state], check=False)


def test_the_key_wrong_and_right(page, serve, data, tmp_path):
    state = tmp_path / "state"
    set_key(state, KEY, by=OWNER)
    address = serve(data, state)
    _shown(page, address, "data")
    _unlock(page, "not the key at all")
    said = _calm(page)
    _picture(page, "key-wrong")
    assert text("records.key.wrong") in said
    page.wait_for_timeout(2_500)  # a wrong key has to wait
    _unlock(page, KEY)
    page.locator(".st-key-steward_lock").wait_for(timeout=20_000)
    _calm(page)
    _picture(page, "key-right")
    assert [line.what for line in log_lines(state)][:2] == ["unlocked", "wrong_key"]


def _unlock(page: object, key: str) -> None:
    box = page.locator(".st-key-steward_key input")
    if not box.is_visible():
        page.locator("[data-testid=stExpander] summary", has_text=text("data.steward.title")).click()
    box.wait_for(timeout=20_000)
    box.fill(key)
    page.locator("[data-testid=stForm] button", has_text=text("data.steward.unlock")).click()
    page.wait_for_timeout(2_500)


def test_the_csv_of_a_table_holds_nothing_a_spreadsheet_runs(page, serve, data, tmp_path):
    state, sources = tmp_path / "state", data / "sources.toml"
    hostile = iter(("=cmd|' /C calc'!A0", "@SUM(1+1)cmd|", "+1+cmd|x", "-2+3+cmd|x") * 20)
    told = sources.read_text(encoding="utf-8").splitlines()
    changed = [f'issuer = "{next(hostile)}"' if line.startswith("issuer") else line for line in told]
    sources.write_text("\n".join(changed) + "\n", encoding="utf-8")
    page.add_init_script("window.showSaveFilePicker = undefined")  # a plain download, which a test can take
    address = serve(data, state)
    _shown(page, address, "data")
    tables = page.locator("[data-testid=stFullScreenFrame]", has=page.locator("[data-testid=stDataFrame]"))
    read: list[list[str]] = []
    for number in range(tables.count()):
        table = tables.nth(number)
        table.scroll_into_view_if_needed()
        table.hover()
        button = table.get_by_role("button", name="Download as CSV")
        if not button.count():
            continue
        with page.expect_download(timeout=20_000) as given:
            button.first.dispatch_event("click")  # the toolbar stands over the table only while hovered
        path = tmp_path / f"{number}.csv"
        given.value.save_as(path)
        with path.open(encoding="utf-8-sig") as lines:
            read += list(csv.reader(lines))
        page.mouse.move(5, 5)
    _picture(page, "csv-table")
    cells = [cell for row in read for cell in row]
    assert any("cmd|" in cell for cell in cells), "the table of layers was not among the downloads"
    assert [cell for cell in cells if harmless(cell) != cell] == []


if sys.platform == "win32":
    pytestmark.append(pytest.mark.skip(reason="paths of the server are looked for as POSIX writes them"))
