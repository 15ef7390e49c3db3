"""One reading process as the server sees it: started, asked, watched, ended."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import Empty, SimpleQueue

from geo.worker import frames
from geo.worker.keeper import FORKS, packed
from geo.worker.limits import MB, Limits, resident_bytes
from words.errors import AtlasError

START_S = 120.0
LEFT_S = 24 * 3600.0
_FOLDER = "atlas-reading-"
_GRACE_S = 30.0  # what the warm process may take to get ready and to end a copy before it is ended itself
_STOP_S = 5.0
_STEP_S = 0.05
_KEPT: tuple[str, ...] = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "WINDIR",
    "PATHEXT",
)
_KEPT += ("LD_LIBRARY_PATH", "VIRTUAL_ENV", "OGR_SKIP", "GDAL_SKIP", "GDAL_DATA", "PROJ_DATA", "PROJ_LIB")
_SET = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONIOENCODING": "utf-8",
}
_SET |= {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "GDAL_HTTP_PROXY")}

Cancelled = Callable[[], bool]
Head = dict[str, object]
Letters = tuple[bytes, bytes]


class Process:
    """A warm process and the pipes to it. `usable` is false once it was ended."""

    def __init__(self, preload: Iterable[str] = (), *, forks: bool = FORKS) -> None:
        """Start it; it is warm a few seconds later."""
        self.forks, self.usable = forks, True
        self._folder = _own_folder()
        way = "apart" if forks else "here"
        self._popen = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "geo.worker.keeper", way, str(self._folder), *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=Path(__file__).parents[2],
            start_new_session=True,  # Ctrl+C is for the server, which then ends its readers
        )
        self._heard: SimpleQueue[tuple[bytes, bytes] | None] = SimpleQueue()
        self._most = 1 * MB
        threading.Thread(target=self._listen, daemon=True).start()
        self._ready = False

    def ask(self, head: Head, letters: Letters, *, limits: Limits, cancelled: Cancelled) -> bytes:
        """The letter that answers a job; AtlasError `geo.errors.worker_*` when there is none.

        The first of `letters` is for the warm process, the second for its copy.
        """
        self._wait_ready(cancelled)
        self._most = limits.answer_bytes + MB
        head["limits"] = dataclasses.asdict(limits)
        threading.Thread(target=self._send, args=(frames.JOB, packed(head, *letters)), daemon=True).start()
        end = time.monotonic() + limits.seconds + (_GRACE_S if self.forks else 0.0)
        while True:
            heard = self._next()
            if heard is not None:
                return self._answer(heard, limits)
            if cancelled():
                self._stop()
                raise AtlasError("geo.errors.worker_cancelled")
            if not self.forks and (resident_bytes(self._popen.pid) or 0) > limits.memory_bytes:
                self.end()
                raise _full(limits)
            if time.monotonic() > end:
                self.end()
                raise AtlasError("geo.errors.worker_slow", seconds=limits.seconds)

    def end(self) -> None:
        """End it now."""
        self.usable = False
        with contextlib.suppress(OSError):
            self._popen.kill()
        if self._popen.stdin is not None:
            with contextlib.suppress(OSError):
                self._popen.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout=5)
        shutil.rmtree(self._folder, ignore_errors=True)  # one that was killed cannot do it itself

    @property
    def pid(self) -> int:
        """The number of the warm process."""
        return self._popen.pid

    def _answer(self, heard: tuple[bytes, bytes], limits: Limits) -> bytes:
        kind, body = heard
        if not self.forks and self._popen.poll() is None and (resident_bytes(self.pid) or 0) > limits.memory_bytes / 2:
            self.end()  # what a job left behind is not carried into the next
        if kind == frames.ANSWER:
            return body
        if kind == frames.SLOW:
            raise AtlasError("geo.errors.worker_slow", seconds=limits.seconds)
        if kind == frames.FULL:
            raise _full(limits)
        if kind == frames.HUGE:
            raise AtlasError("geo.errors.worker_answer", most=limits.answer_bytes // MB)
        if not self.forks or kind != frames.DIED:
            self.end()
        raise AtlasError("geo.errors.worker_died")

    def _stop(self) -> None:
        """End the job that runs; the warm process stays where it can."""
        if not self.forks:
            self.end()
            return
        self._send(frames.STOP)
        with contextlib.suppress(Empty):
            if self._heard.get(timeout=_STOP_S) is not None:
                return
        self.end()

    def _wait_ready(self, cancelled: Cancelled) -> None:
        end = time.monotonic() + START_S
        while not self._ready:
            heard = self._next()
            if heard is not None and heard[0] == frames.READY:
                self._ready = True
            elif heard is not None or time.monotonic() > end:
                self.end()
                raise AtlasError("geo.errors.worker_died")
            elif cancelled():
                raise AtlasError("geo.errors.worker_cancelled")

    def _next(self) -> tuple[bytes, bytes] | None:
        try:
            heard = self._heard.get(timeout=_STEP_S)
        except Empty:
            return None
        return (b"", b"") if heard is None else heard

    def _listen(self) -> None:
        stream = self._popen.stdout
        if stream is None:
            return
        with stream:
            while (message := frames.receive(stream, most=lambda: self._most)) is not None:
                self._heard.put(message)
        self._heard.put(None)

    def _send(self, kind: bytes, body: bytes = b"") -> None:
        if self._popen.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                frames.send(self._popen.stdin, kind, body)


def sweep() -> None:
    """Take away the folders of readers whose server is gone, and which have not been touched for `LEFT_S`.

    A server that ends takes its readers' folders along, and so does a reader whose server was killed; what is left is
    from both killed at once. The age spares another machine's or container's, whose processes are not seen here.
    """
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
            pid = folder.name.removeprefix(_FOLDER).partition("-")[0]
            old = time.time() - folder.stat().st_mtime > LEFT_S
            if old and pid.isascii() and pid.isdigit() and resident_bytes(int(pid)) is None:
                shutil.rmtree(folder, ignore_errors=True)


def _own_folder() -> Path:
    """An empty folder of a reader's own, named by this server; one that is not there where none can be made."""
    try:
        return Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
    except OSError:
        return Path(os.devnull) / "none"  # the reader ends at once, which is told as such


def _full(limits: Limits) -> AtlasError:
    return AtlasError("geo.errors.worker_memory", most=limits.memory_bytes // MB)


def _environment() -> dict[str, str]:
    """What a reading process may know of the server's surroundings: no settings, no keys."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **_SET, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
