"""A saved check taken into the session again: also one kept while assumptions had other names."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from shapely import to_wkb
from siting_ground import square

from analysis.assumptions.money import SEWAGE
from app import changes, state, store
from app.siting import session
from records.cases import save_case


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """An empty state folder and a session of its own."""
    monkeypatch.setattr(store, "app_settings", lambda: SimpleNamespace(state=tmp_path))
    held: dict = {}
    for module in (session, changes, state):
        monkeypatch.setattr(module.st, "session_state", held)
    return tmp_path


def _kept(folder, assumptions: dict[str, float]) -> str:
    """The id of a check saved with these changes."""
    choices = {"site": to_wkb(square(), hex=True), "name": "甲", "notes": "[]", "accuracy_m": "0.0", "pick": "",
               "told": '{"sector": "public"}'}  # fmt: skip
    return save_case(folder, "siting", assumptions, subject=None, version="v1", choices=choices).id


@pytest.mark.parametrize(
    ("saved", "today"),
    [
        ({"siting_psi_roof": 0.8}, {"psi_roof": 0.8}),
        ({"siting_pump_share": 0.6, "siting_far_m": 3000.0}, {"pump_efficiency": 0.6, "siting_far_m": 3000.0}),
        # the price of siting held the sewage fee, which stands by itself today
        ({"siting_tap_yuan_per_m3": 4.5}, {"tap_yuan_per_m3": 4.5 - SEWAGE.default}),
        ({"siting_mountain_factor": 99.0}, {"mountain_factor": 2.0}),  # beyond what is possible today
        ({"siting_gone_with_the_wind": 1.0}, {}),
    ],
)
def test_a_check_saved_under_former_names_opens_with_its_numbers(folder, saved, today):
    id_ = _kept(folder, saved)
    case = session.restore(id_)
    assert case.assumptions == saved
    assert changes.changed("siting") == pytest.approx(today)
    assert session.given().name == "甲"
    assert session.told() == {"sector": "public"}


def test_what_another_method_alone_reckons_with_stays_as_it_is_when_a_check_opens(folder):
    changes.st.session_state["changed"] = {"reclaimed_leakage_share": 0.2, "psi_roof": 0.9}
    session.restore(_kept(folder, {"siting_psi_paved": 0.82}))
    assert changes.st.session_state["changed"] == {"reclaimed_leakage_share": 0.2, "psi_paved": 0.82}
