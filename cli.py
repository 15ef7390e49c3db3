"""The back door: the atlas's jobs without a browser.

With `--json` one JSON document goes to standard output and nothing else; a refusal prints
`{"error": {key, message, …facts}}` and exits 1, bad usage exits 2, a finding of any colour exits 0. Ctrl-C
or a request to end (TERM) leaves nothing half-written and exits 130.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import threading
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from commands import COMMANDS, Answer
from commands import open as open_app
from commands.asked import asked_back, question_lines
from words import text
from words.errors import AtlasError

STOPPED = 130  # as shells say of what Ctrl-C ended


def parser() -> argparse.ArgumentParser:
    """The command line, assembled from every module of `commands`."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="the district's data folder")
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    shared.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", default=argparse.SUPPRESS, help="the day whose rules count"
    )
    shared.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="language of what is printed")
    top = argparse.ArgumentParser(prog="run.py", description="武隆节水一张图 Wulong Water Atlas", parents=[shared])
    open_app.add_address(top)
    branches = top.add_subparsers(dest="command", metavar="COMMAND")
    for command in COMMANDS:
        command.add(branches, shared)
    return top


def run(arguments: argparse.Namespace) -> Answer:
    """What the chosen command answers; opening the app is what no command means."""
    name = arguments.command or "open"
    command = next(module for module in COMMANDS if name == module.NAME)
    return command.run(arguments)


def _plain(value: object) -> object:
    """A value JSON can hold for one it cannot: dates and paths as text, numpy numbers as numbers."""
    if isinstance(value, date | Path):
        return str(value)
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be printed as JSON")


def print_json(document: object) -> None:
    """One JSON document on standard output; NaN is not JSON and is refused."""
    print(json.dumps(document, ensure_ascii=False, indent=1, default=_plain, allow_nan=False))


def _choose_data(folder: Path) -> None:
    """Make a data folder the one this process works on; AtlasError `cli.no_such_data` when it is not there."""
    if not folder.is_dir():
        raise AtlasError("cli.no_such_data", folder=folder)
    os.environ["ATLAS_DATA"] = str(folder)


def _refuse(error: AtlasError, arguments: argparse.Namespace) -> None:
    message = text(error.key, arguments.lang, **error.facts)
    open_questions = asked_back(error, arguments.lang)
    if arguments.json:
        told = {"key": error.key, "message": message, **{k: str(v) for k, v in error.facts.items()}}
        print_json({"error": told | ({"questions": open_questions} if open_questions else {})})
    else:
        print("\n".join((message, *question_lines(open_questions, arguments.lang))), file=sys.stderr)


def _end_on_term() -> None:
    """Let a request to end work as Ctrl-C does: what is half-written is taken away, and the reader ends too."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def main(words: list[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    arguments = parser().parse_args(words)
    for name, default in (("json", False), ("lang", "zh"), ("data", None), ("on", date.today())):
        setattr(arguments, name, getattr(arguments, name, default))
    try:
        _end_on_term()
        if arguments.data:
            _choose_data(Path(arguments.data).resolve())
        with contextlib.redirect_stdout(sys.stderr):
            answer = run(arguments)
    except AtlasError as error:
        _refuse(error, arguments)
        return 1
    except KeyboardInterrupt:
        _refuse(AtlasError("cli.stopped"), arguments)
        return STOPPED
    if arguments.json:
        print_json(answer.document)
    elif answer.lines:
        print("\n".join(answer.lines))
    return answer.exit_code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
