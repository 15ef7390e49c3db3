"""The reading processes: what they give back, what they are held to, and that nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import worker_jobs as jobs
from geopandas.testing import assert_geodataframe_equal
from places import ROOT
from pyproj import CRS

from geo.worker import Limits, letter, process, run
from geo.worker.keeper import FORKS
from geo.worker.pool import Pool
from geo.worker.process import Process
from words.errors import AtlasError

MB = 1024**2
SMALL = Limits(400 * MB, 10.0)


@pytest.fixture(scope="module", params=["apart", "here"])
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    """Readers that run each job in a copy of themselves, and readers that run it themselves (as on Windows)."""
    if request.param == "apart" and not FORKS:
        pytest.skip("this system does not copy processes")
    made = Pool(partial(Process, forks=request.param == "apart"))
    yield made
    made.close()


def _key(function: object, *arguments: object, pool: Pool, **told: object) -> str:
    with pytest.raises(AtlasError) as refusal:
        run(function, arguments, limits=told.pop("limits", SMALL), pool=pool, **told)
    return refusal.value.key


def test_a_value_comes_back_as_it_was(pool: Pool):
    value = {"a": (1, 2.5, None, "武隆\ud800"[:2]), 3: [True, date(2024, 2, 29), b"\0\xff"]}
    assert run(jobs.give, (value,), limits=SMALL, pool=pool) == value


@pytest.mark.skipif(not FORKS, reason="this system does not copy processes")
def test_readers_for_visitors_give_way_to_the_pages_and_those_of_commands_do_not():
    pool = Pool(partial(Process, forks=True))
    try:
        visitors, command = (
            run(jobs.niceness, (), limits=Limits(400 * MB, 10.0, gives_way=way), pool=pool) for way in (True, False)
        )
    finally:
        pool.close()
    assert (visitors, command) == (min(os.nice(0) + 5, 19), os.nice(0))


def test_the_words_are_read_once_for_all_jobs(pool: Pool):
    assert [run(jobs.words_read, (), limits=SMALL, pool=pool) for _ in range(2)] == [2, 2]


def test_shapes_systems_and_tables_come_back_as_they_were(pool: Pool):
    frame = gpd.GeoDataFrame(
        {"code": ["500156001", None], "day": pd.to_datetime(["2020-01-01", None]), "m3": [1.5, np.nan]},
        geometry=[shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), None],
        crs=4545,
        index=pd.Index(["A", "B"], name="key"),
    )
    shape, crs, back = run(jobs.give, ((frame.geometry.iloc[0], CRS(4490), frame),), limits=SMALL, pool=pool)
    assert shape.wkb == frame.geometry.iloc[0].wkb
    assert crs == CRS(4490)
    assert_geodataframe_equal(back, frame)


def test_a_dataclass_travels_only_when_it_is_named(pool: Pool):
    pair = jobs.Pair("x", (1,))
    assert run(jobs.give, (pair,), limits=SMALL, pool=pool, kinds=(jobs.Pair,)) == pair
    assert _key(jobs.give, pair, pool=pool) == "geo.errors.worker_fault"


def test_a_letter_of_anything_else_is_refused():
    good = letter.write({"value": [1, "x"]})
    assert letter.read(good) == {"value": [1, "x"]}
    for bad in (good[:-1], b"\0" * 8 + good, letter.write({"a": 1}).replace(b'"dict"', b'"eval"'), b"\x80\x04."):
        with pytest.raises(ValueError, match="no letter"):
            letter.read(bad)


def test_a_refusal_and_a_fault_come_back(pool: Pool):
    with pytest.raises(AtlasError) as refusal:
        run(jobs.refuse, ("x.shp",), limits=SMALL, pool=pool)
    assert (refusal.value.key, refusal.value.facts) == ("geo.errors.no_such_file", {"file": "x.shp", "row": 3})
    assert _key(jobs.fail, pool=pool) == "geo.errors.worker_fault"


def test_too_much_memory_is_refused(pool: Pool):
    assert _key(jobs.grow, 1200, pool=pool) == "geo.errors.worker_memory"
    assert run(jobs.grow, (10,), limits=SMALL, pool=pool) == 10


def test_too_much_time_is_refused_though_the_interpreter_is_stuck(pool: Pool):
    start = time.monotonic()
    assert _key(jobs.hang, pool=pool, limits=Limits(400 * MB, 1.0)) == "geo.errors.worker_slow"
    assert time.monotonic() - start < 60  # the start of a process on a busy machine included
    assert run(jobs.give, (1,), limits=SMALL, pool=pool) == 1


def test_a_killed_reader_is_a_refusal_and_the_next_works(pool: Pool):
    assert _key(jobs.kill_itself, pool=pool) == "geo.errors.worker_died"
    assert run(jobs.give, (2,), limits=SMALL, pool=pool) == 2


def test_a_large_answer_is_refused(pool: Pool):
    assert _key(jobs.many, 3 * MB, pool=pool, limits=Limits(400 * MB, 10.0, MB)) == "geo.errors.worker_answer"
    assert len(run(jobs.many, (3 * MB,), limits=SMALL, pool=pool)) == 3 * MB


def test_there_is_no_network(pool: Pool):
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert _key(jobs.ask_out, server.getsockname()[1], pool=pool) == "geo.errors.worker_fault"
    if FORKS and subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0:
        assert run(jobs.interfaces, (), limits=SMALL, pool=pool) == ["lo"]


def test_settings_and_keys_stay_with_the_server(pool: Pool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATLAS_TIANDITU_KEY", "secret")
    assert not [name for name in run(jobs.environment, (), limits=SMALL, pool=pool) if name.startswith("ATLAS")]


def test_a_job_can_be_cancelled(pool: Pool):
    run(jobs.give, (0,), limits=SMALL, pool=pool)
    start = time.monotonic()
    end = start + 0.5
    key = _key(jobs.sleep, 9.0, pool=pool, cancelled=lambda: time.monotonic() > end)
    assert key == "geo.errors.worker_cancelled"
    assert time.monotonic() - start < 8
    assert run(jobs.give, (3,), limits=SMALL, pool=pool) == 3


@pytest.mark.skipif(not FORKS, reason="this system does not copy processes")
def test_what_a_job_leaves_in_its_folder_goes_with_it():
    pool = Pool()
    left = run(jobs.litter, (), limits=SMALL, pool=pool)
    assert run(jobs.give, (1,), limits=SMALL, pool=pool) == 1
    assert not Path(left).exists()
    pool.close()


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """The names in the folder for temporary files, which is the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return lambda: {path.name for path in tmp_path.iterdir()}


