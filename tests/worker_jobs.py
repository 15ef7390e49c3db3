"""What the tests of the reading processes let them do."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import socket
import tempfile
import time
from pathlib import Path

from words import LANGUAGES, sentences, text
from words.errors import AtlasError


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two values."""

    left: object
    right: object


def give(value: object) -> object:
    """The value itself."""
    return value


def niceness() -> int:
    """How far this process lets others go first."""
    return os.nice(0)


def words_read() -> int:
    """How often the words of a language were read from their files, once a sentence has been asked for in each."""
    for language in LANGUAGES:
        assert text("app.title", language)
    return sentences.cache_info().misses


def refuse(file: str) -> None:
    """A refusal with facts."""
    raise AtlasError("geo.errors.no_such_file", file=file, row=3)


def fail() -> None:
    """A fault of the reader."""
    raise KeyError("MZ")


def grow(megabytes: int) -> int:
    """Hold so much memory for a moment."""
    held = [bytearray(1024**2) for _ in range(megabytes)]
    for block in held:
        block[::4096] = b"x" * len(block[::4096])
    time.sleep(0.5)
    return len(held)


def hang() -> None:
    """Never come back, and let no other Python code run."""
    re.match(r"(a*)*b", "a" * 60)


def sleep(seconds: float) -> float:
    """Come back later."""
    time.sleep(seconds)
    return seconds


def kill_itself() -> None:
    """Die as a crash of a library would."""
    os.kill(os.getpid(), signal.SIGKILL)


def pids(mark: str) -> None:
    """Write this process's and the warm one's numbers into a file, then wait."""
    Path(mark).write_text(f"{os.getpid()} {os.getppid()}", encoding="ascii")
    time.sleep(60)


def ask_out(port: int) -> None:
    """Open a connection to this machine from Python."""
    socket.create_connection(("127.0.0.1", port), timeout=2)


def interfaces() -> list[str]:
    """The network interfaces the process sees that are up."""
    lines = Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return [line.split(":")[0].strip() for line in lines]


def litter() -> str:
    """Leave a file in the temporary folder."""
    handle, name = tempfile.mkstemp()
    os.close(handle)
    return name


def many(count: int) -> bytes:
    """A large answer."""
    return b"x" * count


def environment() -> list[str]:
    """The names of the environment's variables."""
    return sorted(os.environ)
