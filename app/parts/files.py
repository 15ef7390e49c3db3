"""Buttons that give a browser a file, made when a person asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from app import faults, state
from reports.files import Makers, content

MIME: Mapping[str, str] = {
    "html": "text/html",
    "png": "image/png",
    "tif": "image/tiff",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "kml": "application/vnd.google-earth.kml+xml",
    "dxf": "application/dxf",
    "inp": "text/plain",
}


def file_button(label: str, make: Callable[[], bytes | str], *, name: str, key: str, **options: Any) -> None:
    """A button for one file, of the kind that its name ends in; `options` go to Streamlit's button."""
    mime = MIME.get(name.rpartition(".")[2])
    made = faults.told(make, state.selection().language)
    st.download_button(label, made, file_name=name, mime=mime, key=key, on_click="ignore", **options)


def file_buttons(makers: Makers, labels: Mapping[str, str], *, name: str, key: str) -> None:
    """A button for each kind of file, in the order of the labels; `name` is without its ending."""
    for kind, label in labels.items():
        make = partial(content, makers[kind], kind)
        file_button(label, make, name=f"{name}.{kind}", key=f"{key}_{kind}", width="stretch")
