"""Addresses that reproduce a screen, for links and QR codes."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from app import store
from app.state import Selection


def address(page: str, chosen: Selection) -> str:
    """The full address of a page with the selection: the public one when configured, else the one being used."""
    return f"{_origin()}/{page}?{urlencode(chosen.query())}".rstrip("?")


def _origin() -> str:
    settings = store.app_settings()
    if settings.public_address is not None:
        return settings.address
    used = urlsplit(st.context.url or "")
    return f"{used.scheme}://{used.netloc}" if used.netloc else settings.address
