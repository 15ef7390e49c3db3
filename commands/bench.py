"""Runs the benchmarks, prints them as a table and keeps them in the state folder."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from datetime import UTC, datetime

import benchmarks
from app.settings import settings
from commands import Answer
from words.errors import AtlasError

NAME = "bench"
COLUMNS = ("name", "value", "unit", "peer", "ratio", "aim")


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branch = branches.add_parser(NAME, parents=[shared], help="run the benchmarks and print them as a table")
    branch.add_argument("names", nargs="*", help="only these benchmarks (reading, zonal, …)")


def available() -> list[str]:
    """Names of the benchmarks: the modules `benchmarks/bench_<name>.py`."""
    modules = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name.removeprefix("bench_") for name in modules if name.startswith("bench_"))


def table(rows: list[dict[str, object]]) -> tuple[str, ...]:
    """The rows as aligned text, numbers to four significant digits."""
    shown = [COLUMNS, *(tuple(_cell(row.get(column)) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[i]) for line in shown) for i in range(len(COLUMNS))]
    return tuple("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in shown)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def run(arguments: argparse.Namespace) -> Answer:
    """All benchmarks, or those named; AtlasError `cli.no_such_bench` for an unknown name."""
    names = available()
    for name in arguments.names:
        if name not in names:
            raise AtlasError("cli.no_such_bench", name=name, names=", ".join(names))
    rows: list[dict[str, object]] = []
    for name in arguments.names or names:
        print(f"bench {name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.bench_{name}").run()
    state = settings().state
    state.mkdir(parents=True, exist_ok=True)
    with (state / "benchmarks.jsonl").open("a", encoding="utf-8") as kept:
        kept.write(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "rows": rows}) + "\n")
    return Answer(rows, table(rows))