def test_the_folder_of_a_reader_that_was_killed_goes_with_it(there: Callable[[], set[str]]):
    pool = Pool()
    assert run(jobs.give, (1,), limits=SMALL, pool=pool) == 1
    before = there()
    assert len(before) == 1
    os.kill(pool.pids[0], signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    with pytest.raises(AtlasError, match="worker_died"):
        run(jobs.give, (1,), limits=SMALL, pool=pool)
    assert not before & there()
    assert run(jobs.give, (2,), limits=SMALL, pool=pool) == 2
    pool.close()
    assert there() == set()


def test_folders_of_servers_that_are_gone_are_swept_when_old(there: Callable[[], set[str]], tmp_path: Path):
    gone, here = f"atlas-reading-{2**22 + 7}-", f"atlas-reading-{os.getpid()}-"  # no system counts beyond 2²²
    long_ago = time.time() - process.LEFT_S - 60
    for name, when in ((f"{gone}old", long_ago), (f"{gone}new", time.time()), (f"{here}old", long_ago)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (long_ago, when))
    process.sweep()
    assert there() == {f"{gone}new", f"{here}old"}


def test_callers_wait_in_line_and_more_than_the_line_holds_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geo.worker.pool.MOST_WAITING", 1)
    pool = Pool(most=1)
    run(jobs.give, (0,), limits=SMALL, pool=pool)
    said: list[object] = []

    def ask() -> None:
        try:
            said.append(run(jobs.sleep, (1.0,), limits=SMALL, pool=pool))
        except AtlasError as error:
            said.append(error.key)

    callers = [threading.Thread(target=ask) for _ in range(3)]
    for caller in callers:
        caller.start()
        time.sleep(0.1)
    for caller in callers:
        caller.join()
    assert said == ["geo.errors.worker_busy", 1.0, 1.0]
    pool.close()


@pytest.mark.skipif(sys.platform == "win32", reason="asks by signals of POSIX")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("forks", [True, False])
def test_no_reader_outlives_the_server(tmp_path: Path, way: signal.Signals, forks: bool):
    if forks and not FORKS:
        pytest.skip("this system does not copy processes")
    mark = tmp_path / "pids"
    code = f"""
import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from functools import partial
import worker_jobs as jobs
from geo.worker import Limits, run
from geo.worker.pool import Pool
from geo.worker.process import Process
run(jobs.pids, ({str(mark)!r},), limits=Limits(400 << 20, 60.0), pool=Pool(partial(Process, forks={forks})))
"""
    server = subprocess.Popen([sys.executable, "-c", code])
    _until(lambda: mark.exists() and mark.read_text().count(" ") == 1, 90)
    readers = [int(pid) for pid in mark.read_text().split()]
    readers = [pid for pid in readers if pid != server.pid]
    server.send_signal(way)
    server.wait()
    _until(lambda: not any(_alive(pid) for pid in readers), 20)


def _until(done: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
