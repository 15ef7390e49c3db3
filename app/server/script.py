"""What Streamlit runs for a visitor: page, language and navigation; what goes wrong is told by `app.faults`."""

from __future__ import annotations

import streamlit as st

from app import faults, look, navigation, state, store
from words import text


def main() -> None:
    """Show the page the address asks for; a refusal is a sentence, a bug a calm sentence with a reference."""
    faults.watch()
    language = state.selection().language
    st.set_page_config(page_title=text("app.title", language), layout="wide", initial_sidebar_state="collapsed")
    look.dress()
    with faults.within(language):
        with st.spinner(text("app.opening", language)):
            unopened = store.unopened()
        navigation.run(unopened)


if __name__ == "__main__":
    main()
