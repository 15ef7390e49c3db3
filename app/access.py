"""Who may do what the steward of the data does: who knows the key; until one is set, the machine the atlas runs on."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

import streamlit as st

from app import store
from app.settings import Edition
from records.key import key_is_set, unlock
from records.people import Actor, at_the_machine

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_UNLOCKED = "steward_unlocked"


def steward() -> Actor | None:
    """Who this session may act as: the steward while unlocked, the machine itself while no key is set, else nobody."""
    held: Actor | None = st.session_state.get(_UNLOCKED)
    if key_is_set(store.app_settings().state):
        return held
    return at_the_machine() if on_this_machine() else None


def unlock_session(key: str) -> None:
    """Let this session act as the steward for a while; AtlasError as `records.key.unlock`."""
    st.session_state[_UNLOCKED] = unlock(store.app_settings().state, key, address=address())


def lock_session() -> None:
    """The session is a visitor's again."""
    st.session_state.pop(_UNLOCKED, None)


def edition() -> Edition:
    """Which edition of pages and maps is given: the one of the settings, to everybody, until there are roles."""
    return store.app_settings().edition


def address() -> str | None:
    """Where this session's connection comes from."""
    return st.context.ip_address


def on_this_machine() -> bool:
    """Whether the connection comes from this machine itself and was not handed on by a proxy."""
    return is_local(address(), st.context.headers.keys())


def is_local(address: str | None, headers: Iterable[str]) -> bool:
    """Whether an address and the names of the headers speak of a connection from the machine itself.

    Streamlit says none for 127.0.0.1 and ::1, but also where it knows nothing; then there are no headers either.
    """
    names = {name.lower() for name in headers}
    if not names or names.intersection(_FORWARDED):
        return False
    return address is None or ip_address(address.partition("%")[0]).is_loopback
