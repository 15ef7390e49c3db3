"""Refusals of the file readers: a file that is not whole or not ours, and the one asked for instead."""

from __future__ import annotations

import stat
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
from affine import Affine
from rasterio.errors import NotGeoreferencedWarning
from shapely import LineString, Point

from geo.files import table, vector
from geo.grids import raster
from tests.geo.files.shape_files import copied, patched, shapefile, squares, zipped
from tests.refusals.ways import GEOJSON, Give, Row, packed, polyline, read, site
from tests.refusals.ways import dxf as drawing

GOOD: Give = lambda folder: read(shapefile(_in(folder)))  # noqa: E731


def _in(folder: Path) -> Path:
    (folder / "in").mkdir(exist_ok=True)
    return folder / "in"


def _zip(entries: dict[str, bytes], **options: object) -> Give:
    return lambda folder: read(zipped(folder / "a.zip", entries, **options))


def _packed(folder: Path) -> object:
    return read(packed(folder))


def _entry(name: str, *, mode: int = 0, flags: int = 0) -> Give:
    def give(folder: Path) -> object:
        path = packed(folder)
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        with zipfile.ZipFile(path, "a") as file:
            file.writestr(entry, b"x")
        if flags:
            raw = bytearray(path.read_bytes())
            at = raw.rfind(b"PK\x01\x02")
            raw[at + 8 : at + 10] = flags.to_bytes(2, "little")
            path.write_bytes(bytes(raw))
        return read(path)

    return give


def _shp(place: int, content: bytes, suffix: str = ".shp") -> Give:
    """The good shapefile with bytes of one part replaced."""

    def give(folder: Path) -> object:
        shp = copied(shapefile(_in(folder)), folder / "bad")
        patched(shp.with_suffix(suffix), place, content)
        return read(shp)

    return give


def _cut(suffix: str, keep: float) -> Give:
    def give(folder: Path) -> object:
        shp = copied(shapefile(_in(folder)), folder / "cut")
        part = shp.with_suffix(suffix)
        part.write_bytes(part.read_bytes()[: int(part.stat().st_size * keep)])
        return read(shp)

    return give


def _without(suffix: str) -> Give:
    def give(folder: Path) -> object:
        shp = copied(shapefile(_in(folder)), folder / "part")
        shp.with_suffix(suffix).unlink()
        return read(shp)

    return give


def _alone(folder: Path) -> object:
    return read(shapefile(_in(folder)).with_suffix(".shx"))


def _file(content: bytes | str, name: str = "a.geojson") -> Give:
    def give(folder: Path) -> object:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return read(folder / name)

    return give


def _gpkg(*, layers: int = 1, layer: str | None = None, broken: bool = False) -> Give:
    def give(folder: Path) -> object:
        path = folder / "a.gpkg"
        vector.write_geopackage({f"层{at}": squares() for at in range(layers)}, path)
        if broken:
            path.write_bytes(path.read_bytes()[:5000])
        return read(path, layer=layer)

    return give


def _bare(folder: Path) -> object:
    vector.write_geopackage({"表": pd.DataFrame({"a": [1]})}, folder / "b.gpkg")
    return read(folder / "b.gpkg")


def _table(content: str | bytes, name: str = "a.csv") -> Give:
    def give(folder: Path) -> object:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return table.read_csv(folder / name)

    return give


def _book(*, broken: bool = False, sheet: str | None = None, empty: bool = False) -> Give:
    def give(folder: Path) -> object:
        path = folder / "a.xlsx"
        pd.DataFrame({} if empty else {"代码": ["1"], "名称": ["甲"]}).to_excel(path, index=False, sheet_name="表")
        if broken:
            with zipfile.ZipFile(path, "w") as file:
                file.writestr("xl/workbook.xml", "<workbook")
        return table.read_xlsx(path, sheet=sheet)

    return give


def _wide(folder: Path) -> object:
    (folder / "a.csv").write_text("a,b\n" + "\n" * (table.MAX_CELLS + 1), encoding="utf-8")
    return table.read_csv(folder / "a.csv")


