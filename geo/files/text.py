"""A whole text file as text, its encoding found by looking."""

from __future__ import annotations

from pathlib import Path

from geo.files.encoding import text_codec
from words.errors import AtlasError


def read_text(path: Path) -> str:
    """The text of a file without its byte-order mark; AtlasError when it is no text."""
    content = path.read_bytes()
    codec = text_codec(content)
    if codec is None:
        raise AtlasError("geo.errors.unknown_content", file=path.name)
    return content.decode(codec, errors="replace").lstrip("\ufeff")


def head_of(path: Path, *, size: int = 4096) -> str:
    """The first bytes of a file as text, empty when they are none."""
    with path.open("rb") as stream:
        content = stream.read(size)
    codec = text_codec(content, cut=len(content) == size)
    return "" if codec is None else content.decode(codec, errors="ignore").lstrip("\ufeff")
