"""Who asks for an act that the steward of the data does, and whether they may.

Closing, removing and emptying ask `allow` inside the transaction that does them. A command acts for the owner of the
state folder and needs no key. A page acts with the steward's key, or, until a key is set, for a connection from the
machine itself.
"""

from __future__ import annotations

import getpass
import os
import sqlite3
import sys
import time
from dataclasses import dataclass
from typing import Literal

from records.log import write_line
from words.errors import AtlasError

UNLOCKED_S = 30 * 60.0  # how long a session stays unlocked

Kind = Literal["command", "steward", "machine"]


@dataclass(frozen=True)
class Actor:
    """Who acts: `name` is the system user of a command, the address of a page's connection.

    `proof` follows from the key that unlocked a page; `until` is on the monotonic clock of this process.
    """

    kind: Kind
    name: str = ""
    proof: str = ""
    until: float = 0.0

    @property
    def expired(self) -> bool:
        """Whether an unlocked session has run out."""
        return self.kind == "steward" and time.monotonic() >= self.until


def command() -> Actor:
    """The owner of the state folder at a command line, by the name the system knows."""
    if sys.platform == "win32":
        return Actor("command", getpass.getuser())
    import pwd

    try:
        return Actor("command", pwd.getpwuid(os.geteuid()).pw_name)
    except KeyError:  # a container's user without a name
        return Actor("command", str(os.geteuid()))


def at_the_machine() -> Actor:
    """A page opened on the machine itself; whoever makes one has looked at the connection."""
    return Actor("machine")


def allow(file: sqlite3.Connection, by: Actor | None, what: str, *, about: str = "") -> None:
    """Enter an act into the log, in the caller's transaction, before it is done.

    AtlasError `records.people.expired` for a session that has run out, `records.people.key_needed` for anyone else
    who may not.
    """
    if by is not None and by.expired:
        raise AtlasError("records.people.expired", minutes=round(UNLOCKED_S / 60))
    if by is None or not may(file, by):
        raise AtlasError("records.people.key_needed")
    write_line(file, by.kind, by.name, what, about=about)


def may(file: sqlite3.Connection, by: Actor) -> bool:
    """Whether someone may do what the steward does, by the key on file."""
    row = file.execute("select proof from steward_key").fetchone()
    if by.kind == "command":
        return True
    if by.kind == "machine":
        return row is None
    return row is not None and by.proof == row[0] and not by.expired
