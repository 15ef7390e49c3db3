"""Opens the app: serves it in this process, which a request to end ends, and prints the address."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import threading
import time
import webbrowser

from streamlit.web.bootstrap import load_config_options

from app.settings import settings
from commands import Answer
from words import text
from words.errors import AtlasError

NAME = "open"
PORTS_TRIED = 20


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="open the app (what no command does)")
    add_address(branch)


def add_address(branch: argparse.ArgumentParser) -> None:
    """Declare where the server listens."""
    branch.add_argument("--host", default=argparse.SUPPRESS, help="address to listen on (default 127.0.0.1)")
    branch.add_argument("--port", type=int, default=argparse.SUPPRESS, help="port (default 8501, or the next free one)")
    branch.add_argument("--no-browser", action="store_true", default=argparse.SUPPRESS, help="do not open a browser")


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens on the port yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, first: int, *, tries: int) -> int:
    """The first free port from `first` on; AtlasError `cli.port_taken` when `tries` ports are all taken."""
    for port in range(first, first + tries):
        if is_free(host, port):
            return port
    raise AtlasError("cli.port_taken", host=host, port=first)


def _open_when_ready(host: str, port: int, address: str) -> None:
    for _ in range(120):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.25)


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until stopped."""
    chosen = settings()
    host = getattr(arguments, "host", None) or chosen.host
    wanted = getattr(arguments, "port", None)
    port = free_port(host, wanted or chosen.port, tries=1 if wanted else PORTS_TRIED)
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{reachable}:{port}"
    print(text("cli.opening", arguments.lang, data=chosen.data, address=address), file=sys.stderr, flush=True)
    if not getattr(arguments, "no_browser", False) and not os.environ.get("CI"):
        threading.Thread(target=_open_when_ready, args=(reachable, port, address), daemon=True).start()
    os.environ |= {"ATLAS_HOST": host, "ATLAS_PORT": str(port)}
    told = {"server.address": host, "server.port": port, "server.headless": True}
    load_config_options(told)  # before anything asks Streamlit for its settings, else it says that they changed
    from streamlit_app import app  # only now, for it reads all of these

    with contextlib.suppress(KeyboardInterrupt):
        app.run(config=told)
    return Answer(document={"address": address})
