"""The reading processes of this server: a few, taken in the order of asking, started anew when one was ended."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from geo.doubt import Choice, Doubt, UndecidedError
from geo.worker import letter
from geo.worker.limits import MB, Limits
from geo.worker.process import Cancelled, Head, Letters, Process, sweep
from words import Named, NamedAll, has
from words.errors import AtlasError

MOST_AT_ONCE = 2
MOST_WAITING = 30
LONGEST_WAIT_S = 90.0
_STEP_S = 0.05
_log = logging.getLogger("atlas.worker")


class Pool:
    """Processes that wait warm, and the line of those who ask for one."""

    def __init__(self, start: Callable[[tuple[str, ...]], Process] = Process, *, most: int = MOST_AT_ONCE) -> None:
        """An empty pool; the first process starts when it is first needed or told to warm."""
        self._start, self._most = start, most
        self._changed = threading.Condition()
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._line: deque[object] = deque()
        self._preload: tuple[str, ...] = ()

    def warm(self, modules: Iterable[str] = ()) -> None:
        """Let one process that holds these modules wait."""
        sweep()
        with self._changed:
            self._preload = tuple(dict.fromkeys((*self._preload, *modules)))
            if not self._idle and not self._busy:
                self._idle.append(self._start(self._preload))

    def ask(self, head: Head, letters: Letters, *, limits: Limits, cancelled: Cancelled) -> bytes:
        """The answer of the next free process; AtlasError `geo.errors.worker_*`."""
        process = self._take(cancelled)
        try:
            return process.ask(head, letters, limits=limits, cancelled=cancelled)
        finally:
            self._give_back(process)

    def close(self) -> None:
        """End all processes."""
        with self._changed:
            for process in (*self._idle, *self._busy):
                process.end()
            self._idle.clear()

    @property
    def pids(self) -> list[int]:
        """The warm processes' numbers."""
        with self._changed:
            return [process.pid for process in (*self._idle, *self._busy)]

    def _take(self, cancelled: Cancelled) -> Process:
        turn, end = object(), time.monotonic() + LONGEST_WAIT_S
        with self._changed:
            if len(self._line) >= MOST_WAITING:
                raise AtlasError("geo.errors.worker_busy")
            self._line.append(turn)
            try:
                while self._line[0] is not turn or not (self._idle or len(self._busy) < self._most):
                    self._changed.wait(_STEP_S)
                    if cancelled():
                        raise AtlasError("geo.errors.worker_cancelled")
                    if time.monotonic() > end:
                        raise AtlasError("geo.errors.worker_busy")
                process = self._idle.pop() if self._idle else self._start(self._preload)
                self._busy.add(process)
                return process
            finally:
                self._line.remove(turn)
                self._changed.notify_all()

    def _give_back(self, process: Process) -> None:
        with self._changed:
            self._busy.discard(process)
            if process.usable:
                self._idle.append(process)
            elif not self._idle and not self._busy:
                self._idle.append(self._start(self._preload))
            self._changed.notify_all()


POOL = Pool()
atexit.register(POOL.close)


def warm(*modules: str) -> None:
    """Let a reading process that holds these modules wait, so that the first job need not."""
    POOL.warm(modules)


def run(
    function: Callable[..., Any],
    arguments: tuple[object, ...],
    *,
    limits: Limits,
    kinds: Iterable[type] = (),
    before: tuple[Callable[..., object], tuple[object, ...]] | None = None,
    cancelled: Cancelled = lambda: False,
    pool: Pool | None = None,
) -> Any:
    """What the module-level function gives for the arguments, in a reading process.

    `kinds` are the dataclasses that may travel; `before` a function of the same module and its arguments, nothing of a
    stranger's, that the warm process runs once so that it need not be done for each job. AtlasError as the function
    raises it, or `geo.errors.worker_slow`, `worker_memory`, `worker_died`, `worker_busy`, `worker_cancelled`,
    `worker_answer` (too large or no answer), `worker_fault` (a fault of the reader, its trace in the log).
    """
    kinds = tuple(kinds)
    head: Head = {"module": function.__module__, "name": function.__qualname__}
    head["kinds"] = [f"{kind.__module__}:{kind.__qualname__}" for kind in kinds]
    head["before"] = before[0].__qualname__ if before else ""
    letters = (letter.write(list(before[1])) if before else b"", letter.write(list(arguments)))
    said = (pool or POOL).ask(head, letters, limits=limits, cancelled=cancelled)
    try:
        answer = letter.read(said, kinds=(*kinds, Doubt, Choice, Named, NamedAll))
        if "value" in answer:
            return answer["value"]
        if "open" in answer:
            raise UndecidedError(_known(answer["open"]))
        if "refused" in answer:
            key, facts = answer["refused"]
            _refuse_foreign(key)
            if answer.get("fault"):
                _log.error("a reader failed in %s: %s", function.__qualname__, answer["fault"])
            raise AtlasError(key, **facts)
    except (ValueError, TypeError, AttributeError):
        raise AtlasError("geo.errors.worker_answer", most=limits.answer_bytes // MB) from None
    if "full" in answer:
        raise AtlasError("geo.errors.worker_memory", most=limits.memory_bytes // MB)
    _log.error("a reader failed in %s: %s", function.__qualname__, answer.get("fault"))
    raise AtlasError("geo.errors.worker_fault")


def _known(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The questions of a reader; ValueError for one that has no sentence of ours."""
    doubts = tuple(doubts)
    for doubt in doubts:
        _refuse_foreign(doubt.sentence)
        for choice in doubt.choices:
            if choice.key:
                _refuse_foreign(choice.key)
    return doubts


def _refuse_foreign(key: str) -> None:
    if not has(key, "zh"):
        raise ValueError("no sentence of ours")