CSV = "代码,名称\n1,甲\n"
GOOD_CSV = _table(CSV)
PLACE = Affine(90, 0, 480_000, 0, -90, 3_260_000)


def _tif(
    *,
    bands: int = 1,
    dtype: str = "float32",
    crs: str | None = "EPSG:4545",
    transform: Affine = PLACE,
    fill: float = 1,
    cut: bool = False,
    band: int = 1,
    photo: bool = False,
) -> Give:
    def give(folder: Path) -> object:
        profile = {"driver": "GTiff", "height": 40, "width": 40, "count": bands, "dtype": dtype, "nodata": -9999}
        if dtype == "uint8":
            profile["nodata"] = None
        if photo:
            profile["photometric"] = "RGB"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(folder / "a.tif", "w", crs=crs, transform=transform, **profile) as dataset:
                dataset.write((np.full((bands, 40, 40), fill) + (np.arange(40) if fill > 1 else 0)).astype(dtype))
        if cut:
            (folder / "a.tif").write_bytes((folder / "a.tif").read_bytes()[:-3000])
        return raster.read(folder / "a.tif", band=band)

    return give


def _huge(folder: Path) -> object:
    side = int(raster.MAX_CELLS**0.5) + 2
    profile = {"driver": "GTiff", "height": side, "width": side, "count": 1, "dtype": "uint8", "sparse_ok": True}
    with rasterio.open(folder / "a.tif", "w", crs="EPSG:4545", transform=PLACE, **profile):
        pass
    return raster.read(folder / "a.tif")


GOOD_TIF = _tif()


def _write(frame: gpd.GeoDataFrame, **options: str) -> Give:
    return lambda folder: vector.write_shapefile(frame, folder / "out.shp", **options)


