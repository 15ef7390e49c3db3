"""The district with two plants for the tests of this room."""

from __future__ import annotations

import pytest

from tests.reclaimed_ground import reclaimed_district


@pytest.fixture
def mark(opened):
    """The district with two plants."""
    return opened(reclaimed_district(), "reclaimed view")
