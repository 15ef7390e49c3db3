"""Reading processes: what strangers hand in is opened there, with limits, and never in the server.

`run` calls a module-level function in a process that already holds the readers. It has no network where the system
allows that, little memory, little time and a folder of its own; it may hang, grow or die, and the caller gets an
`AtlasError` that says so. Nothing is pickled in either direction: values travel as `geo.worker.letter` writes them.
"""

from __future__ import annotations

from geo.worker.limits import Limits
from geo.worker.pool import run, warm

__all__ = ["Limits", "run", "warm"]
