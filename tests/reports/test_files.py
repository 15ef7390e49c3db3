"""What a maker of a file makes becomes bytes: given as bytes or text, or written where it was told to."""

from __future__ import annotations

from pathlib import Path

from reports.files import content


def test_bytes_text_and_files_become_bytes():
    places: list[Path] = []

    def written(path: Path) -> Path:
        places.append(path)
        path.write_bytes(b"GP")
        return path

    assert content(lambda _: b"\x00\x01", "xlsx") == b"\x00\x01"
    assert content(lambda _: "水", "html") == "水".encode()
    assert content(written, "gpkg") == b"GP"
    assert places[0].suffix == ".gpkg"
    assert not places[0].exists()
