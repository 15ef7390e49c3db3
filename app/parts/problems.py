"""The list of data problems: what, where, and who mends it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from app.parts.notice import notice
from layers.problem import Problem
from words import Language, has, text

SHOWN = 200


def sentence(problem: Problem, language: Language) -> str:
    """The problem as one sentence; one nobody wrote words for is named by its key."""
    key = f"problems.{problem.key.removeprefix('problems.')}"
    if not has(key, language):
        return problem.key
    facts = {"field": problem.field, "value": problem.value, "row": problem.row, "feature": problem.feature}
    return text(key, language, **facts | {"file": problem.file, "layer": problem.layer} | dict(problem.facts))


def problem_table(problems: Iterable[Problem], *, language: Language, key: str) -> None:
    """Show the problems, or a sentence when there are none."""
    rows = [_row(problem, language) for problem in problems]
    if not rows:
        notice(text("app.no_problems", language), "empty")
        return
    names = ("layer", "row", "feature", "field", "value", "what", "severity", "owner")
    titles = {name: text(f"app.problem_columns.{name}", language) for name in names}
    frame = pd.DataFrame(rows[:SHOWN], columns=list(names)).dropna(axis="columns", how="all")
    settings = {name: st.column_config.TextColumn(titles[name]) for name in frame.columns}
    if "row" in settings:
        settings["row"] = st.column_config.NumberColumn(titles["row"], format="%d")
    settings["what"] = st.column_config.TextColumn(titles["what"], width="large")
    st.dataframe(frame, hide_index=True, placeholder="", column_config=settings, key=key)
    if len(rows) > SHOWN:
        notice(text("app.more_problems", language, count=len(rows) - SHOWN))


def _row(problem: Problem, language: Language) -> tuple[object, ...]:
    layer_key = f"layers.{problem.layer}.name"
    field_key = f"layers.{problem.layer}.fields.{problem.field}"
    return (
        text(layer_key, language) if has(layer_key, language) else problem.layer,
        problem.row,
        problem.feature,
        text(field_key, language) if problem.field and has(field_key, language) else problem.field,
        problem.value,
        sentence(problem, language),
        text(f"app.severity.{problem.severity}", language),
        text(f"departments.{problem.owner}", language),
    )
