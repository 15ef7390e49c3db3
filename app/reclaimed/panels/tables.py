"""Tables of the reclaimed-water page: heads from its own words, numbers in the units of their heads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from app.parts.tables import show_table
from reports.book.table import Table
from words import Language, text


def show_frame(
    frame: pd.DataFrame, *, units: Mapping[str, str | None], language: Language, key: str,
    figures: Iterable[str] = (), **options: object,
) -> None:  # fmt: skip
    """A frame as a table, its columns named as the page names them; `figures` are those of written numbers."""
    heads = {column: text(f"reclaimed.page.columns.{column}", language) for column in frame.columns}
    show_table(Table("", frame, heads, units, frozenset(figures)), language=language, key=key, **options)
