"""Sets the steward's key, by whom the state folder belongs to."""

from __future__ import annotations

import argparse
import getpass
import sys

from app.settings import settings
from commands import Answer
from records import people
from records.key import set_key
from words import Language, text
from words.errors import AtlasError

NAME = "key"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    group = branches.add_parser(NAME, help="set the steward's key").add_subparsers(
        dest="action", required=True, metavar="set"
    )
    branch = group.add_parser("set", parents=[shared], help="set or replace the steward's key")
    branch.add_argument("--stdin", action="store_true", help="read the key from the first line of standard input")


def run(arguments: argparse.Namespace) -> Answer:
    """Ask for the key, twice and unseen, and keep its hash."""
    language: Language = arguments.lang
    key = sys.stdin.readline().rstrip("\r\n") if arguments.stdin else _asked(language)
    by = people.command()
    set_key(settings().state, key, by=by)
    return Answer({"set": True, "by": by.name}, (text("cli.records.key_set", language),))


def _asked(language: Language) -> str:
    key = getpass.getpass(text("cli.records.key_new", language), stream=sys.stderr)
    if getpass.getpass(text("cli.records.key_again", language), stream=sys.stderr) != key:
        raise AtlasError("records.key.different")
    return key
