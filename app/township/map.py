"""The township's map on the screen, and what its clicks mean."""

from __future__ import annotations

from app import state
from app.map_view import Click, show_map
from app.state import Selection
from app.township import store
from words import text


def township_map(mark: str, code: str, *, chosen: Selection, focus: tuple[str, str] | None) -> None:
    """Show the map of a township with the layers the address asks for, else those of the theme."""
    show_map(
        store.township_map(mark, code, chosen.language),
        key="township_map",
        view_key=code,
        label=text("township.map_label", chosen.language),
        on_click=_clicked,
        layers=store.shown_layers(chosen),
        focus=focus,
    )


def _clicked(click: Click) -> None:
    if click["type"] == "atlas:township":
        state.change(township=str(click["code"]))
    elif click["type"] == "atlas:layers" and isinstance(click.get("layers"), list):
        state.change(layers=tuple(str(layer) for layer in click["layers"]))
