"""The townships ranked by one indicator; choosing a row opens the township."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.finding import DIVIDED, Finding, said_with
from app import state, store
from app.parts.notice import notice, part
from app.parts.tables import in_unit, number_column, show_cells, titled
from words import Language, text

KEY = "ranking"


def ranking(findings: Sequence[Finding], *, language: Language, names: Mapping[str, str]) -> None:
    """Show the findings of one indicator in the order given, all townships, unknown ones last, lower bounds marked."""
    indicator = findings[0].indicator
    name = text(f"indicators.{indicator.id}.name", language)
    part(text("overview.ranked", language, indicator=name))
    values = pd.Series([finding.value for finding in findings], dtype="float64")
    frame = pd.DataFrame(
        {
            "rank": [place if finding.value is not None else None for place, finding in enumerate(findings, start=1)],
            "township": [_named(finding, names[finding.subject], language) for finding in findings],
            "value": in_unit(values, indicator.unit),
        }
    )
    show_cells(
        frame,
        height="stretch",
        key=KEY,
        on_row=lambda row: state.open_township(findings[row].subject),
        column_config={
            "rank": st.column_config.NumberColumn(text("overview.rank", language), format="%d", width=56),
            "township": st.column_config.TextColumn(text("overview.township", language), width=150),
            "value": number_column(titled(name, indicator.unit, language), indicator.unit, values=values),
        },
    )
    notice(text("overview.hint", language))


def division_notes(findings: Iterable[Finding], *, language: Language, names: Mapping[str, str]) -> None:
    """What the division of the figures' year has to do with them, a line for each it touches."""
    for finding in findings:
        if finding.facts.keys() & DIVIDED:
            said = store.joint(said_with(finding, language), language)
            notice(text("overview.division", language, subject=names[finding.subject], said=said))


def _named(finding: Finding, name: str, language: Language) -> str:
    return text("app.at_least_in", language, name=name) if finding.facts.get("lower_bound") else name
