"""The steward's key: kept as a salted hash, twice, compared slowly, and each comparison entered into the log."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from records.file import reading, writing
from records.log import write_line
from records.people import UNLOCKED_S, Actor, allow
from records.spare_key import keep_spare, spare_key
from words.errors import AtlasError

SHORTEST, LONGEST = 10, 200  # characters
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}  # 32 MB and about 0.1 s for one comparison
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 900.0  # for one address: doubled with every wrong key
TOGETHER, TOGETHER_WAIT_S = 20, 5.0  # after so many wrong keys from all addresses, one try every so often
_ADDRESSES = 10_000


class Guesses:
    """Wrong keys of this process by address; forgotten when the right one comes, or with the process."""

    def __init__(self) -> None:
        self.lock = Lock()  # one comparison at a time: each takes 32 MB
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._all, self._last = 0, 0.0

    def wait_s(self, address: str) -> float:
        """How long this address has to wait before it may try again."""
        now = time.monotonic()
        count, last = self._wrong.get(address, (0, 0.0))
        own = last + min(FIRST_WAIT_S * 2 ** min(count - 1, 20), LONGEST_WAIT_S) - now if count else 0.0
        together = self._last + TOGETHER_WAIT_S - now if self._all >= TOGETHER else 0.0
        return max(own, together, 0.0)

    def wrong(self, address: str) -> None:
        """Count a wrong key."""
        count = self._wrong.pop(address, (0, 0.0))[0]
        self._last = time.monotonic()
        self._all += 1
        self._wrong[address] = (count + 1, self._last)
        while len(self._wrong) > _ADDRESSES:
            self._wrong.popitem(last=False)

    def right(self, address: str) -> None:
        """Forget the wrong keys of an address that knows the right one."""
        self._wrong.pop(address, None)
        self._all = 0


GUESSES = Guesses()


def key_is_set(state_folder: Path) -> bool:
    """Whether there is a key."""
    with reading(state_folder) as file:
        return file.execute("select 1 from steward_key").fetchone() is not None


def set_key(state_folder: Path, key: str, *, by: Actor | None) -> None:
    """Keep a new key in place of the one there is, which ends every unlocked session.

    AtlasError `records.key.length` for one too short or too long, and as `allow`: a page at the machine itself sets
    the first key only.
    """
    if not SHORTEST <= len(key) <= LONGEST:
        raise AtlasError("records.key.length", shortest=SHORTEST, longest=LONGEST)
    salt = secrets.token_bytes(16)
    with writing(state_folder) as file:
        allow(file, by, "key_set")
        made = _hash(key, salt)
        file.execute("delete from steward_key")
        row = (salt.hex(), made.hex(), _proof(made), datetime.now(UTC).isoformat(timespec="seconds"))
        file.execute("insert into steward_key (salt, hash, proof, at) values (?,?,?,?)", row)
        keep_spare(state_folder, row)


def unlock(state_folder: Path, key: str, *, address: str | None) -> Actor:
    """The steward, for a while, when the key is right; every try stands in the log.

    AtlasError `records.key.none` when there is no key, `records.key.wrong`, `records.key.slow` with the seconds to
    wait when too many were wrong.
    """
    place = address or ""
    with GUESSES.lock:
        wait = GUESSES.wait_s(place)
        if wait > 0:
            raise AtlasError("records.key.slow", seconds=int(wait) + 1)
        with reading(state_folder) as file:
            row = file.execute("select salt, hash, proof, at from steward_key").fetchone()
        if row is None:
            raise AtlasError("records.key.none")
        right = hmac.compare_digest(_hash(key[:LONGEST], bytes.fromhex(row[0])), bytes.fromhex(row[1]))
        (GUESSES.right if right else GUESSES.wrong)(place)
        with writing(state_folder) as file:
            write_line(file, "steward", place, "unlocked" if right else "wrong_key")
            if right and spare_key(state_folder) != tuple(row):  # set before there was a spare
                keep_spare(state_folder, row)
    if not right:
        raise AtlasError("records.key.wrong")
    return Actor("steward", place, row[2], time.monotonic() + UNLOCKED_S)


def _hash(key: str, salt: bytes) -> bytes:
    return hashlib.scrypt(key.encode("utf-8", "surrogatepass"), salt=salt, dklen=32, **_COST)


def _proof(made: bytes) -> str:
    return hashlib.sha256(b"session" + made).hexdigest()
