"""Who may do what the steward does."""

from __future__ import annotations

import pytest

from app.access import is_local, on_this_machine

HEADERS = ["Host", "User-Agent"]


@pytest.mark.parametrize("address", [None, "127.0.0.1", "127.8.8.8", "::1"])
def test_the_machine_itself_may(address):
    assert is_local(address, HEADERS)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.0.7", "fe80::1%eth0", "2001:db8::1", "0.0.0.0"])
def test_another_machine_may_not(address):
    assert not is_local(address, HEADERS)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "x-forwarded-for", "Forwarded", "X-Real-IP"])
def test_what_a_proxy_hands_on_may_not(header):
    assert not is_local("127.0.0.1", [*HEADERS, header])
    assert not is_local(None, [*HEADERS, header])


def test_where_nothing_is_known_of_the_connection_nobody_may():
    assert not is_local(None, [])
    assert not on_this_machine()
