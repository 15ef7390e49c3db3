"""Something wrong in data: collected, shown and survivable, never thrown one by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

Severity = Literal["error", "warning", "repaired"]


@dataclasses.dataclass(frozen=True)
class Problem:
    """One fault: where it is, what it is, and who must mend it.

    `key` names a sentence under `problems.` in words; `facts` fill it. `row` counts features from 1 as a person
    would; `feature` is the key value of the row when it has one; `owner` is a department of `departments.toml`.
    `severity`: an `error` leaves the value or feature out, a `warning` keeps it, `repaired` changed it.
    """

    key: str
    layer: str
    owner: str
    severity: Severity = "warning"
    file: str | None = None
    row: int | None = None
    feature: str | None = None
    field: str | None = None
    value: str | None = None
    township: str | None = None
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
