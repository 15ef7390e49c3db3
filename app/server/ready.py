"""Whether the data are open: opened in the background when the server starts, so that no visitor waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from app import store
from app.overview.controls import first_indicator
from app.overview.store import district_map
from app.township.store import township_map
from words import LANGUAGES, Language, text
from words.errors import AtlasError

State = Literal["opening", "ready", "failed"]
MAPS_WARMED = 60


@dataclass(frozen=True)
class Stand:
    """How far the opening is, and why it failed if it did."""

    state: State
    error: AtlasError | None = None

    def sentence(self, language: Language) -> str:
        """The same for people."""
        if self.error is not None:
            return text("server.failed", language, reason=text(self.error.key, language, **self.error.facts))
        return text(f"server.{self.state}", language)


class Opening:
    """Opens the data in a thread of its own, which never keeps the process from ending."""

    def __init__(self, open_: Callable[[], AtlasError | None], warm: Callable[[], None]) -> None:
        """`open_` gives why there are no data, none when there are; `warm` makes ready what visitors ask for first."""
        self._open, self._warm = open_, warm
        self._stand = Stand("opening")
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Open the data, unless that is going on or done."""
        with self._lock:
            going = self._thread is not None and self._thread.is_alive()
            if not going and self._stand.state != "ready":
                self._thread = threading.Thread(target=self._run, name="opening", daemon=True)
                self._thread.start()

    def look(self) -> Stand:
        """How far it is; what failed is tried again, for a folder may have been mended."""
        if self._stand.state == "failed":
            self.begin()
        return self._stand

    def _run(self) -> None:
        try:
            error = self._open()
            if error is None:
                self._warm()
        except Exception as wrong:
            error = store.refusal(wrong)
        self._stand = Stand("ready") if error is None else Stand("failed", error)


def warm() -> None:
    """Draw what visitors ask for first: the map of the district, and those of the townships in the usual language."""
    mark = store.current()
    for language in LANGUAGES:
        district_map(mark, first_indicator(mark), language)
    for code in list(store.names(mark))[:MAPS_WARMED]:
        township_map(mark, code, LANGUAGES[0])


opening = Opening(store.unopened, warm)
