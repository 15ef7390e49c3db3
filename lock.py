"""Makes `requirements.lock` and `requirements-test.lock`: every package at one version, with the hashes of its files.

    python3 run.py lock

uv, in a throw-away environment, resolves the requirements for all promised Pythons and all systems at once; markers
tell them apart, so one file serves all. Above each package stands for which systems and Pythons it has a wheel. Nothing
names a registry or a path. Standard library only, like `run.py`, which starts it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
RESOLVER = "uv>=0.9,<1"
LOCKS = {"requirements.txt": "requirements.lock", "requirements-test.txt": "requirements-test.lock"}
HEAD = "# Made by python3 run.py lock from {sources}; not to be edited.\n"
OPTIONS = ("--universal", "--no-header", "--no-annotate", "--no-config", "--quiet")
SYSTEMS = {"linux": ("linux", "x86_64"), "macos": ("macosx", ""), "windows": ("win", "amd64")}  # start and end of a tag


def usable(wheel: str, system: str, minor: int) -> bool:
    """Whether a wheel, by its file's name, can be installed on a system under Python 3.`minor`."""
    pythons, abis, platforms = (part.split(".") for part in wheel.removesuffix(".whl").split("-")[-3:])
    own = f"cp3{minor}"
    fits = "py3" in pythons or (own in pythons and own in abis)
    if "abi3" in abis:
        fits = any(tag.startswith("cp3") and int(tag[3:]) <= minor for tag in pythons)
    start, end = SYSTEMS[system]
    return fits and any(
        tag == "any" or (tag.removeprefix("many").startswith(start) and tag.endswith(end)) for tag in platforms
    )


def wheels_line(wheels: Iterable[str], minors: Iterable[int]) -> str:
    """A comment that says for which systems and Pythons there is a wheel."""
    there = {
        system: [f"3.{minor}" for minor in minors if any(usable(one, system, minor) for one in wheels)]
        for system in SYSTEMS
    }
    told = [" ".join([system, *found]) for system, found in there.items() if found]
    return f"# wheels: {', '.join(told) or 'none, built from its source'}\n"


def compiled(python: Path, options: Iterable[str], out: Path) -> str:
    """What uv resolves; SystemExit when it cannot."""
    command = [str(python), "-m", "uv", "pip", "compile", *OPTIONS, *options, "--output-file", str(out)]
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode != 0:
        sys.exit("The requirements could not be resolved; uv's message stands above. The locks are as they were.")
    return out.read_text(encoding="utf-8")


def with_wheels(lock: str, packages: Iterable[dict], minors: Iterable[int]) -> str:
    """A lock with a comment above each package."""
    files = {
        (one["name"], one["version"]): [wheel.get("name") or wheel["url"].split("/")[-1] for wheel in one["wheels"]]
        for one in packages
        if one.get("wheels")
    }
    lines = []
    for line in lock.splitlines(keepends=True):
        if "==" in line and not line.startswith(" "):
            name, version = line.split()[0].split("==")
            lines.append(wheels_line(files.get((name, version), []), minors))
        lines.append(line)
    return "".join(lines)


def main(minors: list[int]) -> int:
    """Write both locks anew for Python 3 of these minor versions; returns the exit code."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        subprocess.run([sys.executable, "-m", "venv", str(folder / "tools")], check=True)
        python = folder / "tools" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", RESOLVER]
        if subprocess.run(install, stdout=sys.stderr).returncode != 0:
            sys.exit("uv, which resolves the requirements, could not be installed; pip's message stands above.")
        sources: list[str] = []
        made: dict[str, str] = {}
        for source, lock in LOCKS.items():
            sources.append(source)
            options = [*sources, "--python-version", f"3.{minors[0]}"]
            options += [part for before in made for part in ("--constraints", str(folder / before))]
            text = compiled(python, [*options, "--generate-hashes"], folder / lock)
            same = [*options, "--constraints", str(folder / lock), "--format", "pylock.toml"]
            listed = tomllib.loads(compiled(python, same, folder / f"pylock.{len(made)}.toml"))
            made[lock] = HEAD.format(sources=" and ".join(sources)) + with_wheels(text, listed["packages"], minors)
    for lock, text in made.items():
        (ROOT / lock).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main([int(minor) for minor in sys.argv[1:]]))
