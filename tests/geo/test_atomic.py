"""A reader meets the old file or the whole new one, whatever happens to the writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from places import ROOT

from geo.atomic import LEFT_S, aside, folder_aside, put, sweep


def test_content_takes_the_place_of_what_was_there(tmp_path):
    path = tmp_path / "new" / "a.txt"
    put(path, "一\r\n二\n")
    assert path.read_bytes() == "一\r\n二\n".encode()
    put(path, b"\x00\x01")
    assert path.read_bytes() == b"\x00\x01"
    assert os.listdir(path.parent) == ["a.txt"]


def test_a_failed_writing_leaves_the_old_file(tmp_path):
    put(tmp_path / "a.txt", "old")
    with pytest.raises(UnicodeEncodeError), aside(tmp_path / "a.txt") as target:
        target.write_text("new \ud800", encoding="utf-8")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_writing_leaves_the_old_file(tmp_path):
    put(tmp_path / "a.txt", "old")
    script = """
import os, signal, sys
from pathlib import Path
from geo.atomic import aside
with aside(Path(sys.argv[1])) as target:
    with target.open("w") as stream:
        stream.write("new")
        stream.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.txt")], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_companions_arrive_with_their_file(tmp_path):
    with aside(tmp_path / "a.shp") as target:
        target.write_bytes(b"1")
        target.with_suffix(".dbf").write_bytes(b"2")
    assert sorted(os.listdir(tmp_path)) == ["a.dbf", "a.shp"]


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_comes_whole(tmp_path, there):
    out = tmp_path / "above" / "out"
    if there:
        out.mkdir(parents=True)
    with folder_aside(out) as folder:
        (folder / "inside").mkdir()
        put(folder / "inside" / "a.txt", "x")
        assert not there or os.listdir(out) == []
    assert (out / "inside" / "a.txt").read_bytes() == b"x"
    assert os.listdir(out.parent) == ["out"]


def test_a_folder_that_fails_leaves_nothing_not_even_those_above(tmp_path):
    with pytest.raises(IsADirectoryError), folder_aside(tmp_path / "b" / "c" / "out") as folder:
        folder.write_bytes(b"a folder is no file")
    assert os.listdir(tmp_path) == []


def test_a_folder_never_takes_the_place_of_a_full_one(tmp_path):
    put(tmp_path / "out" / "old.txt", "old")
    with pytest.raises(OSError, match="empty"), folder_aside(tmp_path / "out") as folder:
        put(folder / "a.txt", "x")
    assert os.listdir(tmp_path / "out") == ["old.txt"]


def test_leavings_of_killed_writers_go_when_a_day_old(tmp_path):
    for name in (".atlas-old", ".atlas-new", "atlas-other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.gpkg").write_bytes(b"x")
    (tmp_path / ".atlas-file").write_bytes(b"a file is nobody's leaving")
    long_ago = time.time() - LEFT_S - 60
    for name in (".atlas-old", "atlas-other", ".atlas-file"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    sweep([tmp_path, tmp_path / "not there"])
    assert sorted(os.listdir(tmp_path)) == [".atlas-file", ".atlas-new", "atlas-other"]
