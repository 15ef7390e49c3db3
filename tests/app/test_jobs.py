"""The desk of long work: joined, in order, cancelled while waiting and while running, failures kept, old ones shed."""

from __future__ import annotations

import concurrent.futures
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from places import ROOT

from app.jobs import Desk, Job
from app.reclaimed import store
from app.reclaimed.wish import Wish

_DONE: list[str] = []
_GATES: dict[str, threading.Event] = {}


def quick(name: str, *, progress: Callable, cancelled: Callable) -> str:
    """Says its name."""
    _DONE.append(name)
    return name


def gated(name: str, *, progress: Callable, cancelled: Callable) -> str:
    """Waits until its gate is opened or it is cancelled."""
    progress({"phase": "inside"})
    while not (_GATES[name].wait(0.01) or cancelled()):
        pass
    _DONE.append(name)
    return f"half of {name}" if cancelled() else name


def failing(*, progress: Callable, cancelled: Callable) -> None:
    """Fails."""
    raise ValueError("broken")


@pytest.fixture
def desk():
    """A desk of its own with a gate for work called `slow`."""
    _DONE.clear()
    _GATES["slow"] = threading.Event()
    made = Desk()
    yield made
    made.close()


def over(*jobs: Job) -> None:
    _, waiting = concurrent.futures.wait([job.future for job in jobs], timeout=5)
    assert not waiting


def inside(job: Job) -> Job:
    """The job once it runs."""
    for _ in range(500):
        if job.told["phase"] == "inside":
            return job
        time.sleep(0.01)
    raise AssertionError("the job did not begin")


def test_the_same_key_joins_the_same_job(desk):
    job = desk.start(gated, ("slow",), key="a", watcher="me")
    assert desk.start(quick, ("other",), key="a", watcher="you") is job
    desk.leave("me")
    _GATES["slow"].set()
    over(job)
    assert (job.stopped(), job.result, _DONE) == (False, "slow", ["slow"])


def test_jobs_take_their_turn_in_order_and_know_their_place(desk):
    jobs = [inside(desk.start(gated, ("slow",), key="0", watcher="0"))]
    jobs += [desk.start(quick, (name,), key=name, watcher=name) for name in "123"]
    assert [desk.ahead(job) for job in jobs] == [0, 1, 2, 3]
    jobs[2].stop()
    assert [desk.ahead(job) for job in jobs] == [0, 1, 2, 2]
    _GATES["slow"].set()
    over(*jobs)
    assert _DONE == ["slow", "1", "3"]


def test_a_job_stopped_while_it_waits_never_runs_and_is_not_begun_again_by_itself(desk):
    first = inside(desk.start(gated, ("slow",), key="a", watcher="you"))
    second = desk.start(quick, ("b",), key="b", watcher="me")
    second.stop()
    assert (second.over, second.result, second.error) == (True, None, None)
    assert desk.start(quick, ("b",), key="b", watcher="me") is second
    desk.drop("b")
    again = desk.start(quick, ("b",), key="b", watcher="me")
    _GATES["slow"].set()
    over(first, again)
    assert (again.result, _DONE) == ("b", ["slow", "b"])


def test_what_nobody_waits_for_is_stopped_and_asked_again_is_done_anew(desk):
    first = inside(desk.start(gated, ("slow",), key="a", watcher="me"))
    other = desk.start(quick, ("b",), key="b", watcher="me")
    over(first, other)
    assert (first.result, other.result) == ("half of slow", "b")
    again = desk.start(quick, ("a",), key="a", watcher="me")
    over(again)
    assert (again is not first, again.result) == (True, "a")


def test_a_failure_is_kept_until_it_is_dropped(desk):
    job = desk.start(failing, (), key="a", watcher="me")
    over(job)
    kept = desk.start(failing, (), key="a", watcher="me")
    assert (kept is job, kept.error.key, kept.result) == (True, "app.broken", None)
    desk.drop("a")
    assert desk.peek("a") is None


def test_the_oldest_finished_jobs_are_shed_and_waiting_ones_are_not():
    desk = Desk(most=2)
    for key in "abc":
        over(desk.start(quick, (key,), key=key, watcher=key))
    desk.start(quick, ("d",), key="d", watcher="d")
    assert [key for key in "abcd" if desk.peek(key) is not None] == ["c", "d"]


def test_a_process_ends_at_once_though_work_is_running_and_waiting():
    told = (
        "import time\n"
        "from app.jobs import desk\n"
        "def slow(*, progress, cancelled):\n"
        "    while not cancelled():\n"
        "        time.sleep(0.01)\n"
        "for key in 'abc':\n"
        "    desk.start(slow, (), key=key, watcher=key)\n"
    )
    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT, timeout=20, check=False).returncode == 0


class _Pickling(concurrent.futures.Executor):
    """Pickles what it is handed and runs nothing."""

    def __init__(self) -> None:
        self.handed: list[bytes] = []

    def submit(self, work, /, *arguments, **_) -> Future:
        self.handed.append(pickle.dumps(arguments))
        return Future()


def test_all_work_the_app_starts_can_be_pickled(monkeypatch):
    queue, wish = _Pickling(), Wish("rate", 0.2, 2e6, pinned=("G1",))
    monkeypatch.setattr("app.jobs.desk", Desk(queue=queue))
    changed = (("reclaimed_subsidy_yuan_per_m3", 1.0), ("pipe_life_years", 20.0))
    store.plan_job("mark", changed, wish, watcher="me")
    store.curve_job("mark", changed, wish, cost_yuan=1e6, watcher="you")
    (plan, told), (curve, curve_told) = (pickle.loads(handed) for handed in queue.handed)
    assert (plan, curve) == (store.plan_work, store.curve_work)
    assert told[:2] == curve_told[:2] == ("mark", (("pipe_life_years", 20.0),))  # prices change no network
    assert (told[2], curve_told[3]) == (wish.told, 1e6)
