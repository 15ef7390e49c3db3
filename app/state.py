"""The selection: it lives in the address, so a link reproduces the screen.

Nothing that can be derived is kept in the session; widgets are set from the address before they are drawn. Language,
place, theme, layers and case are common; what else the address may say, the rooms declare and `know` makes known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from layers.layer import THEMES
from words import LANGUAGES, Language

_OPENED = "opened_township"


@dataclass(frozen=True)
class Own:
    """A part of the address that a room declares; it is left behind on pages other than its `home`, if it has one."""

    name: str
    home: str | None = None
    default: str | None = None
    parse: Callable[[str], str | None] = str


_KNOWN: dict[str, Own] = {}


def know(declared: Iterable[Own]) -> None:
    """Make the rooms' parts of the address known, before the first selection is read."""
    _KNOWN.update({one.name: one for one in declared})


@dataclass(frozen=True)
class Selection:
    """What the screen shows; `layers` none means the theme's own, `case` is the saved trial on show.

    A case belongs to the page it was made on. `own` holds what rooms declared, as `selection[DECLARED]` gives it.
    """

    language: Language = "zh"
    township: str | None = None
    theme: str = THEMES[0]
    layers: tuple[str, ...] | None = None
    case: str | None = None
    own: Mapping[Own, str | None] = field(default_factory=dict)

    def __getitem__(self, declared: Own) -> str | None:
        """What the address says of a room's own part, its default where it says nothing."""
        said = self.own.get(declared)
        return declared.default if said is None else said

    def query(self) -> dict[str, str]:
        """The selection as query parameters; defaults are left out."""
        shown = {
            "lang": self.language if self.language != "zh" else None,
            "township": self.township,
            "theme": self.theme if self.theme != THEMES[0] else None,
            "layers": None if self.layers is None else ".".join(self.layers),
            "case": self.case,
            **{own.name: value for own, value in self.own.items() if value != own.default},
        }
        return {name: value for name, value in shown.items() if value is not None}

    def kept_for(self, page: str) -> Selection:
        """The selection as another page takes it over: without what means something on one page alone."""
        return replace(self, case=None, own={own: kept for own, kept in self.own.items() if own.home in (None, page)})

    def changed(self, **values: object) -> Selection:
        """The selection with other values by name, the rooms' own included."""
        own = {_KNOWN[name]: values.pop(name) for name in [name for name in values if name in _KNOWN]}
        return replace(self, own={**self.own, **own}, **values)


def selection() -> Selection:
    """What the address selects; an unknown language or theme falls back to the default."""
    asked = st.query_params
    language = asked.get("lang", "zh")
    theme = asked.get("theme", THEMES[0])
    layers = asked.get("layers")
    return Selection(
        language=language if language in LANGUAGES else "zh",  # type: ignore[arg-type]
        township=asked.get("township"),
        theme=theme if theme in THEMES else THEMES[0],
        layers=None if layers is None else tuple(name for name in layers.split(".") if name),
        case=asked.get("case"),
        own={own: own.parse(asked[name]) for name, own in _KNOWN.items() if name in asked},
    )


def change(**values: object) -> None:
    """Write a changed selection into the address; a new theme shows its own layers again."""
    if "theme" in values:
        values.setdefault("layers", None)
    st.query_params.from_dict(selection().changed(**values).query())


def change_from(widget: str, *, name: str) -> None:
    """Callback: the value of a widget becomes the selection called `name`, an empty text none; none changes nothing."""
    value = st.session_state[widget]
    if value is not None:
        change(**{name: None if value == "" else value})


def show_in(widget: str, value: object) -> None:
    """Set a widget to the address's value before it is drawn, unless it already holds it."""
    if st.session_state.get(widget) != value:
        st.session_state[widget] = value


def open_township(code: str) -> None:
    """Callback: remember that the township page is to be opened, for the page that runs next."""
    st.session_state[_OPENED] = code


def opened_township() -> str | None:
    """The township a click asked to open, once."""
    return st.session_state.pop(_OPENED, None)


def selected_row(table: str) -> int | None:
    """The row a person selected in the table with this key, counted from 0."""
    chosen = st.session_state.get(table)
    rows: Iterable[int] = chosen["selection"]["rows"] if chosen else ()
    return next(iter(rows), None)
