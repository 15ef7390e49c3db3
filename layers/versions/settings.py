"""Reads `district.toml`: what only this district knows of itself.

Keys: code, name, name_en, metric_crs; the ranges elevation_m, annual_rain_mm and daily_rain_mm as [low, high];
the table flags (name → true/false).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.crs import require_metric
from layers.district import Settings
from words import Named
from words.errors import AtlasError

FILE = "district.toml"
_RANGES = ("elevation_m", "annual_rain_mm", "daily_rain_mm")


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file, in UTF-8 or as old editors save it; AtlasError when it is missing or unreadable."""
    try:
        return tomllib.loads(toml_text(path))
    except FileNotFoundError:
        raise AtlasError("problems.no_such_file", file=path.name, folder=path.parent.name) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__  # without the path, which is nobody's business
        raise AtlasError("problems.toml_unreadable", file=path.name, reason=reason) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AtlasError("problems.toml_unreadable", file=path.name, reason=str(error)) from error


def toml_text(path: Path) -> str:
    """The text of a TOML file, in UTF-8 or as old editors save it; OSError or UnicodeDecodeError without one."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def read_settings(folder: Path) -> Settings:
    """The settings of the district in `folder`; AtlasError naming the key that is missing or wrong."""
    told = read_toml(folder / FILE)
    name = _text(told, "name")
    ranges = {key: _range(told, key) for key in _RANGES if key in told}
    return Settings(
        code=_text(told, "code"),
        name=name,
        name_en=str(told.get("name_en") or name),
        metric_crs=_crs(_text(told, "metric_crs")),
        flags={key: bool(value) for key, value in _table(told, "flags").items()},
        **ranges,
    )


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(key, value)
    return value.strip()


def _table(told: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = told.get(key, {})
    if not isinstance(table, Mapping):
        raise _wrong(key, table)
    return table


def _range(told: Mapping[str, object], key: str) -> tuple[float, float]:
    value = told[key]
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, (int, float)) for part in value)):
        raise _wrong(key, value)
    if not value[0] < value[1]:
        raise _wrong(key, value)
    return float(value[0]), float(value[1])


def _crs(written: str) -> CRS:
    try:
        return require_metric(CRS.from_user_input(written))
    except CRSError:
        raise _wrong("metric_crs", written) from None


def _wrong(key: str, value: object) -> AtlasError:
    return AtlasError(
        "problems.setting_wrong",
        file=FILE,
        setting=Named(f"problems.settings.{key}", key),
        value="" if value is None else value,
    )
