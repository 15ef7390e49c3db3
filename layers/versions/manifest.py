"""What a data folder holds, by content: the manifest, and the version id made from it.

The version id changes exactly when the content of some layer changes, so a finding or a printed page that names it
can be told from one made with other data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NotRequired, TypedDict

from geo.atomic import put
from layers.district import Entry
from layers.layer import Source, Status
from words.errors import AtlasError

FILE = "manifest.json"
_SHAPEFILE_PARTS = (".cpg", ".dbf", ".prj", ".shp", ".shx")


class _Written(TypedDict):
    """An entry as it stands in the file; those of earlier versions have no names and no members."""

    file: str
    sha256: str
    count: int
    extent: float
    crs: str | None
    encoding: str | None
    issuer: str
    as_of: str
    licence: str
    status: Status
    names: NotRequired[str]
    members: NotRequired[dict[str, tuple[str, float]]]


def parts(path: Path) -> tuple[Path, ...]:
    """The files that make up one layer: a shapefile's five, or the file itself; sorted by name."""
    if path.suffix.lower() != ".shp":
        return (path,)
    kin = [item for item in path.parent.iterdir() if item.stem == path.stem]
    return tuple(sorted(item for item in kin if item.suffix.lower() in _SHAPEFILE_PARTS))


def content_hash(path: Path) -> str:
    """SHA-256 over the layer's files: for each its suffix, size and bytes."""
    seen = hashlib.sha256()
    for part in parts(path):
        content = part.read_bytes()
        seen.update(f"{part.suffix.lower()}:{len(content)}\n".encode())
        seen.update(content)
    return seen.hexdigest()


def version_id(entries: Iterable[Entry]) -> str:
    """Twelve hex digits over the hashes of all layers."""
    told = "".join(f"{entry.id}:{entry.sha256}\n" for entry in sorted(entries, key=lambda entry: entry.id))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def write_manifest(manifest: Mapping[str, Entry], folder: Path) -> Path:
    """Writes `manifest.json` into the folder in one step and returns its path."""
    layers = {id_: _told(manifest[id_]) for id_ in sorted(manifest)}
    document = {"version": version_id(manifest.values()), "layers": layers}
    put(folder / FILE, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return folder / FILE


def read_manifest(folder: Path) -> dict[str, Entry]:
    """The entries of `manifest.json`, empty when the folder has none; AtlasError when it cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        layers = json.loads(path.read_text(encoding="utf-8"))["layers"]
        return {id_: _entry(id_, told) for id_, told in layers.items()}
    except OSError as error:
        raise AtlasError("problems.manifest_unreadable", file=FILE, reason=error.strerror or "OSError") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AtlasError("problems.manifest_unreadable", file=FILE, reason=str(error)) from error


def _told(entry: Entry) -> _Written:
    source = entry.source
    written: _Written = {
        "file": entry.file,
        "sha256": entry.sha256,
        "count": entry.count,
        "extent": round(entry.extent, 1),
        "crs": entry.crs,
        "encoding": entry.encoding,
        "issuer": source.issuer,
        "as_of": source.as_of.isoformat(),
        "licence": source.licence,
        "status": source.status,
    }
    if entry.names is not None:
        written["names"] = entry.names
    if entry.members is not None:
        written["members"] = {code: (name, round(area_m2, 1)) for code, (name, area_m2) in entry.members.items()}
    return written


def _entry(id_: str, told: _Written) -> Entry:
    as_of = date.fromisoformat(told["as_of"])
    source = Source(issuer=told["issuer"], as_of=as_of, licence=told["licence"], status=told["status"])
    return Entry(
        id=id_,
        file=told["file"],
        sha256=told["sha256"],
        count=told["count"],
        extent=told["extent"],
        crs=told["crs"],
        source=source,
        encoding=told["encoding"],
        names=told.get("names"),
        members={code: (str(name), float(area_m2)) for code, (name, area_m2) in told["members"].items()}
        if "members" in told
        else None,
    )