MIXED = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[Point(0, 0), LineString([(0, 0), (1, 1)])], crs=4545)
ARCHIVES = {
    "geo.errors.archive_nested": Row(_entry("b.zip"), _packed),
    "geo.errors.archive_twice": Row(_entry("PLOT.SHP"), _packed),
    "geo.errors.archive_link": Row(_entry("a.txt", mode=stat.S_IFLNK | 0o777), _packed),
    "geo.errors.archive_escape": Row(_entry("../a.txt"), _packed),
    "geo.errors.archive_encrypted": Row(_entry("a.txt", flags=1), _packed),
    "geo.errors.archive_too_many": Row(_zip({f"{at}.txt": b"" for at in range(300)}), _packed),
    "geo.errors.archive_too_big": Row(_zip({"a.shp": bytes(30_000_000)}), _packed),
    "geo.errors.broken_archive": Row(_file(b"PK\x03\x04", "a.zip"), _packed),
    "geo.errors.nothing_in_archive": Row(_zip({"a.txt": b"x"}), _packed),
    "geo.errors.which_layer": Row(_gpkg(layers=2), _gpkg()),
    "geo.errors.no_layer": Row(_gpkg(layers=2, layer="无"), _gpkg(layers=2, layer="层1")),
}
SHAPEFILES = {
    "geo.errors.shx_alone": Row(_alone, _packed),
    "geo.errors.part_missing": Row(_without(".dbf"), GOOD),
    "geo.errors.shp_length": Row(_cut(".shp", 0.6), GOOD),
    "geo.errors.shp_type": Row(_shp(32, (31).to_bytes(4, "little")), GOOD),
    "geo.errors.shp_record": Row(_shp(108, (15).to_bytes(4, "little")), GOOD),
    "geo.errors.shx_disagrees": Row(_shp(103, b"\x99", ".shx"), GOOD),
    "geo.errors.dbf_broken": Row(_shp(43, b"?", ".dbf"), GOOD),
    "geo.errors.dbf_cut": Row(_cut(".dbf", 0.7), GOOD),
    "geo.errors.dbf_row": Row(
        lambda folder: _shp(int.from_bytes(shapefile(_in(folder)).with_suffix(".dbf").read_bytes()[8:10], "little"),
                            b"x", ".dbf")(folder), GOOD
    ),
    "geo.errors.encoding_unknown": Row(
        lambda folder: read(shapefile(_in(folder)), encoding="没有"),
        lambda folder: read(shapefile(_in(folder)), encoding="UTF-8"),
    ),
    "geo.errors.write_no_crs": Row(_write(squares().set_crs(None, allow_override=True)), _write(squares())),
    "geo.errors.write_mixed": Row(_write(MIXED), _write(MIXED.iloc[:1])),
    "geo.errors.write_long_name": Row(_write(squares().assign(a_long_name_of_it=1)), _write(squares())),
    "geo.errors.write_text": Row(_write(squares().assign(note="长" * 200)), _write(squares().assign(note="长"))),
}  # fmt: skip
OTHERS = {
    "geo.errors.empty_file": Row(_file(""), _file(GEOJSON)),
    "geo.errors.unknown_content": Row(_file(bytes(range(1, 256)) + b"\0\xff\xfe"), _file(GEOJSON)),
    "geo.errors.not_vector": Row(_file(CSV, "a.csv"), _file(GEOJSON)),
    "geo.errors.not_geojson": Row(_file('{"a": 1}'), _file(GEOJSON)),
    "geo.errors.json_utf16": Row(_file(GEOJSON.encode("utf-16")), _file(GEOJSON.encode("utf-8-sig"))),
    "geo.errors.json_broken": Row(_file(GEOJSON[:-4]), _file(GEOJSON)),
    "geo.errors.too_deep": Row(_file(GEOJSON.replace("[[[", "[" * 60, 1).replace("]]]", "]" * 60, 1))),
    "geo.errors.feature_unreadable": Row(_file(GEOJSON.replace("[107.85, 29.36]", '["a", 29.36]')), _file(GEOJSON)),
    "geo.errors.coordinate_absurd": Row(_file(GEOJSON.replace("107.851", "1e308")), _file(GEOJSON)),
    "geo.errors.gpkg_broken": Row(_gpkg(broken=True), _gpkg()),
    "geo.errors.no_geometry": Row(_bare, _gpkg()),
    "geo.errors.not_table": Row(_table(GEOJSON), GOOD_CSV),
    "geo.errors.table_empty": Row(_book(empty=True), _book()),
    "geo.errors.table_no_header": Row(_table("代码,,名称\n1,2,3\n"), GOOD_CSV),
    "geo.errors.table_header_twice": Row(_table("代码,代码\n1,2\n"), GOOD_CSV),
    "geo.errors.table_row_long": Row(_table("代码,名称\n1,2,3\n"), GOOD_CSV),
    "geo.errors.table_too_big": Row(_wide, GOOD_CSV),
    "geo.errors.csv_broken": Row(_table('代码,名称\n1,"' + "甲\n" * 70_000 + '"\n'), GOOD_CSV),
    "geo.errors.line_too_long": Row(_table("代码,名称\n" + "1" * 110_000 + ",甲\n"), GOOD_CSV),
    "geo.errors.xlsx_broken": Row(_book(broken=True), _book()),
    "geo.errors.too_many_places": Row(
        site(drawing(polyline()).replace("0\nEOF", "999\nx\n" * 2_000_010 + "0\nEOF"), "a.dxf"),
        site(drawing(polyline()), "a.dxf"),
    ),
    "geo.errors.not_raster": Row(lambda folder: raster.read(packed(folder)), GOOD_TIF),
    "geo.errors.raster_broken": Row(_tif(cut=True), GOOD_TIF),
    "geo.errors.raster_too_big": Row(_huge, GOOD_TIF),
    "geo.errors.raster_no_band": Row(_tif(band=2), _tif(bands=2, band=2)),
    "geo.errors.raster_picture": Row(_tif(bands=3, dtype="uint8", photo=True), GOOD_TIF),
    "geo.errors.raster_no_place": Row(_tif(transform=Affine.identity()), GOOD_TIF),
    "geo.errors.raster_rotated": Row(_tif(transform=PLACE @ Affine.rotation(10)), GOOD_TIF),
    "geo.errors.raster_no_crs": Row(_tif(crs=None), GOOD_TIF),
    "geo.errors.raster_empty": Row(_tif(fill=-9999), GOOD_TIF),
}
ROWS = {**ARCHIVES, **SHAPEFILES, **OTHERS}
