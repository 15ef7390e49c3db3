"""Good files spoilt at random: bytes, signs, numbers, lines, and what lies inside a packed file."""

from __future__ import annotations

import io
import random
import re
import zipfile

SIGNS = (*(bytes([sign]) for sign in b"0-,; <>&{[\"'%=\n\t\0\xff"), b"nan", b"1e400",
         *(sign.encode() for sign in ("九", "，", "\u3000", "\u202e", "𬇕")), "年".encode("gbk"))  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NUMBERS = (b"0", b"-1", b"1e9", b"99999999999999999999", b"0.0000001", b"NaN", b"Infinity", b"-0", b"2147483648")


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The file with one to three faults; of a packed one mostly something inside, packed again as it should be."""
    if content[:2] == b"PK" and chance.random() < 0.8:
        return _inside(content, chance)
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(_FAULTS)(content or b"x", chance)
    return content


def _inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        inner = {name: packed.read(name) for name in packed.namelist()}
    name = chance.choice([*inner])
    if chance.random() < 0.1:
        inner.pop(name)
    elif chance.random() < 0.1:
        inner[f"../{name}"] = inner.pop(name)
    else:
        inner[name] = spoilt(inner[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for one, text in inner.items():
            packed.writestr(one, text)
    return stream.getvalue()


def _lost(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + chance.choice((1, 1, 3, 20, 200)) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    at, much = chance.randrange(len(content)), chance.choice((1, 8, 60, 400))
    return content[:at] + content[at : at + much] + content[at:]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def _sign(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(SIGNS) + content[at + chance.randrange(2) :]


def _number(content: bytes, chance: random.Random) -> bytes:
    """One of the numbers made another: nothing, all too much, ten times, or with another digit."""
    found = [*_NUMBER.finditer(content)][:4_000]
    if not found:
        return _flipped(content, chance)
    one = chance.choice(found)
    at = chance.randrange(len(one[0]))
    other = chance.choice(
        (*NUMBERS, one[0] + b"0", one[0][:-1], one[0][:at] + b"%d" % chance.randrange(10) + one[0][at + 1 :])
    )
    return content[: one.start()] + other + content[one.end() :]


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Two lines or fields in each other's place."""
    sep = chance.choice((b"\n", b",", b" ", b'"'))
    parts = content.split(sep)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return sep.join(parts)


def _recoded(content: bytes, chance: random.Random) -> bytes:
    try:
        return content.decode("utf-8").encode(chance.choice(("gb18030", "utf-16", "utf-8-sig", "big5")), "replace")
    except UnicodeDecodeError:
        return _flipped(content, chance)


_FAULTS = (_lost, _cut, _doubled, _flipped, _sign, _number, _number, _lines, _recoded)
