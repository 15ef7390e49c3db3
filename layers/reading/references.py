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
    keys = {id_: set(plain[id_][key.name]) for id_ in frames if id_ in asked and (key := catalogue[id_].key)}
    for id_, frame in plain.items():
        report = Report(catalogue[id_], files[id_])
        for field in catalogue[id_].fields:
            other = field.refers_to
            if other is None or other == "townships" or other not in keys:
                continue
            lost = frame[field.name].notna() & ~frame[field.name].isin(keys[other])
            for position in np.flatnonzero(lost.to_numpy(dtype=bool)).tolist():
                value, facts = frame[field.name].iloc[position], {"other": other}
                report.add("reference_lost", position=position, field=field.name, value=value, facts=facts)
        problems += report.finished(frame)
    return tuple(problems)
