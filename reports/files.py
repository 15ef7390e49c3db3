"""Files a person may take away, each as a maker that is called when it is asked for and not before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

Maker = Callable[[Path], bytes | str | Path]
Makers = Mapping[str, Maker]
"""By kind, such as `xlsx`: a maker gives the file's content, or writes it to the path it is handed."""


def content(maker: Maker, kind: str) -> bytes:
    """What a maker makes, as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        made = maker(Path(folder) / f"file.{kind}")
        if isinstance(made, Path):
            return made.read_bytes()
        return made.encode("utf-8") if isinstance(made, str) else made
