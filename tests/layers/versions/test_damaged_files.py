"""A file damaged anywhere: refused, or told, or nothing that people see has changed."""

from __future__ import annotations

import random
import shutil
from functools import cache

import pytest
from small_district import small_district, write_small_district

from layers.versions.manifest import parts, write_manifest
from layers.versions.opening import make_manifest, open_district
from words.errors import AtlasError

KEPT = ("townships", "rivers", "industrial_parks", "water_use")
FORMS = ("shapefiles/townships.shp", "shapefiles/industrial_parks.shp", "tables/water_use.csv")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The small district with few layers, so that it opens quickly."""
    folder = write_small_district(tmp_path_factory.mktemp("damaged") / "small")
    district = small_district()
    for id_, entry in district.entries.items():
        if id_ not in KEPT:
            for part in parts(folder / entry.file):
                part.unlink()
    write_manifest(make_manifest(folder), folder)
    return folder


@cache
def opened(folder):
    """The district as it was written, opened once."""
    return open_district(folder)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one fault of a kind that disks, editors and transfers make."""
    at = chance.randrange(len(content) or 1)
    kind = chance.choice(("flip", "cut", "repeat", "zeros", "drop", "digit"))
    if kind == "flip":
        return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
    if kind == "cut":
        return content[:at]
    if kind == "repeat":
        return content[:at] + content[at : at + 40] + content[at:]
    if kind == "zeros":
        return content[:at] + bytes(min(16, len(content) - at)) + content[at + 16 :]
    if kind == "drop":
        return content[:at] + content[at + chance.randrange(1, 20) :]
    digits = [place for place, sign in enumerate(content) if 48 <= sign <= 57] or [0]
    place = chance.choice(digits)
    return content[:place] + bytes([48 + chance.randrange(10)]) + content[place + 1 :]


def tried(written, tmp_path, seed: int) -> str:
    """What became of one damaged file: refused, told, or unchanged; AssertionError when it was believed."""
    chance = random.Random(seed)
    folder = shutil.copytree(written, tmp_path / str(seed))
    file = chance.choice(FORMS)
    part = chance.choice([one for one in parts(folder / file) if one.stat().st_size])
    part.write_bytes(damaged(part.read_bytes(), chance))
    try:
        district = open_district(folder)
    except AtlasError:
        return "refused"
    finally:
        shutil.rmtree(folder)
    layer = next(one for one in KEPT if one in file)
    if any(problem.layer == layer for problem in district.problems):
        return "told"
    before, after = opened(written), district
    if layer in before.tables:
        assert after.tables[layer].equals(before.tables[layer]), (seed, part.name)
        return "unchanged"
    old, new = before.frames[layer], after.frames[layer]
    assert old["name"].tolist() == new["name"].tolist(), (seed, part.name)
    assert (abs(new.area - old.area) <= 0.001 * old.area).all(), (seed, part.name)
    return "unchanged"


def test_damage_is_never_believed(written, tmp_path):
    assert {tried(written, tmp_path, seed) for seed in range(20)} >= {"refused", "told"}


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_a_thousand_damages_are_never_believed(written, tmp_path, block):
    found = [tried(written, tmp_path, 1_000 + block * 100 + at) for at in range(100)]
    assert len(found) == 100
    assert "told" in found
