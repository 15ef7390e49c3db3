"""No figure of a method changes without a new edition, and no edition is raised for nothing.

A figure that changes wants: EDITION of the method raised, `tests/golden/<method>/<edition>.toml` written by hand from
the one before, the old file left as it is, and the reason in the changelog under *Figures*. Where what changed is not
among these figures (a network), the file says its `reason`.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from golden import Figures, editions, figures, reasons
from golden_district import golden_district

from analysis.asking import known_methods

METHODS = sorted(known_methods())


def _differences(found: Figures, written: Figures) -> list[str]:
    """The indicators and subjects whose figures are not alike, both ways."""
    pairs = {(id_, subject) for told in (found, written) for id_, row in told.items() for subject in row}
    return sorted(
        f"{id_} {subject}: {found.get(id_, {}).get(subject)} ≠ {written.get(id_, {}).get(subject)}"
        for id_, subject in pairs
        if not _alike(found.get(id_, {}).get(subject), written.get(id_, {}).get(subject))
    )


def _alike(one: object, other: object) -> bool:
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return one == pytest.approx(other, rel=1e-6, abs=1e-9)  # zonal means differ by rounding between machines


@pytest.mark.parametrize("method", METHODS)
def test_the_figures_are_those_written_for_the_edition(method):
    edition = known_methods()[method].EDITION
    assert edition in editions(method), f"tests/golden/{method}/{edition}.toml"
    assert _differences(figures(method, golden_district()), editions(method)[edition]) == []


@pytest.mark.parametrize("method", METHODS)
def test_an_edition_has_other_figures_than_the_one_before(method):
    known = sorted(editions(method))
    assert known[-1] == known_methods()[method].EDITION
    alike = [later for earlier, later in pairwise(known)
             if later not in reasons(method)
             and not _differences(editions(method)[earlier], editions(method)[later])]  # fmt: skip
    assert alike == []


@pytest.mark.parametrize("method", METHODS)
def test_the_golden_district_gives_every_indicator_unlike_figures(method):
    found = figures(method, golden_district())
    known = {one.id: one.subject for one in known_methods()[method].INDICATORS}
    assert {id_ for id_, subject in known.items() if subject != "project"} <= set(found) <= set(known)
    assert all(row for row in found.values())


def test_a_changed_a_missing_and_a_further_figure_are_noticed():
    one: Figures = {"a": {"x": 1.0, "y": "unknown"}}
    assert _differences(one, one) == []
    assert _differences(one, {"a": {"x": 1.0001, "y": "unknown"}}) == ["a x: 1.0 ≠ 1.0001"]
    assert _differences(one, {"a": {"x": 1.0, "y": 0.0}}) == ["a y: unknown ≠ 0.0"]
    assert _differences(one, {"a": {"x": 1.0}}) == ["a y: unknown ≠ None"]
    assert _differences({"a": {"x": [1.0, 2.0, 3.0]}}, {"a": {"x": [1.0, 3.0, 2.0]}}) != []
