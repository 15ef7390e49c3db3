"""The warm process: it imports the readers once and lets each job run in a copy of itself that ends with the job.

What a stranger handed in is opened only in the copy, so the next job meets a process that has read nothing yet. The
warm process watches the copy's memory and time and ends it when either runs over, when it is told to, or when the
server is gone. Where a process cannot be copied safely (Windows, macOS) jobs run in the process itself and the server
watches, see `geo.worker.process`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import struct
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from io import FileIO
from queue import SimpleQueue

from geo.worker import frames
from geo.worker.limits import Limits, confine, leave_network, resident_bytes
from words import LANGUAGES, sentences

FORKS = sys.platform == "linux"
STEP_S = 0.02
_SIZE = struct.Struct(">II")
_CHUNK = 1 << 20


def packed(head: dict[str, object], before: bytes, letter: bytes) -> bytes:
    """A job: what the warm process may look at, a letter for it from the server, and the one only the copy opens."""
    text = json.dumps(head).encode("ascii")
    return b"".join((_SIZE.pack(len(text), len(before)), text, before, letter))


def serve(folder: str, preload: list[str], *, forks: bool) -> None:
    """Take jobs from standard input until it ends, in a folder the server made and this process takes away."""
    stdin, stdout = _own_pipes()
    leave_network()
    os.chdir(folder)
    try:
        for module in ("geo.worker.letter", *preload):
            importlib.import_module(module)
        for language in LANGUAGES:
            sentences(language)
        frames.send(stdout, frames.READY)
        _jobs_apart(stdin, stdout, folder) if forks else _jobs_here(stdin, stdout, folder)
    except BrokenPipeError:
        pass
    finally:
        os.chdir(os.path.dirname(folder))
        shutil.rmtree(folder, ignore_errors=True)


def _own_pipes() -> tuple[_Whole, _Whole]:
    """The pipes to the server under numbers of their own, so that nothing printed or asked for reaches them."""
    stdin, stdout = FileIO(os.dup(0), "rb"), FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return _Whole(stdin), _Whole(stdout)


class _Whole:
    """An unbuffered pipe that reads and writes all that was asked for."""

    def __init__(self, raw: FileIO) -> None:
        self.raw, self.fileno = raw, raw.fileno

    def read(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size and (chunk := self.raw.read(min(size - len(found), _CHUNK))):
            found += chunk
        return bytes(found)

    def write(self, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            rest = rest[self.raw.write(rest[:_CHUNK]) :]

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.raw.close()


def _jobs_apart(stdin: _Whole, stdout: _Whole, folder: str) -> None:
    while (message := frames.receive(stdin)) is not None:
        if message[0] != frames.JOB:
            continue  # told to stop what had ended already
        head, before, letter = _opened(message[1])
        _get_ready(head, before)
        own = tempfile.mkdtemp(dir=folder)
        read_end, write_end = os.pipe()
        gc.freeze()  # the copy's collector then leaves what both share alone
        pid = os.fork()
        if pid == 0:
            _copy(head, letter, own, pipes=(stdin, stdout, read_end), answer=write_end)
        os.close(write_end)
        try:
            frames.send(stdout, *_watched(pid, read_end, stdin, _limits(head)))
        finally:
            os.close(read_end)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            shutil.rmtree(own, ignore_errors=True)


def _copy(head: dict, letter: bytes, own: str, *, pipes: tuple, answer: int) -> None:
    """Run the job in this copy and end it, whatever happens."""
    try:
        stdin, stdout, read_end = pipes
        stdin.close()
        stdout.close()
        os.close(read_end)
        os.chdir(own)
        tempfile.tempdir = own
        limits = _limits(head)
        if limits.gives_way:
            with contextlib.suppress(OSError):
                os.nice(5)
        confine(limits)
        said = _done(head, letter)
        _Whole(FileIO(answer, "wb")).write(said)
    finally:
        os._exit(0)


def _watched(pid: int, read_end: int, stdin: _Whole, limits: Limits) -> tuple[bytes, bytes]:
    """What the copy answered, or why it was ended; the answer counts only when it is whole (see `_done`)."""
    found, end = bytearray(), time.monotonic() + limits.seconds
    while True:
        ready, _, _ = select.select([read_end, stdin.fileno()], [], [], STEP_S)
        if read_end in ready:
            chunk = os.read(read_end, _CHUNK)
            if not chunk:
                whole = found[-len(_WHOLE) :] == _WHOLE
                return (frames.ANSWER, bytes(found[: -len(_WHOLE)])) if whole else (frames.DIED, b"")
            found += chunk
            if len(found) > limits.answer_bytes:
                return frames.HUGE, b""
        elif stdin.fileno() in ready:
            frames.receive(stdin)  # told to stop, or the server is gone: the next look at the pipe will tell
            return frames.DIED, b""
        if (resident_bytes(pid) or 0) > limits.memory_bytes:
            return frames.FULL, b""
        if time.monotonic() > end:
            return frames.SLOW, b""


_WHOLE = b"whole"


def _jobs_here(stdin: _Whole, stdout: _Whole, folder: str) -> None:
    """Jobs one after another in this process; a thread ends it when the server is gone."""
    jobs: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        while (message := frames.receive(stdin)) is not None:
            jobs.put(message[1])
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    tempfile.tempdir = folder
    confined = False
    while True:
        head, before, letter = _opened(jobs.get())
        _get_ready(head, before)
        limits = _limits(head)
        if not confined:
            confine(Limits(limits.memory_bytes, 1e6))  # the server watches the time of each job
            confined = True
        said = _done(head, letter)[: -len(_WHOLE)]
        huge = len(said) > limits.answer_bytes
        frames.send(stdout, frames.HUGE if huge else frames.ANSWER, b"" if huge else said)


def _opened(job: bytes) -> tuple[dict, bytes, bytes]:
    size, told = _SIZE.unpack_from(job)
    start = _SIZE.size + size
    return json.loads(job[_SIZE.size : start]), job[start : start + told], job[start + told :]


def _get_ready(head: dict, before: bytes) -> None:
    """What the server itself wants done here once, for all copies to come; nothing of a stranger's is in it."""
    with contextlib.suppress(Exception):  # a fault shows again in the job, where it is told
        module = importlib.import_module(head["module"])
        if before:
            _once(getattr(module, head["before"]), before)


