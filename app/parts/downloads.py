"""Downloads: made when a person asks for them, never before."""

from __future__ import annotations

import streamlit as st

from app import documents, links, store
from app.parts.cases import link_box
from app.parts.notice import notice
from app.state import Selection
from layers.catalogue import CATALOGUE
from words import Language, text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MIME = {
    "html": "text/html",
    "png": "image/png",
    "gpkg": "application/geopackage+sqlite3",
    "xlsx": XLSX,
}


def downloads(mark: str, code: str, *, chosen: Selection) -> None:
    """The township's files, and its link with a QR code, behind two buttons."""
    language = chosen.language
    makers = documents.of_township(mark, code, chosen=chosen)
    name = store.names(mark)[code]
    with st.container(key="downloads", horizontal=True, gap="small"):
        with st.popover(text("township.download", language)):
            for kind, make in makers.items():
                st.download_button(
                    text(f"township.files.{kind}", language),
                    make,
                    file_name=f"{name}-{store.district(mark).version}.{kind}",
                    mime=_MIME[kind],
                    key=f"download_{kind}",
                    on_click="ignore",
                    width="stretch",
                )
            notice(text("township.files_note", language))
        with st.popover(text("township.share", language)):
            link_box(links.address("township", chosen), qr=True)


def layer_download(mark: str, layer_id: str, *, language: Language) -> None:
    """One layer as a file a person can open elsewhere."""
    kind, make = documents.of_layer(mark, layer_id)
    st.download_button(
        text(f"data.download.{kind}", language),
        make,
        file_name=f"{CATALOGUE[layer_id].id}-{store.district(mark).version}.{kind}",
        key="download_layer",
        on_click="ignore",
    )
