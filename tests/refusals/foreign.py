"""What people hand in that is well known and none of ours: what it is called at both doors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo.files.sniff import sniff
from intake.site.reading import read_site
from tests.geo.files.shape_files import shapefile, zipped
from tests.geo.files.test_sniff import HOSTILE
from tests.refusals.ways import DISTRICT, Give, Row
from words import has

_IN = {"word": "word/document.xml", "slides": "ppt/presentation.xml", "open_document": "content.xml", "pdf": "OFD.xml",
       "geodatabase": "a.gdb/a00000001.gdbtable", "dwg": "红线.dwg", "mapinfo": "a.tab",
       "project": "a.qgs"}  # fmt: skip
_BYTES = {
    "geodatabase": ("a00000001.gdbtable", b"\3\0\0\0" + bytes(60) + b"\xff\xfe\xfd"),
}
_TEXTS = {key.removeprefix("foreign."): content for content, key in HOSTILE.values() if key.startswith("foreign.")}
_OURS = ("kml", "dxf")  # a site may be one


def _file(name: str, content: bytes, *, site: bool) -> Give:
    def give(folder: Path) -> object:
        (folder / name).write_bytes(content)
        return read_site(folder / name, DISTRICT) if site else sniff(folder / name)

    return give


def _packed(entry: str, *, site: bool) -> Give:
    def give(folder: Path) -> object:
        path = zipped(folder / "a.zip", {entry: b"x"})
        return read_site(path, DISTRICT) if site else sniff(path)

    return give


def _folder(*, site: bool) -> Give:
    def give(folder: Path) -> object:
        (folder / "a.gdb").mkdir()
        return read_site(folder / "a.gdb", DISTRICT) if site else sniff(folder / "a.gdb")

    return give


def _lone(suffix: str) -> Give:
    def give(folder: Path) -> object:
        (folder / "alone").mkdir()
        part = folder / "alone" / f"a{suffix}"
        part.write_bytes(shapefile(folder).with_suffix(suffix).read_bytes())
        return read_site(part, DISTRICT)

    return give


def _inputs(*, site: bool) -> dict[str, Give]:
    """An input of every kind, for one door."""
    found = {kind: _packed(entry, site=site) for kind, entry in _IN.items()}
    found |= {kind: _file("a.bin", content, site=site) for kind, content in _TEXTS.items()}
    found |= {kind: _file(name, content, site=site) for kind, (name, content) in _BYTES.items()}
    return found | {"folder": _folder(site=site)}


def called(kind: str) -> str:
    """The key under which a site refuses a kind."""
    kind = "raster" if kind == "ascii_grid" else kind
    own = f"intake.site.foreign.{kind}"
    return own if has(own) else f"geo.errors.foreign.{kind}"


LAYERS: Mapping[str, Row] = {f"geo.errors.foreign.{kind}": Row(give) for kind, give in _inputs(site=False).items()}
SITES: Mapping[str, tuple[str, Give]] = {
    **{kind: (called(kind), give) for kind, give in _inputs(site=True).items() if kind not in (*_OURS, "xml")},
    "other XML": ("geo.errors.foreign.xml", _file("a.xml", b"<a><b/></a>", site=True)),
    "blank": ("intake.site.foreign.blank", _file("a.txt", b" \n", site=True)),
    "raster": ("intake.site.foreign.raster", _file("a.tif", b"II*\0" + bytes(20), site=True)),
    "part": ("intake.site.foreign.part", _lone(".dbf")),
    "lone_shp": ("intake.site.foreign.lone_shp", _lone(".shp")),
    "unknown": ("intake.site.foreign.unknown", _file("a.bin", bytes(range(1, 256)) + b"\0\xff\xfe", site=True)),
}
ROWS: Mapping[str, Row] = {**LAYERS, **{key: Row(give) for key, give in SITES.values() if key.startswith("intake.")}}
