"""What plants and uses are called, and in which order."""

from __future__ import annotations

import pytest

from app.reclaimed import names
from tests.app.reclaimed import made


@pytest.mark.parametrize(
    ("given", "best"),
    [(["upgrade", "polish"], "polish"), (["unknown", "upgrade"], "unknown"), (["ok", "unknown"], "ok"), ([], "unknown"),
     ({"a": "upgrade", "b": "ok"}, "ok")],
)  # fmt: skip
def test_a_plant_is_coloured_by_the_use_it_suits_best(given, best):
    assert names.best_verdict(given) == best


def test_uses_stand_by_the_water_they_need():
    assert names.uses_of(made.PLACES) == ["process", "greening", "road"]
    assert names.uses_of(made.PLACES[made.PLACES["use"] != "process"]) == ["greening", "road"]
