"""A zip is refused whole when one entry is bad, and everyday zips are read."""

from __future__ import annotations

import stat
import struct
import zipfile

import pytest

from geo.files import archive, vector
from tests.geo.files.shape_files import NAMES, copied, shapefile, squares, zipped, zipped_shapefile
from words.errors import AtlasError


@pytest.fixture
def shp(tmp_path):
    return shapefile(tmp_path / "in")


def refusal(path):
    with pytest.raises(AtlasError) as caught:
        vector.read(path)
    return caught.value.key.removeprefix("geo.errors."), caught.value.facts


@pytest.mark.parametrize("prefix", ["", "乡镇/", "a/b/"])
def test_a_zipped_shapefile_is_read_from_any_folder(tmp_path, shp, prefix):
    read = vector.read(zipped_shapefile(tmp_path / "t.zip", shp, prefix=prefix))
    assert list(read.frame["name"]) == list(NAMES)
    assert read.declared_crs.to_epsg() == 4545


def test_system_droppings_of_a_mac_are_overlooked(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp, prefix="towns/")
    with zipfile.ZipFile(path, "a") as whole:
        whole.writestr("__MACOSX/towns/._towns.shp", b"\0\5\x16\7")
        whole.writestr("towns/.DS_Store", b"\0")
    assert len(vector.read(path).frame) == 3


def test_chinese_entry_names_packed_in_gbk_are_understood(tmp_path, shp):
    moved = copied(shp, tmp_path / "c", stem="abcd")
    path = zipped_shapefile(tmp_path / "t.zip", moved)
    path.write_bytes(path.read_bytes().replace(b"abcd", "乡镇".encode("gb18030")))
    assert sorted(archive.names(path))[0] == "乡镇.cpg"
    assert len(vector.read(path).frame) == 3


def test_two_layers_must_be_chosen_from(tmp_path, shp):
    parts = {f"{stem}{file.suffix}": file for stem in ("a", "b") for file in shp.parent.glob("towns.*")}
    path = zipped(tmp_path / "t.zip", parts)
    assert refusal(path) == ("which_layer", {"file": "t.zip", "names": "a, b"})
    assert len(vector.read(path, layer="b").frame) == 3


def test_a_zipped_geopackage_gives_its_layers(tmp_path):
    vector.write_geopackage({"towns": squares(), "other": squares().iloc[:1]}, tmp_path / "towns.gpkg")
    path = zipped(tmp_path / "t.zip", {"towns.gpkg": tmp_path / "towns.gpkg"})
    assert refusal(path)[0] == "which_layer"
    assert len(vector.read(path, layer="towns").frame) == 3
    assert len(vector.read(path, layer="other").frame) == 1


@pytest.mark.parametrize("name", ["../evil.shp", "/abs.shp", "a\\..\\b.shp", "C:evil.shp", "a/../../b.shp"])
def test_names_that_lead_outside_are_refused(tmp_path, name):
    path = zipped(tmp_path / "t.zip", {"towns.shp": b"x", name: b"x"})
    assert refusal(path)[0] == "archive_escape"


def test_links_are_refused(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp)
    link = zipfile.ZipInfo("towns.sbn")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as whole:
        whole.writestr(link, "/etc/passwd")
    assert refusal(path) == ("archive_link", {"file": "t.zip", "entry": "towns.sbn"})


def test_a_bomb_is_refused_from_its_directory(tmp_path):
    path = zipped(tmp_path / "t.zip", {"towns.shp": bytes(20 * 1024**2)})
    assert refusal(path)[0] == "archive_too_big"


def test_too_many_entries_are_refused(tmp_path):
    path = zipped(tmp_path / "t.zip", {f"{i}.shp": b"" for i in range(201)})
    assert refusal(path)[0] == "archive_too_many"


def test_an_encrypted_archive_is_refused(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp)
    whole = bytearray(path.read_bytes())
    place = whole.find(b"PK\1\2")
    while place >= 0:
        whole[place + 8] |= 1
        place = whole.find(b"PK\1\2", place + 4)
    path.write_bytes(bytes(whole))
    assert refusal(path)[0] == "archive_encrypted"


def test_one_flipped_byte_is_caught_by_the_checksum(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp)
    with zipfile.ZipFile(path) as whole:
        entry = whole.getinfo("towns.shp")
    start = entry.header_offset + 30 + len("towns.shp")
    content = bytearray(path.read_bytes())
    content[start + entry.compress_size // 2] ^= 1
    path.write_bytes(bytes(content))
    assert refusal(path) == ("broken_archive", {"file": "t.zip", "entry": "towns.shp"})


def test_overlapping_entries_are_refused(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp)
    content = bytearray(path.read_bytes())
    first = content.find(b"PK\1\2")
    second = content.find(b"PK\1\2", first + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 5)  # the second entry now begins inside the first
    path.write_bytes(bytes(content))
    assert refusal(path)[0] == "broken_archive"


def test_an_archive_in_an_archive_is_refused(tmp_path, shp):
    inner = zipped_shapefile(tmp_path / "i.zip", shp)
    assert refusal(zipped(tmp_path / "t.zip", {"i.zip": inner}))[0] == "archive_nested"


def test_two_entries_of_one_name_are_refused(tmp_path, shp):
    assert refusal(zipped(tmp_path / "t.zip", {"towns.shp": shp, "TOWNS.SHP": shp}))[0] == "archive_twice"


def test_a_cut_archive_is_refused(tmp_path, shp):
    path = zipped_shapefile(tmp_path / "t.zip", shp)
    path.write_bytes(path.read_bytes()[:-40])
    assert refusal(path)[0] == "broken_archive"


def test_a_virtual_dataset_inside_a_zip_is_refused(tmp_path):
    vrt = b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>"
    assert refusal(zipped(tmp_path / "t.zip", {"towns.geojson": vrt}))[0] == "virtual"


def test_nothing_is_left_behind(tmp_path, shp, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    vector.read(zipped_shapefile(tmp_path / "t.zip", shp))
    assert list((tmp_path / "tmp").iterdir()) == []
