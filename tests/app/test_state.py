"""The selection: what the address says, what other pages take over, and who declares it."""

from __future__ import annotations

import pytest

from app import navigation, state
from app.overview.address import INDICATOR
from app.siting.address import SITE, VIEW
from app.state import Selection

EVERYTHING = Selection("en", "1", "rain", ("villages", "rivers"), "c").changed(
    indicator="area_m2", layer="roads", project="P", method="siting", site="s:1", sheet="f", view="batch", pipe="7"
)


def test_parameters_have_the_names_that_links_have_always_had():
    assert EVERYTHING.query() == {
        "lang": "en", "township": "1", "theme": "rain", "layers": "villages.rivers", "case": "c",
        "indicator": "area_m2", "layer": "roads", "project": "P", "method": "siting",
        "site": "s:1", "sheet": "f", "view": "batch", "pipe": "7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("overview", set()), ("township", set()), ("rainwater", {"project"}), ("reclaimed", {"pipe"}),
        ("siting", {"site", "sheet", "view"}), ("data", {"layer"}), ("methods", {"method"}),
    ],
)  # fmt: skip
def test_a_page_takes_over_what_is_common_and_its_own(page, kept):
    assert set(EVERYTHING.kept_for(page).query()) == {"lang", "township", "theme", "layers", "indicator", *kept}


def test_defaults_are_left_out_and_stand_for_what_is_not_said():
    assert (Selection()[VIEW], Selection()[SITE], Selection().query()) == ("one", None, {})
    assert Selection().changed(view="one", indicator=None).query() == {}
    assert Selection().changed(view=None)[VIEW] == "one"
    assert VIEW.parse("nothing") is None


def test_a_name_nobody_declared_is_refused():
    with pytest.raises(TypeError):
        Selection().changed(colour="red")


def test_no_two_rooms_declare_the_same_name():
    names = [own.name for room in navigation.PAGES.values() for own in room.own]
    assert len(names) == len(set(names))
    assert not {*names} & {"lang", "township", "theme", "layers", "case"}
    assert all(own.home in (None, page) for page, room in navigation.PAGES.items() for own in room.own)
    assert Selection().changed(indicator="a")[INDICATOR] == "a"
    assert state.Own("indicator") == INDICATOR
