"""The front door: page, language, navigation and the one place where a bug is caught."""

from __future__ import annotations

import logging
import sys
import uuid
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent))

from app import look, navigation, state, store
from words import text
from words.errors import AtlasError

log = logging.getLogger("atlas")


def main() -> None:
    """Show the page the address asks for; a refusal is a sentence, a bug a calm sentence with a reference."""
    language = state.selection().language
    st.set_page_config(page_title=text("app.title", language), layout="wide", initial_sidebar_state="collapsed")
    look.dress()
    try:
        with st.spinner(text("app.opening", language)):
            name = store.district_name(language)
        navigation.run(brand=text("app.brand", language, district=name))
    except AtlasError as error:
        st.error(text(error.key, language, **error.facts))
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("reference %s", reference)
        st.error(text("app.broken", language, reference=reference))


main()
