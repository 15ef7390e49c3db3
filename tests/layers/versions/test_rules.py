"""Rules as data: read whole, refused with file, rule and key, added to and ended by a district, never replaced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.rules.choosing import fingerprints, in_force
from layers.versions import rules as reading
from layers.versions.rules import read_rules
from words.errors import AtlasError

WHOLE = """
instrument = "某办法"
issuer = "某区"
number = "某府发〔2020〕1号"
codes = ["990001"]
since = 2020-05-01

[[rule]]
id = "made.one"
kind = "made"
clause = "3"
confidence = "medium"
source = "made for a test"
asks = { least_mm = 12.5 }
"""


def _folder(tmp_path: Path, content: str, *, name: str = "own.toml") -> Path:
    (tmp_path / "rules").mkdir(exist_ok=True)
    (tmp_path / "rules" / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_rule_of_a_district_is_read_with_all_it_says(tmp_path: Path):
    rule = next(rule for rule in read_rules(_folder(tmp_path, WHOLE)) if rule.id == "made.one")
    assert (rule.level, rule.instrument, rule.clause, rule.since) == ("district", "某办法", "3", date(2020, 5, 1))
    assert rule.asks == {"least_mm": 12.5}


@pytest.mark.parametrize("key", ["id", "kind", "clause", "confidence", "source", "instrument", "issuer", "codes"])
def test_a_rule_without_a_part_is_refused_with_its_file(tmp_path: Path, key: str):
    lines = [line for line in WHOLE.splitlines() if not line.startswith(f"{key} =")]
    with pytest.raises(AtlasError, match="rule_wrong") as refused:
        read_rules(_folder(tmp_path, "\n".join(lines)))
    assert refused.value.facts["file"] == "own.toml"


def test_the_same_rule_twice_is_refused(tmp_path: Path):
    _folder(tmp_path, WHOLE)
    with pytest.raises(AtlasError, match="rule_twice"):
        read_rules(_folder(tmp_path, WHOLE, name="again.toml"))


def test_ending_a_rule_nobody_knows_is_refused(tmp_path: Path):
    with pytest.raises(AtlasError, match="rule_unknown"):
        read_rules(_folder(tmp_path, 'ends = ["no.such"]\nsince = 2025-01-01'))


def test_a_district_ends_a_shipped_rule_on_a_day(tmp_path: Path, monkeypatch):
    shipped = read_rules(_folder(tmp_path, WHOLE))
    monkeypatch.setattr(reading, "shipped_rules", lambda: shipped)
    (tmp_path / "rules" / "own.toml").unlink()
    ended = read_rules(_folder(tmp_path, 'ends = ["made.one"]\nsince = 2025-01-01'))
    assert in_force(ended, "made", code="990001", on=date(2024, 12, 31))
    assert not in_force(ended, "made", code="990001", on=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("code", "on", "speaks"),
    [
        ("990001", date(2020, 5, 1), True),
        ("990001101", date(2021, 1, 1), True),
        ("990001", date(2020, 4, 30), False),
        ("990002", date(2021, 1, 1), False),
        ("500156", date(2021, 1, 1), False),
    ],
)
def test_a_rule_speaks_for_its_place_from_its_day_on(tmp_path: Path, code: str, on: date, speaks: bool):
    assert bool(in_force(read_rules(_folder(tmp_path, WHOLE)), "made", code=code, on=on)) is speaks


def test_a_changed_threshold_changes_the_fingerprint_and_a_later_end_does_not(tmp_path: Path):
    told = fingerprints(read_rules(_folder(tmp_path, WHOLE)))["made.one"]
    assert fingerprints(read_rules(_folder(tmp_path, WHOLE.replace("12.5", "12.6"))))["made.one"] != told
    assert fingerprints(read_rules(_folder(tmp_path, WHOLE + "until = 2030-01-01\n")))["made.one"] == told


def test_rules_ended_by_anything_but_a_list_are_refused(tmp_path: Path):
    with pytest.raises(AtlasError, match="rule_wrong") as refused:
        read_rules(_folder(tmp_path, "ends = 3\n" + WHOLE))
    assert refused.value.facts["part"] == "ends"
