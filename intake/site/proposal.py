"""A proposal's facts from a TOML file."""

from __future__ import annotations

from pathlib import Path

from analysis.proposal import Proposal, from_toml
from geo.files.sniff import present
from geo.files.text import read_text
from geo.reached import first_faulty
from words.errors import AtlasError

MOST_BYTES = 1_000_000


def read_proposal(path: str | Path) -> Proposal:
    """The proposal in a TOML file; AtlasError when it is missing, too large or says something unknown."""
    path = Path(path)
    present(path)
    if path.stat().st_size > MOST_BYTES:
        size = round(path.stat().st_size / 1024**2, 1)
        raise AtlasError("siting.errors.file_too_big", file=path.name, size=size, most=1)
    lines = read_text(path).splitlines()
    try:
        return from_toml("\n".join(lines))
    except (ValueError, OverflowError, RecursionError) as error:
        row = first_faulty(len(lines), lambda count: from_toml("\n".join(lines[:count])))
        raise AtlasError("geo.errors.fault_line", file=path.name, row=row) from error
