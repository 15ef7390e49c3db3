"""The list of data problems: what, where, and who mends it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from app import store
from app.parts.notice import notice
from app.parts.tables import show_cells
from layers.problem import Problem
from layers.problem_words import field_name, layer_name, what
from words import Language, text

SHOWN = 200


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
    show_cells(frame, column_config=settings, key=key)
    if len(rows) > SHOWN:
        notice(text("app.more_problems", language, count=len(rows) - SHOWN))


def _row(problem: Problem, language: Language) -> tuple[object, ...]:
    return (
        layer_name(problem.layer, language),
        problem.row,
        problem.feature,
        field_name(problem.layer, problem.field, language) if problem.field else None,
        problem.value,
        what(problem, language),
        text(f"app.severity.{problem.severity}", language),
        store.department(problem.owner, language),
    )
