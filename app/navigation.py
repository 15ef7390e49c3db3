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
from app.parts.notice import foot, notice
from app.parts.setback import setback_line
from app.parts.title import page_title
from app.parts.topbar import topbar
from app.places import place
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
    merged = _settle(language) if unopened is None else ""
    st.set_page_config(page_title=page_title(here, state.selection().township, language))
    topbar(known, here=here, brand=_brand(unopened, language))
    with st.container(key="said_above"):  # always there, so that a sentence that comes and goes moves no map
        if merged:
            notice(merged)
    faults.show_left(language)
    setback_line(language)
    with faults.within(language):
        if unopened is not None and not PAGES[here].help:
            raise unopened
        current.run()
    if unopened is None:
        foot(store.version_line(store.current(), language))


def _settle(language: Language) -> str:
    """Put the code of today into an address that names a township otherwise; what to say when it was merged."""
    given, mark = state.selection().township, store.current()
    if given is None or given in store.names(mark):
        return ""
    try:
        found = place(store.district(mark), given)
    except AtlasError:
        return ""  # the page says so in its place
    state.change(township=found.code)
    return found.merged and text("app.merged", language, former=found.merged, name=store.names(mark)[found.code])


def _brand(unopened: AtlasError | None, language: Language) -> str:
    if unopened is not None:
        return text("app.title", language)
    return text("app.brand", language, district=store.district_name(store.current(), language))
