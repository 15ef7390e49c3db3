"""The command rainwater: one answer, one id, the same as on the page; a station's record in the place of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import cli
from tests.small_district import A, write_small_district


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_district(tmp_path_factory.mktemp("rain"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, small: Path):
    """Run the command on the small district; gives the document printed."""
    monkeypatch.setenv("ATLAS_DATA", "")
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))

    def command(*words: object, name: str = "rainwater") -> dict[str, object]:
        cli.main([name, *(str(word) for word in words), "--json", "--data", str(small)])
        return json.loads(capsys.readouterr().out)

    return command


def _record(path: Path, *, mm: float, end: str) -> Path:
    days = pd.date_range("2021-01-01", "2022-12-31")
    rows = ["date,rain_mm", *(f"{day:%Y-%m-%d},{mm if day.day == 1 else 0.0}" for day in days)]
    path.write_bytes((end.join(rows) + end).encode())
    return path


def test_language_day_and_a_default_said_leave_the_id_alone(run):
    first = run()
    for words in (("--lang", "en"), ("--on", "2027-02-01"), ("--assume", "psi_roof=0.85")):
        assert run(*words)["result_id"] == first["result_id"], words
    assert run("--assume", "psi_roof=0.8")["result_id"] != first["result_id"]
    assert (len(first["result_id"]), first["version"]) == (12, run(A, name="township")["version"])


def test_another_record_is_another_question_and_line_ends_are_not(run, tmp_path):
    own = run()
    plain = run("--rain", _record(tmp_path / "a.csv", mm=20.0, end="\n"))
    ended = run("--rain", _record(tmp_path / "b.csv", mm=20.0, end="\r\n"))
    wetter = run("--rain", _record(tmp_path / "c.csv", mm=21.0, end="\n"))
    assert plain["result_id"] == ended["result_id"]
    assert plain["version"] == ended["version"]
    assert len({own["result_id"], plain["result_id"], wetter["result_id"]}) == 3
    assert [one["record"]["mean_mm"] for one in (own, plain, wetter)] == pytest.approx([360.0, 240.0, 252.0])
    assert plain["record"]["whole_years"] == 2


def test_an_unknown_project_is_refused(run):
    assert run("--project", "nobody")["error"]["key"] == "rainwater.unknown_project"


def test_a_township_tells_what_rainwater_says_of_it(run):
    told = run(A, name="township")
    rows = {row["id"]: row for row in told["indicators"]}
    assert {"rain_usable_m3", "rain_runoff_m3", "rain_owed_m3"} <= rows.keys()
    assert not {"rain_project_yield_m3", "rain_project_reliability"} & rows.keys()
    assert rows["rain_usable_m3"]["result_id"] == run()["result_id"]
    assert rows["area_m2"]["result_id"] == told["result_id"]
    assert next(iter(rows)) == "area_m2"
