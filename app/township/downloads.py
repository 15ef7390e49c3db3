"""Downloads: made when a person asks for them, never before."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import links, store
from app.parts.cases import link_box
from app.parts.files import file_buttons
from app.parts.notice import notice
from app.state import Selection
from app.township.store import shown_layers
from reports.township.files import township_files
from words import text


def downloads(mark: str, code: str, *, chosen: Selection) -> None:
    """The township's files, and its link with a QR code, behind two buttons."""
    language = chosen.language
    makers = township_files(
        store.district(mark), code, prepared=partial(store.prepared, mark), layers=shown_layers(chosen),
        language=language, edition_line=store.edition_line(language),
    )  # fmt: skip
    labels = {kind: text(f"township.files.{kind}", language) for kind in makers}
    name = f"{store.names(mark)[code]}-{store.district(mark).version}"
    with st.container(key="downloads", horizontal=True, gap="small"):
        with st.popover(text("township.download", language)):
            file_buttons(makers, labels, name=name, key="download")
            notice(text("township.files_note", language))
        with st.popover(text("township.share", language)):
            link_box(links.address("township", chosen), qr=True)
