#!/usr/bin/env python3
"""One command for everything: sets up `.venv`, then opens the app, runs the tests or passes a command to `cli.py`.

    python3 run.py                      set up what is missing and open the app on the shipped data
    python3 run.py test [pytest args]   set up what the tests need and run them, except those marked long
    python3 run.py test --long          run the long ones: what kills, fuzzes, walks every case or drives a browser
    python3 run.py lock                 resolve the requirements anew and write the lock files
    python3 run.py --unlocked …         as above, but install by version ranges, without the locks and their hashes
    python3 run.py COMMAND …            anything `cli.py` knows (python3 run.py --help lists it)

Standard library only, in a syntax that Python 3.8 still reads, so that a Python we do not promise is told so. Progress
goes to standard error, so a command's standard output stays its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHONS = ((3, 11), (3, 12), (3, 13))  # pyproject.toml and README name the same
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def refuse_other_pythons() -> None:
    """End with one sentence under a Python that the requirements cannot be installed on."""
    if sys.version_info[:2] in PYTHONS:
        return
    *most, last = (".".join(map(str, version)) for version in PYTHONS)
    sys.exit(
        f"Python {', '.join(most)} or {last} is needed and this is {sys.version.split()[0]}; "
        f"run the same command with one of them, for example python{last} run.py."
    )


def make_venv() -> None:
    """Make `.venv`, again where what is there does not run (a copied or half-made one)."""
    python = venv_python()
    if python.exists() and subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    say("Making .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode != 0:
        say(made.stdout + made.stderr)
        sys.exit("Python could not make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv")


def lock_of(requirements: str) -> Path:
    return ROOT / requirements.replace(".txt", ".lock")


def mark_of(requirements: str, *, locked: bool) -> str:
    """What an installation is known by: requirements, lock, Python and system; changed, it is made again."""
    lock = lock_of(requirements).read_bytes() if locked else b"unlocked"
    system = f"{sys.version} {sysconfig.get_platform()}".encode()
    return hashlib.sha256((ROOT / requirements).read_bytes() + lock + system).hexdigest()


def install(requirements: str, *, locked: bool = True) -> None:
    """Install a requirements file into `.venv`, only when it or its lock changed since the last complete installation.

    Each file must have a hash that the lock holds, else nothing is installed; not `locked`, what pip finds is taken.
    An installation asked for without the lock stays as it is until its requirements change.
    """
    stamp = VENV / f".{requirements}.sha256"
    known = stamp.read_text() if stamp.exists() else ""
    if known in (mark_of(requirements, locked=locked), mark_of(requirements, locked=False)):
        return
    say(f"Installing {requirements} (a few minutes the first time) …")
    what = ["--require-hashes", "-r", lock_of(requirements)] if locked else ["-r", ROOT / requirements]
    command = [venv_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    if subprocess.run([str(part) for part in command], stdout=sys.stderr).returncode != 0:
        sys.exit(
            f"pip could not install {requirements}; its message stands above. Run the same command to try again."
            + (
                " If it misses a file or hash for this system, python3 run.py --unlocked installs without the lock."
                if locked
                else ""
            )
        )
    stamp.write_text(mark_of(requirements, locked=locked))


def has_chinese_font() -> bool:
    found = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout
    return bool(found)


def install_browser() -> None:
    """Install Chromium and a Chinese font for the browser tests where we may; else say what is skipped."""
    packages = []
    if not any(shutil.which(name) for name in CHROMIUM):
        packages.append("chromium")
    if sys.platform.startswith("linux") and not has_chinese_font():
        packages += ["fontconfig", "fonts-noto-cjk"]
    if not packages:
        return
    may = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if not may:
        say(f"Browser tests need {' '.join(packages)}; without root and apt-get they are skipped.")
        return
    say(f"Installing {' '.join(packages)} for the browser tests …")
    quiet = {"stdout": sys.stderr, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    if (
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **quiet).returncode
        != 0
    ):
        say("They could not be installed; the browser tests are skipped.")


def hand_over(command: list[str]) -> int:
    """Run a command inside `.venv` and return its exit code.

    Where the system can, this process becomes the command: then whoever ends the one ends the other.
    """
    line = [str(venv_python()), *command]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(line[0], line)
    process = subprocess.Popen(line)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the command has it too, and ends with what it has to say
            continue


def main(arguments: list[str]) -> int:
    refuse_other_pythons()
    locked = arguments[:1] != ["--unlocked"]
    arguments = arguments if locked else arguments[1:]
    if arguments[:1] == ["lock"]:
        return subprocess.run([sys.executable, str(ROOT / "lock.py"), *(str(minor) for _, minor in PYTHONS)]).returncode
    make_venv()
    install("requirements.txt", locked=locked)
    if arguments[:1] in (["test"], ["bench"]):
        install("requirements-test.txt", locked=locked)
        install_browser()
    if arguments[:1] == ["test"]:
        os.chdir(ROOT)
        return hand_over(["-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments[1:]])
    return hand_over([str(ROOT / "cli.py"), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
