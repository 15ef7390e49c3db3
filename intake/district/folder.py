"""The small text files of a data folder: `district.toml` and `sources.toml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from geo.atomic import put
from layers.layer import Source


def _quoted(value: str) -> str:
    """A TOML basic string; JSON escapes are a subset of TOML's."""
    return json.dumps(value, ensure_ascii=False)


def write_district_toml(
    folder: Path, *, code: str, name: str, metric_crs: str, ranges: Mapping[str, tuple[float, float]]
) -> None:
    """Write `district.toml`; `ranges` maps a setting such as `elevation_m` to its low and high."""
    lines = [f"code = {_quoted(code)}", f"name = {_quoted(name)}", f"name_en = {_quoted(name)}"]
    lines.append(f"metric_crs = {_quoted(metric_crs)}")
    lines += [f"{key} = [{low:g}, {high:g}]" for key, (low, high) in ranges.items()]
    put(folder / "district.toml", "\n".join(lines) + "\n")


def write_sources_toml(folder: Path, sources: Mapping[str, Source]) -> None:
    """Write `sources.toml`, one table per layer id."""
    blocks = [
        f"[{layer}]\nissuer = {_quoted(source.issuer)}\nas_of = {source.as_of.isoformat()}\n"
        f"licence = {_quoted(source.licence)}\nstatus = {_quoted(source.status)}\n"
        for layer, source in sources.items()
    ]
    put(folder / "sources.toml", "\n".join(blocks))
