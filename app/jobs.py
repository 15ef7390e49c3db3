"""Long work beside the pages: each piece runs once in a thread, tells how far it is, and can be stopped.

One piece runs at a time, the others wait in line, so that a hall full of planners does not stall the server.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

MOST_KEPT = 24


class Job:
    """A piece of work under its key; `told` is the latest it said of itself."""

    def __init__(self, key: str) -> None:
        """A job that has not begun."""
        self.key = key
        self.told: Mapping[str, Any] = {"phase": "waiting"}
        self.result: Any = None
        self.error: Exception | None = None
        self.over = threading.Event()
        self.watchers: set[str] = set()
        self._stopped = threading.Event()
        self._asked = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._asked

    def stop(self) -> None:
        """Ask the work to end with what it has."""
        self._stopped.set()

    def stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._stopped.is_set()

    def tell(self, told: Mapping[str, Any]) -> None:
        """Say how far the work is."""
        self.told = told


class Desk:
    """The jobs of this process by key, the latest kept."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        """An empty desk."""
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._turn, self._most = threading.Lock(), threading.Lock(), most

    def peek(self, key: str) -> Job | None:
        """The job under a key if there is one."""
        with self._lock:
            return self._jobs.get(key)

    def ask(self, key: str, work: Callable[[Job], Any], *, watcher: str) -> Job:
        """The job under a key, begun now if it is not there; what the watcher waited for before is stopped."""
        with self._lock:
            for other in self._jobs.values():
                self._leave(other, key, watcher)
            job = self._jobs.get(key)
            if job is None or _useless(job):
                job = self._jobs[key] = Job(key)
                threading.Thread(target=self._run, args=(job, work), daemon=True).start()
            job.watchers.add(watcher)
            self._jobs.move_to_end(key)
            self._shed()
        return job

    def leave(self, watcher: str) -> None:
        """What a watcher waits for is stopped unless somebody else waits for it too."""
        with self._lock:
            for job in self._jobs.values():
                self._leave(job, "", watcher)

    def drop(self, key: str) -> None:
        """Forget a finished job, so that it is done anew when asked for."""
        with self._lock:
            if key in self._jobs and self._jobs[key].over.is_set():
                del self._jobs[key]

    def _leave(self, job: Job, key: str, watcher: str) -> None:
        """A job nobody waits for any more is stopped and forgotten."""
        if job.key == key or job.over.is_set() or watcher not in job.watchers:
            return
        job.watchers.discard(watcher)
        if not job.watchers:
            job.stop()

    def _shed(self) -> None:
        for key in [key for key, job in self._jobs.items() if job.over.is_set() and job.stopped() and not job.watchers]:
            del self._jobs[key]
        over = [key for key, job in self._jobs.items() if job.over.is_set()]
        for key in over[: max(len(self._jobs) - self._most, 0)]:
            del self._jobs[key]

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        with self._turn:
            try:
                if not job.stopped():
                    job.result = work(job)
            except Exception as error:
                job.error = error
            finally:
                job.over.set()


def _useless(job: Job) -> bool:
    """Whether a job has nothing to give: it never began, or was left by everybody and stopped half-way."""
    if job.stopped() and not job.watchers:
        return True
    return job.over.is_set() and job.error is None and job.result is None
