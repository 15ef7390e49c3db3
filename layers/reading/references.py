"""Whether what one layer says of another is there: every code that refers to a layer must be a key of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from layers.layer import Layer
from layers.problem import Problem
from layers.reading.report import Report


def check_references(
    frames: Mapping[str, pd.DataFrame], *, catalogue: Mapping[str, Layer], files: Mapping[str, str]
) -> tuple[Problem, ...]:
    """A warning for each code that names no feature of the layer it refers to.

    References to townships are judged while reading; a layer that is absent cannot be asked.
    """
    problems: list[Problem] = []
    plain = {id_: pd.DataFrame(frame[[field.name for field in catalogue[id_].fields]]) for id_, frame in frames.items()}
    asked = {field.refers_to for id_ in frames for field in catalogue[id_].fields}
    keys = {id_: set(plain[id_][catalogue[id_].key.name]) for id_ in asked & set(frames) if catalogue[id_].key}
    for id_, frame in plain.items():
        report = Report(catalogue[id_], files[id_])
        for field in catalogue[id_].fields:
            if field.refers_to in (None, "townships") or field.refers_to not in keys:
                continue
            lost = frame[field.name].notna() & ~frame[field.name].isin(keys[field.refers_to])
            for position in np.flatnonzero(lost.to_numpy(dtype=bool)).tolist():
                value, facts = frame[field.name].iloc[position], {"other": field.refers_to}
                report.add("reference_lost", position=position, field=field.name, value=value, facts=facts)
        problems += report.finished(frame)
    return tuple(problems)
