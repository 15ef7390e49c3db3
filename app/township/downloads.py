"""Downloads: made when a person asks for them, never before."""

from __future__ import annotations

import streamlit as st

from app import links, store
from app.parts.cases import link_box
from app.parts.files import MIME
from app.parts.notice import notice
from app.state import Selection
from app.township import documents
from words import text


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
                    mime=MIME[kind],
                    key=f"download_{kind}",
                    on_click="ignore",
                    width="stretch",
                )
            notice(text("township.files_note", language))
        with st.popover(text("township.share", language)):
            link_box(links.address("township", chosen), qr=True)
