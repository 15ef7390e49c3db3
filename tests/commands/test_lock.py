"""The locks hold every requirement within its bounds, with hashes, for all promised Pythons and systems."""

from __future__ import annotations

import re
import subprocess

import pytest
from packaging.requirements import Requirement
from places import ROOT

import lock
import run

MINORS = [minor for _, minor in run.PYTHONS]
NAMES = {"linux": ("linux", "posix"), "macos": ("darwin", "posix"), "windows": ("win32", "nt")}
BUILT_FROM_SOURCE = {"fontmeta"}  # pure Python without a wheel; mplfonts asks for it
LINE = re.compile(
    r"# wheels: (.+)\n([A-Za-z0-9_.-]+==\S+(?: ; [^\n\\]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def environment(system: str, minor: int) -> dict[str, str]:
    """What a marker is asked about."""
    return {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.1",
        "sys_platform": NAMES[system][0],
        "os_name": NAMES[system][1],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "platform_machine": "AMD64" if system == "windows" else "x86_64",
    }


def locked(name: str) -> list[tuple[str, Requirement, int]]:
    """Wheels line, requirement and count of hashes of each package of a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    assert head.startswith("# Made by python3 run.py lock")
    found = LINE.findall(rest)
    assert "".join(f"# wheels: {a}\n{b} \\\n{c}" for a, b, c in found) == rest  # nothing else stands in it
    return [(wheels, Requirement(what), hashes.count("--hash=")) for wheels, what, hashes in found]


def wanted(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line.split("#")[0].strip()) for line in lines]


@pytest.mark.parametrize("system", NAMES)
@pytest.mark.parametrize("minor", MINORS)
@pytest.mark.parametrize(("name", "sources"), [
    ("requirements.lock", ["requirements.txt"]),
    ("requirements-test.lock", ["requirements.txt", "requirements-test.txt"]),
])  # fmt: skip
def test_every_requirement_is_locked_once_within_its_bounds_with_a_wheel(name, sources, minor, system):
    here = environment(system, minor)
    packages: dict[str, tuple[str, Requirement, int]] = {}
    for wheels, one, hashes in locked(name):
        if one.marker is None or one.marker.evaluate(here):
            assert plain(one.name) not in packages
            packages[plain(one.name)] = (wheels, one, hashes)
    for asked in (one for source in sources for one in wanted(source)):
        if asked.marker is None or asked.marker.evaluate(here):
            (only,) = packages[plain(asked.name)][1].specifier
            assert asked.specifier.contains(only.version), asked
    for package, (wheels, _, hashes) in packages.items():
        assert hashes >= 1
        there = {part.split()[0]: part.split()[1:] for part in wheels.split(", ")}
        assert f"3.{minor}" in there.get(system, []) or package in BUILT_FROM_SOURCE, package


def test_the_tests_lock_holds_the_same_versions():
    both = {(plain(one.name), str(one.specifier), str(one.marker)) for _, one, _ in locked("requirements-test.lock")}
    apps = {(plain(one.name), str(one.specifier), str(one.marker)) for _, one, _ in locked("requirements.lock")}
    assert apps <= both
    assert len(apps) > 60


@pytest.mark.parametrize(
    ("wheel", "system", "minor", "fits"),
    [
        ("a-1-py3-none-any.whl", "windows", 13, True),
        ("a-1-py2.py3-none-any.whl", "linux", 11, True),
        ("a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "linux", 11, True),
        ("a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "linux", 12, False),
        ("a-1-cp311-cp311-manylinux_2_17_aarch64.whl", "linux", 11, False),
        ("a-1-cp311-cp311-musllinux_1_2_x86_64.whl", "linux", 11, False),
        ("a-1-cp313-cp313t-win_amd64.whl", "windows", 13, False),
        ("a-1-cp39-abi3-win_amd64.whl", "windows", 13, True),
        ("a-1-cp312-abi3-macosx_11_0_arm64.whl", "macos", 11, False),
        ("a-1-cp39-abi3-win32.whl", "windows", 13, False),
    ],
)
def test_a_wheel_is_known_by_its_name(wheel, system, minor, fits):
    assert lock.usable(wheel, system, minor) == fits


def test_the_lock_says_for_what_there_is_a_wheel():
    wheels = ["a-1-cp311-cp311-win_amd64.whl", "a-1-cp312-cp312-win_amd64.whl", "a-1-cp311-cp311-macosx_11_0_arm64.whl"]
    assert lock.wheels_line(wheels, [11, 12]) == "# wheels: macos 3.11, windows 3.11 3.12\n"
    assert lock.wheels_line([], [11]) == "# wheels: none, built from its source\n"


@pytest.fixture
def installing(tmp_path, monkeypatch):
    """run.py in a folder with small requirements, and what it hands to pip."""
    asked: list[list[str]] = []
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path)
    (tmp_path / "requirements.txt").write_text("a>=1,<2  # why\n")
    (tmp_path / "requirements.lock").write_text("a==1 --hash=sha256:0\n")

    def pretend(command, **_):
        asked.append(command)
        return subprocess.CompletedProcess(command, 1 if (tmp_path / "fails").exists() else 0)

    monkeypatch.setattr(run.subprocess, "run", pretend)
    return tmp_path, asked


def test_installing_asks_for_hashes_and_again_when_the_lock_changes(installing):
    folder, asked = installing
    run.install("requirements.txt")
    run.install("requirements.txt")
    assert [command[-3:] for command in asked] == [["--require-hashes", "-r", str(folder / "requirements.lock")]]
    (folder / "requirements.lock").write_text("a==1.1 --hash=sha256:1\n")
    run.install("requirements.txt")
    assert len(asked) == 2


def test_without_the_lock_only_when_asked_and_then_left_in_peace(installing):
    folder, asked = installing
    (folder / "fails").touch()
    with pytest.raises(SystemExit, match="--unlocked installs without the lock"):
        run.install("requirements.txt")
    (folder / "fails").unlink()
    run.install("requirements.txt", locked=False)
    run.install("requirements.txt")
    assert [command[-2:] for command in asked[1:]] == [["-r", str(folder / "requirements.txt")]]
    assert "--require-hashes" not in asked[1]
