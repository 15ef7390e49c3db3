"""Who may do what the steward of the data does: until there is a key, the person at the machine the atlas runs on."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

import streamlit as st

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def may_steward() -> bool:
    """Whether the connection comes from this machine itself and was not handed on by a proxy."""
    return is_local(st.context.ip_address, st.context.headers.keys())


def is_local(address: str | None, headers: Iterable[str]) -> bool:
    """Whether an address and the names of the headers speak of a connection from the machine itself.

    Streamlit says none for 127.0.0.1 and ::1, but also where it knows nothing; then there are no headers either.
    """
    names = {name.lower() for name in headers}
    if not names or names.intersection(_FORWARDED):
        return False
    return address is None or ip_address(address.partition("%")[0]).is_loopback
