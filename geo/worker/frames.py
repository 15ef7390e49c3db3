"""Messages on a pipe: one letter for the kind, eight bytes for the length, then so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Protocol

_HEAD = struct.Struct(">cQ")
READY, JOB, STOP, ANSWER, SLOW, FULL, DIED, HUGE = b"R", b"J", b"S", b"A", b"T", b"M", b"D", b"H"


class Readable(Protocol):
    """What gives all bytes asked for, fewer only at the end."""

    def read(self, size: int, /) -> bytes:
        """So many bytes."""


class Writable(Protocol):
    """What takes bytes whole."""

    def write(self, content: bytes, /) -> object:
        """Take them."""

    def flush(self) -> None:
        """Hold nothing back."""


def send(stream: Writable, kind: bytes, body: bytes = b"") -> None:
    """Write one message."""
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: Readable, *, most: Callable[[], int] | None = None) -> tuple[bytes, bytes] | None:
    """The next message as kind and body; none at the end or when it announces more than `most`."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if most is not None and size > most():
        return None
    body = stream.read(size)
    return None if len(body) < size else (kind, body)
