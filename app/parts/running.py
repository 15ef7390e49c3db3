"""A job that runs: how far it is, and a button to stop it, brought up to date by itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.jobs import Job
from app.parts.notice import notice

_EVERY_S = 0.7
Said = Callable[[Job], tuple[float, str]]


def running(job: Job, said: Said, *, stop: str, stopping: str, key: str) -> None:
    """The share done and the sentence `said` of the job, and the button `stop`; the page runs again when it is over."""
    st.fragment(_running, run_every=_EVERY_S)(job, said, stop, stopping, key)


def _running(job: Job, said: Said, stop: str, stopping: str, key: str) -> None:
    if job.over:
        st.rerun(scope="app")
    share, sentence = said(job)
    st.progress(min(max(share, 0.0), 1.0), text=sentence)
    st.button(stop, key=key, on_click=job.stop, disabled=job.stopped())
    if job.stopped():
        notice(stopping)
