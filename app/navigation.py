"""The pages of the atlas and the way between them: one line here for each page.

Each page has the address of its name; the bare address shows the overview too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from analysis.methods import rainwater as rain_method
from analysis.methods import reclaimed as reclaimed_method
from analysis.methods import siting as siting_method
from analysis.methods import township as township_method
from app import faults, state, store
from app.data import address as data_address
from app.methods import address as methods_address
from app.overview import address as overview_address
from app.pages import data, methods, overview, rainwater, reclaimed, siting, township
from app.parts.notice import foot
from app.parts.setback import setback_line
from app.parts.topbar import topbar
from app.rainwater import address as rainwater_address
from app.reclaimed import address as reclaimed_address
from app.siting import address as siting_address
from words import Language, text
from words.errors import AtlasError


@dataclass(frozen=True)
class Room:
    """A page with what it declares: the methods whose answers it shows, and its own part of the address.

    One of `help` alone is shown without a district too.
    """

    show: Callable[[], None]
    methods: tuple[ModuleType, ...] = ()
    own: tuple[state.Own, ...] = ()
    help: bool = False


PROFILE = (township_method, rain_method)
PAGES: Mapping[str, Room] = {
    "overview": Room(overview.show, PROFILE, overview_address.OWN),
    "township": Room(township.show, PROFILE),
    "rainwater": Room(rainwater.show, (rain_method,), rainwater_address.OWN),
    "reclaimed": Room(reclaimed.show, (reclaimed_method,), reclaimed_address.OWN),
    "siting": Room(siting.show, (siting_method,), siting_address.OWN),
    "data": Room(data.show, own=data_address.OWN),
    "methods": Room(methods.show, own=methods_address.OWN, help=True),
}
FRONT = "overview"
state.know(own for room in PAGES.values() for own in room.own)


def pages(language: Language) -> dict[str, StreamlitPage]:
    """The pages by name, titled in the language, each at the address of its name."""
    return {
        name: st.Page(room.show, title=text(f"{name}.title", language), url_path=name) for name, room in PAGES.items()
    }


def run(unopened: AtlasError | None) -> None:
    """Draw the top bar and the page the address asks for; a click on a township elsewhere opens its page.

    Where no district could be opened, a page says why in its place.
    """
    chosen = state.selection()
    language = chosen.language
    known = pages(language)
    front = st.Page(PAGES[FRONT].show, title=text(f"{FRONT}.title", language), default=True)
    current = st.navigation([front, *known.values()], position="hidden")
    opened = state.opened_township()
    if opened is not None:
        st.switch_page(known["township"], query_params=chosen.changed(township=opened).kept_for("township").query())
    here = next((name for name, page in known.items() if page == current), FRONT)
    topbar(known, here=here, brand=_brand(unopened, language))
    faults.show_left(language)
    setback_line(language)
    with faults.within(language):
        if unopened is not None and not PAGES[here].help:
            raise unopened
        current.run()
    if unopened is None:
        foot(store.version_line(store.current(), language))


def _brand(unopened: AtlasError | None, language: Language) -> str:
    if unopened is not None:
        return text("app.title", language)
    return text("app.brand", language, district=store.district_name(store.current(), language))
