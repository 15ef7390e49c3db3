"""The one settings place: defaults that need no configuration, `atlas.toml` beside the app, then `ATLAS_*`.

Later wins: default, file, environment. `atlas.example.toml` describes every key.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from words.errors import AtlasError

ROOT = Path(__file__).resolve().parent.parent
LAST_PORT = 65535
Edition = Literal["internal", "public"]
EDITIONS: tuple[Edition, ...] = ("internal", "public")
_NAME = r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
_LISTS = {
    "allowed_hosts": (re.compile(rf"\*|(?:\*\.)?{_NAME}|[0-9A-Fa-f:.]{{2,45}}"), "app.setting_no_host"),
    "framed_by": (re.compile(rf"https?://(?:\*\.)?{_NAME}(?::[0-9]{{1,5}})?"), "app.setting_no_site"),
}


@dataclass(frozen=True)
class AppSettings:
    """Where the data and the state lie, where the server listens, and what every map carries.

    `public_address` is the address people use (QR codes, links); none means the listening address.
    `tianditu_key` switches the Tianditu base map on. `edition` is which edition this server gives, `edition_line` the
    审图号 or edition mark of every map; none means what the words say of it (内部资料). `allowed_hosts` are the only
    names the atlas may be asked for by, none for those nobody outside can own; `framed_by` the other sites that
    may show it in a frame.
    """

    data: Path = ROOT / "data"
    state: Path = ROOT / "state"
    host: str = "127.0.0.1"
    port: int = 8501
    public_address: str | None = None
    tianditu_key: str | None = None
    edition_line: str | None = None
    edition: Edition = "internal"
    allowed_hosts: tuple[str, ...] = ()
    framed_by: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address written into links and QR codes, without a closing slash."""
        return (self.public_address or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def pictures(self) -> Path:
        """The folder of pictures served to the browser by address."""
        return self.state / "pictures"


def settings(environment: Mapping[str, str] | None = None, *, file: Path | None = None) -> AppSettings:
    """The settings in force; relative folders count from the folder of the app.

    AtlasError `app.setting_unread` for a line that is no TOML, `app.setting_unknown` for a key nobody reads,
    `app.setting_no_text`, `_no_port`, `_no_edition`, `_no_host` and `_no_site` for a value of the wrong kind, each
    naming file, line and key.
    """
    environment = os.environ if environment is None else environment
    path = file or ROOT / "atlas.toml"
    lines = _lines(path)
    written = _parsed(path, lines)
    names = {field.name for field in fields(AppSettings)}
    chosen = {}
    for name, value in written.items():
        place = {"file": path.name, "row": _row(lines, name), "name": name}
        if name not in names:
            raise AtlasError("app.setting_unknown", **place, known=", ".join(sorted(names)))
        chosen[name] = _typed(name, value, place)
    for name in names:
        if told := environment.get(variable := f"ATLAS_{name.upper()}"):
            chosen[name] = _typed(name, told, {"file": variable, "row": 1, "name": name})
    return AppSettings(**chosen)


def _lines(path: Path) -> list[str]:
    """The lines of the file, none where there is no file."""
    if not path.is_file():
        return []
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise AtlasError("app.setting_unread", file=path.name, row=row, name="?") from None


def _parsed(path: Path, lines: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))  # "(at end of document)" speaks of the last line
        row = min(int(told[1]), len(lines)) if told else len(lines)
        name = lines[row - 1].partition("=")[0].strip()[:40]  # never the value, which may be a key
        raise AtlasError("app.setting_unread", file=path.name, row=row, name=name or "?") from None


def _row(lines: list[str], name: str) -> int:
    """The line that sets a name, or opens the table of it; the first where none is found."""
    heads = [line.partition("=")[0].strip(" \t[]\"'").partition(".")[0] for line in lines]
    return heads.index(name) + 1 if name in heads else 1


def _typed(name: str, value: object, place: Mapping[str, object]) -> object:
    if name == "port":
        number = int(value) if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() else value
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= LAST_PORT:
            raise AtlasError("app.setting_no_port", **place, value=value, last=LAST_PORT)
        return number
    if name in _LISTS:
        return _listed(name, value, place)
    if not isinstance(value, str):
        raise AtlasError("app.setting_no_text", **place)
    if name in ("data", "state"):
        return (ROOT / Path(value).expanduser()).resolve()
    if name == "edition" and value not in EDITIONS:
        raise AtlasError("app.setting_no_edition", **place, value=value, known=", ".join(EDITIONS))
    return value.strip() or None


def _listed(name: str, value: object, place: Mapping[str, object]) -> tuple[str, ...]:
    """A list of names, or one text with commas between them, as a variable has to write it."""
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise AtlasError("app.setting_no_text", **place)
    named = tuple(one.strip() for one in given if one.strip())
    pattern, key = _LISTS[name]
    wrong = next((one for one in named if not pattern.fullmatch(one)), None)
    if wrong is not None:
        raise AtlasError(key, **place, value=wrong)
    return named
