"""The log: one file in the state folder, where the traceback of a bug goes and nowhere else."""

from __future__ import annotations

import logging
from functools import lru_cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

MOST_BYTES, KEPT = 2_000_000, 5


@lru_cache(maxsize=1)
def journal(state_folder: Path) -> logging.Logger:
    """The atlas's logger, writing to `logs/atlas.log`; five older files are kept."""
    log = logging.getLogger("atlas")
    folder = state_folder / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "atlas.log", maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    return log
