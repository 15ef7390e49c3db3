"""Names that others may own are refused, and so are websockets of other pages."""

from __future__ import annotations

import pytest

from app.server.hosts import host_allowed, origin_allowed
from app.settings import AppSettings

USUAL = AppSettings(public_address="https://atlas.example.cn/w")
NAMED = AppSettings(allowed_hosts=("map.example.cn", "*.water.cn"))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8501",
        "localhost",
        "[::1]:8501",
        "10.0.0.8:8501",
        "[fe80::1]",
        "atlas",
        "ATLAS.example.cn",
        "nas-1:80",
    ],
)
def test_a_name_nobody_outside_can_own_is_taken(host):
    assert host_allowed(host, USUAL)


@pytest.mark.parametrize(
    "host", [None, "", "evil.example", "evil.example:8501", "10.0.0.8.evil.example", "a b",
             "x@y", "a/b", "[::1", "a:99999999"]
)  # fmt: skip
def test_another_name_is_refused(host):
    assert not host_allowed(host, USUAL)


@pytest.mark.parametrize(
    ("host", "taken"),
    [("map.example.cn", True), ("MAP.example.cn.:80", True), ("a.water.cn", True), ("water.cn", False),
     ("10.0.0.8", False), ("atlas", False), ("127.0.0.1:1", True), ("evilwater.cn", False)],
)  # fmt: skip
def test_with_names_in_the_settings_those_alone_are_taken(host, taken):
    assert host_allowed(host, NAMED) == taken


def test_a_star_takes_every_name():
    assert host_allowed("anything.example", AppSettings(allowed_hosts=("*",)))


@pytest.mark.parametrize(
    ("origin", "taken"),
    [(None, True), ("http://127.0.0.1:8501", True), ("http://127.0.0.1:8502", False), ("http://localhost:8501", False),
     ("http://evil.example", False), ("null", False), ("https://atlas.example.cn", True), ("file://127.0.0.1", False),
     ("http://atlas.example.cn", False), ("https://127.0.0.1:8501", True), ("http://[", False)],
)  # fmt: skip
def test_a_websocket_is_for_the_page_s_own_origin(origin, taken):
    assert origin_allowed(origin, "127.0.0.1:8501", USUAL) == taken


def test_the_usual_port_may_be_left_out():
    assert origin_allowed("http://atlas", "atlas:80", AppSettings())
    assert origin_allowed("https://atlas:443", "atlas", AppSettings())
