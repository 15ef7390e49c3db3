"""The selection: it lives in the address, so a link reproduces the screen.

Nothing that can be derived is kept in the session; widgets are set from the address before they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from layers.layer import THEMES
from words import LANGUAGES, Language

_OPENED = "opened_township"
_AT_HOME = {
    "layer": "data", "project": "rainwater", "case": "", "method": "methods",
    "site": "siting", "sheet": "siting", "view": "siting", "pipe": "reclaimed",
}  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """What the screen shows; `layers` none means the theme's own, `layer` is the one on the data page.

    `project` is the one looked at closely, `case` the saved trial on show, `method` the note on the methods page.
    On the siting page `site` is a feature picked (layer:key), `sheet` a saved check, `view` what is done there.
    `pipe` is the pipe looked at on the reclaimed-water page. A case belongs to the page it was made on.
    """

    language: Language = "zh"
    township: str | None = None
    theme: str = THEMES[0]
    layers: tuple[str, ...] | None = None
    indicator: str | None = None
    layer: str | None = None
    project: str | None = None
    case: str | None = None
    method: str | None = None
    site: str | None = None
    sheet: str | None = None
    view: str | None = None
    pipe: str | None = None

    def query(self) -> dict[str, str]:
        """The selection as query parameters; defaults are left out."""
        shown = {
            "lang": self.language if self.language != "zh" else None,
            "township": self.township,
            "theme": self.theme if self.theme != THEMES[0] else None,
            "layers": None if self.layers is None else ".".join(self.layers),
            "indicator": self.indicator,
            "layer": self.layer,
            "project": self.project,
            "case": self.case,
            "method": self.method,
            "site": self.site,
            "sheet": self.sheet,
            "view": self.view,
            "pipe": self.pipe,
        }
        return {name: value for name, value in shown.items() if value is not None}

    def kept_for(self, page: str) -> Selection:
        """The selection as another page takes it over: without what means something on one page alone."""
        return replace(self, **{name: None for name, home in _AT_HOME.items() if home != page})


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
        indicator=asked.get("indicator"),
        layer=asked.get("layer"),
        project=asked.get("project"),
        case=asked.get("case"),
        method=asked.get("method"),
        site=asked.get("site"),
        sheet=asked.get("sheet"),
        view=asked.get("view"),
        pipe=asked.get("pipe"),
    )


def change(**values: object) -> None:
    """Write a changed selection into the address; a new theme shows its own layers again."""
    if "theme" in values:
        values.setdefault("layers", None)
    st.query_params.from_dict(replace(selection(), **values).query())  # type: ignore[arg-type]


def change_from(widget: str, *, name: str) -> None:
    """Callback: the value of a widget becomes the selection called `name`."""
    value = st.session_state[widget]
    change(**{name: tuple(value) if isinstance(value, list) else value})


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
