"""Long work beside the pages: each piece runs once, tells how far it is, and can be stopped.

One queue in order, so that a hall full of planners does not stall the server. `Desk.start` is the only way in, whatever
runs behind it: the work is a function of a module and its arguments are plain values, so both can be pickled. The work
is also handed `progress`, to say how far it is, and `cancelled`, which says whether it is to end with what it has.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from typing import Any

from app import store
from words.errors import AtlasError

MOST_KEPT = 24
Work = Callable[..., Any]


def _told(work: Work, arguments: tuple[Any, ...], **handed: Any) -> Any:
    """What the work gives; a bug in it becomes, once, the calm sentence whose reference is in the log."""
    try:
        return work(*arguments, **handed)
    except Exception as error:
        raise store.refusal(error) from error


class Job:
    """A piece of work under its key; `told` is the latest it said of itself, `place` its number in the queue."""

    def __init__(self, key: str, *, place: int = 0) -> None:
        """A job that has not begun."""
        self.key, self.place = key, place
        self.told: Mapping[str, Any] = {"phase": "waiting"}
        self.watchers: set[str] = set()
        self.future: Future[Any] = Future()
        self._stopped = threading.Event()
        self._asked = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._asked

    @property
    def over(self) -> bool:
        """Whether it has ended, with a result, an error, or neither because it was stopped before its turn."""
        return self.future.done()

    @property
    def error(self) -> AtlasError | None:
        """Why it failed, as it may be shown."""
        error = self.future.exception() if self.over and not self.future.cancelled() else None
        return error if error is None or isinstance(error, AtlasError) else store.refusal(error)

    @property
    def result(self) -> Any:
        """What it gave, none before it is over."""
        return self.future.result() if self.over and not self.future.cancelled() and self.error is None else None

    def wait(self, seconds: float) -> bool:
        """Whether it is over, at the latest after so many seconds."""
        return not wait([self.future], timeout=seconds).not_done

    def stop(self) -> None:
        """Ask the work to end with what it has; in the queue it gives up its place."""
        self._stopped.set()
        self.future.cancel()

    def stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._stopped.is_set()

    def tell(self, told: Mapping[str, Any]) -> None:
        """Say how far the work is."""
        self.told = told


class Desk:
    """The jobs of this process by key, the latest kept."""

    def __init__(self, *, most: int = MOST_KEPT, queue: Executor | None = None) -> None:
        """An empty desk."""
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._most, self._places = threading.Lock(), most, itertools.count()
        self._queue = queue or ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        # Python waits for the threads of executors when it ends, even before `atexit`; this is what runs before that.
        threading._register_atexit(self.close)  # type: ignore[attr-defined]

    def start(self, work: Work, arguments: tuple[Any, ...], *, key: str, watcher: str) -> Job:
        """The job under a key, put into the queue if it is not there; what the watcher waited for before is stopped."""
        with self._lock:
            self._leave(watcher, but=key)
            job = self._jobs.get(key)
            if job is None or (job.stopped() and not job.watchers):
                job = Job(key, place=next(self._places))
                job.future = self._queue.submit(_told, work, arguments, progress=job.tell, cancelled=job.stopped)
                self._jobs[key] = job
            job.watchers.add(watcher)
            self._jobs.move_to_end(key)
            self._shed()
        return job

    def peek(self, key: str) -> Job | None:
        """The job under a key if there is one."""
        with self._lock:
            return self._jobs.get(key)

    def ahead(self, job: Job) -> int:
        """How many jobs have their turn before this one."""
        with self._lock:
            return sum(not other.over and other.place < job.place for other in self._jobs.values())

    def leave(self, watcher: str) -> None:
        """What a watcher waits for is stopped unless somebody else waits for it too."""
        with self._lock:
            self._leave(watcher)

    def drop(self, key: str) -> None:
        """Forget a finished job, so that it is done anew when asked for."""
        with self._lock:
            if key in self._jobs and self._jobs[key].over:
                del self._jobs[key]

    def close(self) -> None:
        """Stop everything; nothing more can be started."""
        with self._lock:
            for job in self._jobs.values():
                job.stop()
        self._queue.shutdown(wait=False, cancel_futures=True)

    def _leave(self, watcher: str, *, but: str = "") -> None:
        for job in self._jobs.values():
            if job.key != but and not job.over and watcher in job.watchers:
                job.watchers.discard(watcher)
                if not job.watchers:
                    job.stop()

    def _shed(self) -> None:
        for key in [key for key, job in self._jobs.items() if job.over and job.stopped() and not job.watchers]:
            del self._jobs[key]
        over = [key for key, job in self._jobs.items() if job.over]
        for key in over[: max(len(self._jobs) - self._most, 0)]:
            del self._jobs[key]


desk = Desk()
