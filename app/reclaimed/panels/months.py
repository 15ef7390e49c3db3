"""The plan month by month: what its users want, what its plants have, what is delivered."""

from __future__ import annotations

from analysis.methods.reclaimed.months import NUMBERS
from app.parts.notice import notice, part
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene
from reports.reclaimed.delivery import delivery_frame, delivery_line
from words import text


def months_part(scene: Scene) -> None:
    """Twelve months and the year, and in words whether all of it is delivered."""
    language, months = scene.language, scene.network.done.months
    if months.empty:
        return
    part(text("reclaimed.page.parts.months", language))
    notice(delivery_line(months, language))
    units = dict.fromkeys(NUMBERS, "m3_as_wan_m3")
    frame = delivery_frame(months, language)
    show_frame(frame, units=units, language=language, key="reclaimed_months", height="content")
    notice(text("reclaimed.page.months_note", language))
