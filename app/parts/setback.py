"""The banner over every page while what is shown is not what the data folder holds."""

from __future__ import annotations

from app import store
from app.parts.notice import notice
from words import Language, text


def setback_line(language: Language) -> None:
    """Say since when and why the last good data are shown on; nothing when they are the newest or there are none."""
    now = None if store.unopened() is not None else store.setback()
    if now is None:
        return
    facts = {
        "since": now.since.astimezone().strftime("%Y-%m-%d %H:%M"),
        "reason": text(now.error.key, language, **now.error.facts),
        "version": store.district(store.current()).version,
    }
    notice(text("app.setback", language, **facts), "wrong")
