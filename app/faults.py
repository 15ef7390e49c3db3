"""The one place where a bug is caught and a refusal becomes a sentence, wherever either happens.

A script that fails shows the sentence instead of its page (`streamlit_app.py`), a part of a page in its own place
(`within`). What Streamlit runs of itself is reached through two doors of its own, changed once by `watch`: a callback
that fails is told at the top of the page, which runs as if nothing had been pressed, and what else nobody caught (a
fragment run alone) shows our sentence instead of Streamlit's box. A file that cannot be made when it is asked for is
told below its button, where Streamlit would say only that it failed.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, DeferredFileResponsePayload
from streamlit.runtime import fragment
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.scriptrunner import exec_code
from streamlit.runtime.state.session_state import WStates

from app import state, store
from app.parts.notice import notice
from words import Language, text
from words.errors import AtlasError

_LEFT = "faults_left"
BOX = "records.store."  # the box of records, without which a page shows what needs none


def show(error: Exception, language: Language) -> None:
    """Show what happened in one sentence."""
    said = store.refusal(error)
    notice(text(said.key, language, **said.facts), "wrong")


@contextmanager
def within(language: Language, *, only: str = "") -> Iterator[None]:
    """A part of a page: what goes wrong in it is told in its place, and the rest of the page goes on.

    With `only`, refusals whose keys begin so; everything else is for the page to tell.
    """
    try:
        yield
    except Exception as error:
        if only and not (isinstance(error, AtlasError) and error.key.startswith(only)):
            raise
        show(error, language)


def show_left(language: Language) -> None:
    """Tell what went wrong in the callbacks before this run, once."""
    for error in st.session_state.pop(_LEFT, ()):
        show(error, language)


class Unmade(Exception):  # noqa: N818 - it says what is the case
    """A file that could not be made, and the sentence that says why."""


def told(make: Callable[[], bytes | str], language: Language) -> Callable[[], bytes | str]:
    """What makes a file later, outside any page; what goes wrong then is in the log and leaves as a sentence."""

    def made() -> bytes | str:
        try:
            return make()
        except Exception as error:
            said = store.refusal(error)
            raise Unmade(text(said.key, language, **said.facts)) from error

    return made


async def _handed_over(
    handler: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """The address of a file made now, or the sentence that says why there is none."""
    try:
        files = handler._get_media_file_mgr()
        url = await asyncio.to_thread(files.execute_deferred, request.deferred_file.file_id)
    except Exception as error:
        if isinstance(error.__cause__, Unmade):
            return BackendOperationResponse(request_id=request.request_id, error_msg=str(error.__cause__))
        said = store.refusal(error)
        return BackendOperationResponse(request_id=request.request_id, error_msg=text(said.key, **said.facts))
    return BackendOperationResponse(request_id=request.request_id, deferred_file=DeferredFileResponsePayload(url=url))


@lru_cache(maxsize=1)
def watch() -> bool:
    """Catch what Streamlit runs of itself: callbacks, fragments, files, and whatever ends a script; once a process."""
    run_callback = WStates.call_callback

    @functools.wraps(run_callback)
    def guarded(states: WStates, widget: str) -> None:
        try:
            run_callback(states, widget)
        except Exception as error:
            st.session_state[_LEFT] = [*st.session_state.get(_LEFT, ()), store.refusal(error)]

    WStates.call_callback = guarded  # type: ignore[method-assign]
    DeferredFileHandler.handle = _handed_over  # type: ignore[method-assign]
    for runner in (exec_code, fragment):
        runner.handle_user_script_exception = _uncaught  # type: ignore[attr-defined]
    return True


def _uncaught(error: Exception, asked: object = None) -> None:
    show(error, state.selection().language)