@cache
def _once(function: Callable[..., object], before: bytes) -> None:
    from geo.worker import letter

    function(*letter.read(before))


def _limits(head: dict) -> Limits:
    return Limits(**head["limits"])


def _done(head: dict, letter: bytes) -> bytes:
    """The letter with the function's value, its refusal, or the trace of its fault."""
    from geo.doubt import UndecidedError
    from geo.worker import letter as letters
    from words.errors import AtlasError
    from words.markup import legible

    try:
        function = getattr(importlib.import_module(head["module"]), head["name"])
        given = letters.read(letter, kinds=[_named(kind) for kind in head["kinds"]])
        said = letters.write({"value": function(*given)})
    except UndecidedError as error:
        said = letters.write({"open": error.doubts})
    except AtlasError as error:
        facts = {
            name: fact if isinstance(fact, int | float) else legible(str(fact)) for name, fact in error.facts.items()
        }
        trace = traceback.format_exc()[-8000:] if ".fault_" in error.key else ""
        said = letters.write({"refused": [error.key, facts], "fault": trace})
    except MemoryError:
        said = letters.write({"full": True})
    except Exception:
        said = letters.write({"fault": traceback.format_exc()[-8000:]})
    return said + _WHOLE


def _named(kind: str) -> type:
    module, _, name = kind.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    serve(sys.argv[2], sys.argv[3:], forks=sys.argv[1] == "apart")
