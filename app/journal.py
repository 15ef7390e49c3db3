"""The log: one file in the state folder, where tracebacks go; standard error where it cannot be written."""

from __future__ import annotations

import logging
import sys
from functools import lru_cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

MOST_BYTES, KEPT = 2_000_000, 5


class _Log(RotatingFileHandler):
    """A log file, made with its folder at the first entry; an entry it cannot take goes to standard error."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        print(f"{sys.exc_info()[1]}\n{self.format(record)}", file=sys.stderr, flush=True)


@lru_cache(maxsize=1)
def journal(state_folder: Path) -> logging.Logger:
    """The atlas's logger, writing to `logs/atlas.log`; five older files are kept."""
    log = logging.getLogger("atlas")
    handler = _Log(
        state_folder / "logs" / "atlas.log", maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    return log
