"""The one settings place: defaults that need no configuration, `atlas.toml` beside the app, then `ATLAS_*`.

Later wins: default, file, environment. `atlas.example.toml` describes every key.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from words.errors import AtlasError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class AppSettings:
    """Where the data and the state lie, where the server listens, and what every map carries.

    `public_address` is the address people use (QR codes, links); none means the listening address.
    `tianditu_key` switches the Tianditu base map on. `edition_line` is the 审图号 or edition mark of every map;
    none means the words' default (内部资料).
    """

    data: Path = ROOT / "data"
    state: Path = ROOT / "state"
    host: str = "127.0.0.1"
    port: int = 8501
    public_address: str | None = None
    tianditu_key: str | None = None
    edition_line: str | None = None

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

    AtlasError `app.setting_unknown` for a key of the file nobody reads, `app.setting_wrong` for a port that is
    no number.
    """
    environment = os.environ if environment is None else environment
    path = file or ROOT / "atlas.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    names = {field.name for field in fields(AppSettings)}
    for name in written:
        if name not in names:
            raise AtlasError("app.setting_unknown", file=path.name, name=name, known=", ".join(sorted(names)))
    values = written | {n: environment[f"ATLAS_{n.upper()}"] for n in names if environment.get(f"ATLAS_{n.upper()}")}
    return AppSettings(**{name: _typed(name, value) for name, value in values.items()})


def _typed(name: str, value: object) -> object:
    if name in ("data", "state"):
        return (ROOT / Path(str(value)).expanduser()).resolve()
    if name != "port":
        return str(value).strip() or None
    try:
        return int(str(value))
    except ValueError:
        raise AtlasError("app.setting_wrong", name=name, value=value) from None
