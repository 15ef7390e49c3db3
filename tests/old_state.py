"""A state folder as the version with three files left it, made by its statements and not by its code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

CASES = """create table if not exists cases (
    id text primary key, method text not null, assumptions text not null, choices text not null, subject text,
    version text not null, created text not null);
insert into cases values ('aaaaaaaaaaaa', 'reclaimed_water', '{"reclaimed_tap_yuan_per_m3": 5.5}',
    '{"aim": "budget"}', null, 'v1', '2026-01-02T03:04:05+00:00');
insert into cases values ('bbbbbbbbbbbb', 'township_profile', '{}', '{}', '500156101', 'v1',
    '2026-01-03T03:04:05+00:00');
insert into cases values ('cccccccccccc', 'rainwater', '{"rain_psi_roof": 0.8}', '{}', 'PRJ0001', 'v2',
    '2026-01-04T03:04:05+00:00');
insert into cases values ('dddddddddddd', 'siting', '{}', '{"boundary": "x''); drop table cases; --"}', null, 'v2',
    '2026-01-04T03:04:05+00:00');
"""
NOTES = """create table if not exists notes (
    id integer primary key autoincrement, written_at text not null, version text not null, township text,
    layer text, feature text, problem text not null, closed_at text, answer text);
insert into notes values (1, '2026-02-01T00:00:00+00:00', 'v1', '500156101', 'cisterns', 'C1', '水窖位置不对',
    '2026-02-03T00:00:00+00:00', '已改');
insert into notes values (2, '2026-02-02T00:00:00+00:00', 'v1', null, null, null, '缺一条河', null, null);
insert into notes values (7, '2026-02-05T00:00:00+00:00', 'v2', '500156102', 'villages', 'V1', '村名写错', null, null);
"""
REVIEWS = """create table if not exists reviews (
    number integer primary key, case_id text not null, conclusion text not null, note text not null,
    saving_m3 real, reviewer text not null, at text not null);
insert into reviews values (1, 'dddddddddddd', 'supplement', '缺数据', null, '甲', '2026-03-01T00:00:00+00:00');
insert into reviews values (2, 'dddddddddddd', 'agree', '', 1500.0, '乙', '2026-03-02T00:00:00+00:00');
"""
FILES = {"cases.sqlite": CASES, "notes.sqlite": NOTES, "reviews.sqlite": REVIEWS}


def make(folder: Path) -> Path:
    """The folder with its three files, in the journal mode they had."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in FILES.items():
        with closing(sqlite3.connect(folder / name)) as file:
            file.execute("pragma journal_mode = wal")
            file.executescript(script)
    return folder
