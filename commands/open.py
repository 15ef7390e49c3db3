"""Opens the app: starts Streamlit on this machine and prints the address."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

from app.settings import settings
from commands import Answer
from words import text
from words.errors import AtlasError

NAME = "open"
APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"
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
    options = ["--server.address", host, "--server.port", str(port), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
    try:
        environment = {**os.environ, "ATLAS_HOST": host, "ATLAS_PORT": str(port)}
        code = subprocess.run(command, cwd=APP.parent, env=environment, stdout=sys.stderr).returncode
    except KeyboardInterrupt:
        code = 0
    return Answer(document={"address": address}, exit_code=code)
