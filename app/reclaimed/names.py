"""What uses and verdicts of reclaimed water are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.methods.reclaimed.quality import FITS, Suitability
from words import Language, text

_BEST_FIRST = {verdict: place for place, verdict in enumerate(("ok", "polish", "unknown", "upgrade"))}


def uses_of(places: pd.DataFrame) -> list[str]:
    """The uses there is demand for, the one of most volume first."""
    return [str(use) for use in places.groupby("use")["annual_m3"].sum().sort_values(ascending=False).index]


def verdict_words(fit: Suitability, language: Language) -> str:
    """The verdict with the items that fail, or that nobody measured."""
    said = text(f"reclaimed.verdicts.{fit.verdict}", language)
    items = fit.failing if fit.failing else fit.unknown
    if fit.verdict == "ok" or not items:
        return said
    listed = text("app.joint", language).join(text(f"reclaimed.items.{item}", language) for item in items)
    return text("reclaimed.page.verdict_items", language, verdict=said, items=listed)


def best_verdict(verdicts: Mapping[str, str] | list[str]) -> str:
    """The most favourable of some verdicts, unknown for none."""
    given = list(verdicts.values()) if isinstance(verdicts, Mapping) else verdicts
    return min((verdict for verdict in given if verdict in FITS), key=_BEST_FIRST.__getitem__, default="unknown")


def warning_line(language: Language) -> str:
    """What every screen of reclaimed pipes says."""
    said = (text(f"reclaimed.pipe_words.{key}", language) for key in ("purple", "not_potable", "no_cross"))
    return text("reclaimed.paper.between", language).join(said)
