"""A screen without a browser: what the app hands to Streamlit is kept as a person would see it, and can be pressed."""

from __future__ import annotations

import html
import importlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest
import streamlit as st

_FIRST_OF = {"selectbox": 2, "segmented_control": 2, "pills": 2, "select_slider": 2}
_VALUES = (
    "number_input", "text_input", "text_area", "slider", "checkbox", "toggle", "multiselect", "file_uploader",
    *_FIRST_OF,
)  # fmt: skip
_BOXES = ("container", "expander", "popover", "form")


@dataclass
class Widget:
    """What a person could press or fill in: its label, options and callback."""

    label: str
    said: Mapping[str, Any]
    options: tuple[Any, ...] = ()

    def shown(self) -> list[str]:
        """The options as a person reads them."""
        say = self.said.get("format_func", str)
        return [say(one) for one in self.options]


@dataclass
class Shown:
    """A table on the screen: cells in the formats of their columns, and what a chosen row does."""

    frame: pd.DataFrame
    said: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        """The columns in the order shown."""
        return list(self.said.get("column_order") or self.frame.columns)

    @property
    def heads(self) -> list[str]:
        """Their titles."""
        return [self.said["column_config"][name]["label"] for name in self.columns]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Every row as text, empty where nothing is known."""
        return [tuple(self._cell(name, row[name]) for name in self.columns) for _, row in self.frame.iterrows()]

    def column(self, name: str) -> list[str]:
        """One column as text."""
        return [self._cell(name, value) for value in self.frame[name]]

    def _cell(self, name: str, value: object) -> str:
        if value is None or value != value:
            return ""
        shape = (self.said["column_config"].get(name) or {}).get("type_config", {}).get("format")
        if not isinstance(shape, str) or not shape.startswith("%"):
            return str(value)
        return format(int(value) if shape.endswith("d") else value, shape[1:])


class Box:
    """A part of the page; what is drawn in it is drawn on the screen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *given: object) -> None:
        """An error goes on."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return getattr(st, name)


@dataclass
class Screen:
    """What was drawn since the last `wipe`, and the session and address that stay."""

    session: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    tables: dict[str, Shown] = field(default_factory=dict)
    charts: list[dict[str, Any]] = field(default_factory=list)
    widgets: dict[str, Widget] = field(default_factory=dict)
    folds: list[str] = field(default_factory=list)
    maps: dict[str, dict[str, Any]] = field(default_factory=dict)
    spoken: list[str] = field(default_factory=list)

    def foreign(self, names: Iterable[str]) -> list[str]:
        """What was ever said in Chinese but for these names: nothing, where the page is an English one."""
        known = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        return [said for said in self.spoken if re.search(r"[\u4e00-\u9fff]", known.sub("", said))]

    @property
    def html(self) -> str:
        """Everything said, tags and all."""
        return "\n".join(self.bodies)

    @property
    def text(self) -> str:
        """Everything said, without tags, one part a line."""
        return html.unescape("\n".join(re.sub(r"<[^>]+>", " ", body) for body in self.bodies))

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Kind and words of every sentence."""
        found = re.findall(r'<p class="atlas-notice (\w+)" role="status">(.*?)</p>', self.html, re.DOTALL)
        return [(kind, html.unescape(said)) for kind, said in found]

    @property
    def cards(self) -> list[tuple[str, str, list[str]]]:
        """Name, number with sign, and the lines below of every card."""
        found = []
        for card in self.html.split('<div class="atlas-card"')[1:]:
            name = _plain(re.search(r'class="label">(.*?)</div>', card, re.DOTALL))
            value = _plain(re.search(r'class="value(?: none)?">(.*?)</div>', card, re.DOTALL))
            lines = [html.unescape(line) for line in re.findall(r'class="line">(.*?)</span>', card, re.DOTALL)]
            marks = [html.unescape(mark) for mark in re.findall(r'class="atlas-mark \w+">(.*?)</span>', card)]
            found.append((name, value, lines + marks))
        return found

    def wipe(self) -> None:
        """An empty screen of the same session."""
        for kept in (self.bodies, self.tables, self.charts, self.widgets, self.folds, self.maps):
            kept.clear()

    def press(self, key: str) -> None:
        """Press a button."""
        said = self.widgets[key].said
        said["on_click"](*said.get("args", ()), **said.get("kwargs", {}))

    def fill(self, key: str, value: object) -> None:
        """Choose or type a value."""
        self.session[key] = value
        said = self.widgets[key].said
        said["on_change"](*said.get("args", ()), **said.get("kwargs", {}))

    def click_map(self, of: str, **click: object) -> None:
        """Click on a map."""
        self.session[of] = click
        self.maps[of]["on_change"]()

    def choose_row(self, key: str, row: int | None) -> None:
        """Choose a row of a table, or none."""
        self.session[key] = {"selection": {"rows": [] if row is None else [row]}}
        told = self.tables[key].said.get("on_select")
        if callable(told):
            told()


