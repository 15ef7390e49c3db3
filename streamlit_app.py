"""The front door: the server of the atlas; `streamlit run`, `run.py` and any ASGI server start the same thing."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

sys.path.insert(0, str(Path(__file__).resolve().parent))

from app.server import life, middleware, routes, script

app = st.App(
    Path(script.__file__),
    routes=routes.ROUTES,
    middleware=middleware.MIDDLEWARE,
    lifespan=life.lifespan,
)

if get_script_run_ctx(suppress_warning=True) is not None:  # a test runs this file as a page, without a server
    script.main()
