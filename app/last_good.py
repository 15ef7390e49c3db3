"""The last good district stays: which state of the data folder is shown, and why it is not the newest.

A state of the folder is known by its mark. The newest one that opens is shown; where the newest does not open, the
last that did is shown on, and what is wrong with the newest is kept for the banner.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from words.errors import AtlasError

AGAIN_S = 30.0  # a folder that did not open is tried again without a change: a disk may have come back


@dataclass(frozen=True)
class Setback:
    """The folder does not open since a moment, for a reason."""

    since: datetime
    error: AtlasError


@dataclass
class Held:
    """What is known of one data folder: the mark that opened last, the setback since, when it was looked at last."""

    mark: str | None = None
    setback: Setback | None = None
    looked: tuple[float, str] = (-math.inf, "")
    _failed: str | None = None
    _tried: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self, newest: str, open_: Callable[[str], object], told: Callable[[Exception], AtlasError]) -> str:
        """The mark to show: the newest when it opens, else the last that did; its error when none ever did.

        While one caller opens the newest, others go on with the last. `told` turns what went wrong into what is shown.
        """
        if newest == self.mark and self.setback is None:
            return newest
        if self._lock.acquire(blocking=self.mark is None):
            try:
                self._try(newest, open_, told)
            finally:
                self._lock.release()
        if self.mark is None:
            assert self.setback is not None
            raise told(self.setback.error)
        return self.mark

    def _try(self, newest: str, open_: Callable[[str], object], told: Callable[[Exception], AtlasError]) -> None:
        if self.setback is not None and newest == self._failed and time.monotonic() - self._tried < AGAIN_S:
            return
        if newest == self.mark and self.setback is None:
            return
        try:
            open_(newest)
        except Exception as error:
            since = datetime.now(UTC) if self.setback is None else self.setback.since
            self.setback = Setback(since, told(error))
            self._failed, self._tried = newest, time.monotonic()
        else:
            self.mark, self.setback = newest, None
