"""The townships ranked by one indicator; choosing a row opens the township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.finding import Finding
from app import state
from app.parts.notice import notice, part
from app.parts.tables import in_unit, number_column, show_cells, titled
from words import Language, text

KEY = "ranking"


def ranking(findings: Sequence[Finding], *, language: Language, names: Mapping[str, str]) -> None:
    """Show the findings of one indicator in the order given, all townships, unknown ones last."""
    indicator = findings[0].indicator
    name = text(f"indicators.{indicator.id}.name", language)
    part(text("overview.ranked", language, indicator=name))
    values = pd.Series([finding.value for finding in findings], dtype="float64")
    frame = pd.DataFrame(
        {
            "rank": [place if finding.value is not None else None for place, finding in enumerate(findings, start=1)],
            "township": [names[finding.subject] for finding in findings],
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
            "township": st.column_config.TextColumn(text("overview.township", language)),
            "value": number_column(titled(name, indicator.unit, language), indicator.unit, values=values),
        },
    )
    notice(text("overview.hint", language))
