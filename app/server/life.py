"""From the start of the server to its end: the data are opened beside it, and a request to end is heard for sure."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

from app.server.ready import opening

LONGEST_END_S = 8.0


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Begin to open the data; nobody waits for them here, so that the server answers from its first second."""
    opening.begin()
    _end_for_sure()
    yield


def _end_for_sure() -> None:
    """However a page or a stalled client hangs, the process is gone a few seconds after it was told to end."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _within_limit(before))


def _within_limit(before: Any) -> Any:
    def ended(number: int, frame: FrameType | None) -> None:
        if hasattr(signal, "setitimer"):  # the system ends the process, whatever Python is busy with
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, LONGEST_END_S)
        else:
            limit = threading.Timer(LONGEST_END_S, os._exit, (128 + number,))
            limit.daemon = True
            limit.start()
        before(number, frame)

    return ended
