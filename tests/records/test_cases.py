"""A trial is kept as it was, found by its id, and never confused with another."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from records.cases import case_id, cases_of, open_case, save_case
from records.sizes import MOST_BYTES
from words.errors import AtlasError


def test_a_case_comes_back_as_it_was(tmp_path: Path):
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    changed = {"psi_roof": 0.8, "rain_tap_yuan_per_m3": 5.0}
    saved = save_case(
        tmp_path, "rainwater", changed, subject="PRJ0001", version="abc", choices={"rule": "ybs"}, at=moment
    )
    found = open_case(tmp_path, saved.id)
    assert found == saved
    assert (found.assumptions, found.choices) == (changed, {"rule": "ybs"})
    assert (found.method, found.subject, found.version, found.created) == ("rainwater", "PRJ0001", "abc", moment)


def test_the_same_trial_is_one_case_and_keeps_its_date(tmp_path: Path):
    first = save_case(
        tmp_path, "m", {"a": 1.0, "b": 2.0}, subject=None, version="v", at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    again = save_case(
        tmp_path, "m", {"b": 2.0, "a": 1.0}, subject=None, version="v", at=datetime(2026, 2, 2, tzinfo=UTC)
    )
    assert again == first


@pytest.mark.parametrize(
    "other",
    [
        {"method": "n"},
        {"assumptions": {"a": 1.1}},
        {"subject": "P"},
        {"version": "w"},
        {"choices": {"rule": "ybs"}},
    ],
)
def test_every_part_of_a_trial_is_in_its_id(other):
    usual = {"method": "m", "assumptions": {"a": 1.0}, "subject": None, "version": "v", "choices": {}}

    def id_of(method: str, assumptions: dict, **rest: object) -> str:
        return case_id(method, assumptions, **rest)

    assert id_of(**usual) != id_of(**{**usual, **other})


@pytest.mark.parametrize("id_", ["000000000000", "", "x' or 1=1 --", "../../cases", "ABCDEF123456"])
def test_an_unknown_case_is_refused_by_name(tmp_path: Path, id_):
    save_case(tmp_path, "m", {}, subject=None, version="v")
    with pytest.raises(AtlasError, match=r"cases\.unknown") as refused:
        open_case(tmp_path, id_)
    assert refused.value.facts == {"id": id_}


def test_looking_for_a_case_makes_no_file(tmp_path: Path):
    with pytest.raises(AtlasError, match=r"cases\.unknown"):
        open_case(tmp_path / "state", "0123456789ab")
    assert not (tmp_path / "state").exists()


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(MOST_BYTES, "cases", 300)
    kept = save_case(tmp_path, "m", {}, subject=None, version="v")  # 105 bytes
    with pytest.raises(AtlasError, match=r"sizes\.full_cases"):
        save_case(tmp_path, "m", {"a": 1.0}, subject=None, version="v", choices={"text": "x" * 200})
    assert [case.id for case in cases_of(tmp_path, "m")] == [kept.id]


def test_a_list_of_large_cases_reads_none_of_them(tmp_path: Path):
    """150 cases of 1 MB each: the list allocates less than one of them."""
    for number in range(150):
        choices = {"site": "f" * 1_000_000, "title": f"甲{number}"}
        save_case(tmp_path, "siting", {}, subject=str(number), version="v", choices=choices)
    tracemalloc.start()
    heads = cases_of(tmp_path, "siting")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {head.told["title"] for head in heads} == {f"甲{number}" for number in range(150)}
    assert {tuple(head.told) for head in heads} == {("title",)}
    assert peak < 1_000_000
    assert len(open_case(tmp_path, heads[0].id).choices["site"]) == 1_000_000


def test_many_may_save_at_once(tmp_path: Path):
    with ThreadPoolExecutor(6) as pool:
        jobs = [
            pool.submit(save_case, tmp_path, "m", {"a": float(n % 5)}, subject=None, version="v") for n in range(20)
        ]
        ids = {job.result().id for job in jobs}
    assert len(ids) == 5
    assert {open_case(tmp_path, id_).assumptions["a"] for id_ in ids} == {0.0, 1.0, 2.0, 3.0, 4.0}
