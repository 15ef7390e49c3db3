"""The front door: page, language, navigation and the one place where a bug is caught."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from app import look, navigation, state, store
from app.journal import journal
from app.parts.notice import notice
from words import text
from words.errors import AtlasError


def main() -> None:
    """Show the page the address asks for; a refusal is a sentence, a bug a calm sentence with a reference."""
    language = state.selection().language
    st.set_page_config(page_title=text("app.title", language), layout="wide", initial_sidebar_state="collapsed")
    look.dress()
    try:
        with st.spinner(text("app.opening", language)):
            mark = store.current()
            store.ready(mark)
        navigation.run(brand=text("app.brand", language, district=store.district_name(mark, language)))
    except AtlasError as error:
        notice(text(error.key, language, **error.facts), "wrong")
    except Exception:
        reference = uuid.uuid4().hex[:8]
        journal(store.app_settings().state).exception("reference %s", reference)
        notice(text("app.broken", language, reference=reference), "wrong")


main()