class Address(dict):
    """Query parameters as Streamlit holds them."""

    def from_dict(self, other: Mapping[str, str]) -> None:
        """Put others in their place."""
        self.clear()
        self.update(other)


def _plain(found: re.Match[str] | None) -> str:
    return "" if found is None else html.unescape(re.sub(r"<[^>]+>", " ", found.group(1))).strip()


def recorded(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A screen in the place of Streamlit's until the test ends; the rooms' parts of the address are known."""
    importlib.import_module("app.navigation")
    screen = Screen(query=Address())

    def put(name: str, made: Callable[..., Any]) -> None:
        monkeypatch.setattr(st, name, made)

    def say(body: str) -> None:
        screen.bodies.append(body)
        screen.spoken.append(html.unescape(re.sub(r"<[^>]+>", " ", body)))

    def box(label: str = "", *given: object, **said: Any) -> Box:
        if isinstance(label, str) and label:
            screen.spoken.append(label)
            screen.folds.append(label)
        return Box(screen)

    def value(kind: str) -> Callable[..., Any]:
        def drawn(label: str, *given: Any, **said: Any) -> Any:
            options = tuple(given[0]) if given and kind in (*_FIRST_OF, "multiselect") else ()
            made = screen.widgets[said.get("key", label)] = Widget(label, said | {"given": given}, options)
            screen.spoken += [label, *made.shown()]
            if said.get("key") in screen.session:
                return screen.session[said["key"]]
            index = said.get("index", 0)
            usual = options[index] if options and index is not None else None
            return usual if kind in _FIRST_OF else said.get("value")

        return drawn

    def button(label: str, *given: Any, **said: Any) -> bool:
        screen.widgets[said.get("key", label)] = Widget(label, said | {"given": given})
        screen.spoken.append(label)
        return False

    def table(frame: pd.DataFrame, *, key: str, **said: Any) -> None:
        shown = screen.tables[key] = Shown(frame, said)
        screen.spoken += [*shown.heads, *(cell for row in shown.rows for cell in row)]

    def chart(drawn: Any, *, alt: str, **said: Any) -> None:
        screen.charts.append(drawn.to_dict())
        screen.spoken += [alt, json.dumps(screen.charts[-1], ensure_ascii=False)]

    monkeypatch.setattr(st, "session_state", screen.session)
    monkeypatch.setattr(st, "query_params", screen.query)
    for name in ("html", "caption", "markdown"):
        put(name, lambda body, **said: say(body))
    put("code", lambda body, **said: screen.bodies.append(body))
    put("progress", lambda share, text="": screen.bodies.append(f"{text} [{share:.2f}]"))
    put("altair_chart", chart)
    put("dataframe", table)
    put("columns", lambda spec, **said: [Box(screen) for _ in range(spec if isinstance(spec, int) else len(spec))])
    for name in _BOXES:
        put(name, box)
    put("spinner", lambda said: Box(screen))
    for name in _VALUES:
        put(name, value(name))
    for name in ("button", "download_button", "form_submit_button"):
        put(name, button)
    put("page_link", lambda page, **said: screen.widgets.update({str(page): Widget(said["label"], said)}))
    monkeypatch.setattr("app.map_view._frame", lambda **said: screen.maps.update({said["key"]: said}))
    put("fragment", lambda part, **said: part)
    return screen


def marks_of(chart: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The layers of a drawing with a kind of mark, each with its `values`."""
    found = []
    for layer in chart.get("layer", [chart]):
        if "layer" in layer:
            found += marks_of({**layer, "datasets": chart.get("datasets", {})}, kind)
        elif layer["mark"]["type"] == kind:
            data = layer.get("data") or chart.get("data") or {}
            found.append({**layer, "values": chart.get("datasets", {}).get(data.get("name"), [])})
    return found
