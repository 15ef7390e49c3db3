"""The shipped set is what its script makes: built again beside it, every layer has the same content."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from places import DATA

from data.make_illustrative import make
from layers.catalogue import CATALOGUE
from layers.dictionary import readme
from layers.district import District
from layers.versions.manifest import content_hash, read_manifest
from layers.versions.opening import open_district

SHIPPED = DATA
STORED_M = 1e-4  # far below what a file is read for, above what the last bits of a projection may differ by


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> District:
    folder = tmp_path_factory.mktemp("rebuilt")
    make(folder)
    return open_district(folder)


@pytest.fixture(scope="module")
def shipped() -> District:
    return open_district(SHIPPED)


def _same(left: pd.DataFrame, right: pd.DataFrame, layer: str) -> None:
    names = [field.name for field in CATALOGUE[layer].fields if field.name in left.columns]
    pd.testing.assert_frame_equal(
        left[names].reset_index(drop=True), right[names].reset_index(drop=True), rtol=1e-6, obj=layer
    )


def test_a_rebuilt_set_equals_the_shipped_one(shipped: District, rebuilt: District) -> None:
    assert set(rebuilt.entries) == set(shipped.entries) == set(CATALOGUE)
    for layer, rows in shipped.frames.items():
        again = rebuilt.frames[layer]
        _same(rows, again, layer)
        assert shapely.equals_exact(rows.geometry.to_numpy(), again.geometry.to_numpy(), tolerance=STORED_M).all(), (
            layer
        )
    for layer, rows in shipped.tables.items():
        _same(rows, rebuilt.tables[layer], layer)
    for layer, raster in shipped.rasters.items():
        again = rebuilt.rasters[layer]
        assert raster.transform == again.transform
        np.testing.assert_allclose(again.values, raster.values, atol=0.11, err_msg=layer)


def test_the_shipped_set_is_small() -> None:
    kept = [path for folder in ("shapefiles", "rasters", "tables") for path in (SHIPPED / folder).rglob("*")]
    assert sum(path.stat().st_size for path in kept if path.is_file()) < 15_000_000


def test_dictionary_and_manifest_are_current(shipped: District) -> None:
    assert (SHIPPED / "README.md").read_text(encoding="utf-8") == readme()
    assert {id_: entry.sha256 for id_, entry in read_manifest(SHIPPED).items()} == {
        id_: content_hash(SHIPPED / entry.file) for id_, entry in shipped.entries.items()
    }
