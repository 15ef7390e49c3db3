"""Messages on a pipe: one letter for the kind, eight bytes for the length, then so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

_HEAD = struct.Struct(">cQ")
READY, JOB, STOP, ANSWER, SLOW, FULL, DIED, HUGE = b"R", b"J", b"S", b"A", b"T", b"M", b"D", b"H"


def send(stream: BinaryIO, kind: bytes, body: bytes = b"") -> None:
    """Write one message."""
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, *, most: Callable[[], int] | None = None) -> tuple[bytes, bytes] | None:
    """The next message as kind and body; none at the end or when it announces more than `most`."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if most is not None and size > most():
        return None
    body = stream.read(size)
    return None if len(body) < size else (kind, body)
