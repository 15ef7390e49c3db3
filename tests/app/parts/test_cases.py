"""One case bar for all rooms: saving, a refusal in words, the link, and which case is on show."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from app.parts import cases
from records.cases import Case
from words import text

CASE = Case(
    id="0123456789ab", created=datetime(2026, 5, 1, 8, tzinfo=UTC), method="siting", version="v1", subject=None,
    assumptions={}, choices={},
)  # fmt: skip


def _bar() -> None:
    import streamlit as st

    from app.parts.cases import case_bar
    from app.state import Selection
    from words.errors import AtlasError

    def save() -> None:
        st.session_state["saved"] = st.session_state.get("saved", 0) + 1
        if st.session_state.get("refuse"):
            raise AtlasError("siting.page.errors.too_big")

    linked = bool(st.session_state.get("linked", True))
    case_bar("siting", Selection(township="500156101"), save=save, linked=linked, qr=True)


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_bar, default_timeout=60).run()


def _said(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_link_reproduces_the_selection_and_can_be_scanned(page: AppTest):
    assert page.code[0].value.endswith("/siting?township=500156101")
    assert 'src="data:image/png;base64,' in _said(page)


def test_before_there_is_anything_to_link_there_is_no_link(page: AppTest):
    page.session_state["linked"] = False
    page.run()
    assert not page.code


def test_saving_runs_once_and_a_refusal_is_a_sentence_once(page: AppTest):
    page.session_state["refuse"] = True
    page.button(key="siting_save").click().run()
    assert page.session_state["saved"] == 1
    assert text("siting.page.errors.too_big") in _said(page)
    page.run()
    assert text("siting.page.errors.too_big") not in _said(page)


@pytest.mark.parametrize(("now", "key"), [("v1", "shown"), ("v2", "other_version")])
def test_a_case_says_whether_the_data_changed(monkeypatch: pytest.MonkeyPatch, now: str, key: str):
    seen: list[str] = []
    monkeypatch.setattr(cases, "notice", lambda sentence, kind: seen.append(sentence))
    monkeypatch.setattr(cases.store, "district", lambda mark: SimpleNamespace(version=now))
    cases.case_line(CASE, mark="m", language="zh")
    facts = {"day": cases.saved_at(CASE)} if key == "shown" else {"saved": "v1", "now": "v2"}
    assert seen == [text(f"app.cases.{key}", id=CASE.id, **facts)]
