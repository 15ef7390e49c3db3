"""By which names the atlas may be asked for, and from whose pages its websocket may be opened.

A page of another site can point a name of its own at this machine and then speak as if it were the atlas. So a name is
taken only when nobody outside can own it: an address in figures, a name without a dot, the machine's own, the public
address; with `allowed_hosts` set, those names alone (and the machine itself and the public address).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.settings import AppSettings

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_ORIGIN = re.compile(rf"(https?)://({_HOST.pattern})", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def host_allowed(host: str | None, settings: AppSettings) -> bool:
    """Whether the atlas may be asked for by the Host a request names."""
    if host is None or not _HOST.fullmatch(host):
        return False
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
    if _is_loopback(name) or name == _name_of(settings.public_address):
        return True
    if settings.allowed_hosts:
        return any(_matches(name, wanted) for wanted in settings.allowed_hosts)
    return _in_figures(name) or "." not in name or name == _own_name()


def origin_allowed(origin: str | None, host: str | None, settings: AppSettings) -> bool:
    """Whether a websocket may be opened from the page that names itself as origin; programs name none."""
    if origin is None:
        return True
    found = _ORIGIN.fullmatch(origin)
    if found is None or not _HOST.fullmatch(host or ""):
        return False
    scheme, place = found[1].lower(), found[2].lower()
    own = {_with_port((host or "").lower(), scheme), *_public(settings.public_address, scheme)}
    return _with_port(place, scheme) in own


def _public(address: str | None, scheme: str) -> Iterator[str]:
    parts = urlsplit((address or "").lower())
    if parts.scheme == scheme:
        yield _with_port(parts.netloc, scheme)


def _with_port(place: str, scheme: str) -> str:
    name, _, port = place.rpartition(":") if re.search(r":[0-9]+\Z", place) else (place, "", "")
    return f"{name}:{int(port or _PORTS[scheme])}"


def _matches(name: str, wanted: str) -> bool:
    wanted = wanted.lower().rstrip(".")
    return wanted in ("*", name) or (wanted.startswith("*.") and name.endswith(wanted[1:]))


def _in_figures(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_in_figures(name) and ip_address(name.partition("%")[0]).is_loopback)


def _name_of(address: str | None) -> str:
    return (urlsplit(address or "").hostname or "").lower()


@lru_cache(maxsize=1)
def _own_name() -> str:
    return socket.gethostname().lower()
