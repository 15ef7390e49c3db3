"""数据: every layer with its source, status, date, count and problems; its fields; and the notes filed."""

from __future__ import annotations

from app import faults, state, store
from app.data.layer_table import layer_choice, layer_details
from app.data.notes import SHOWN, note_table
from app.data.stewardship import stewardship
from app.data.store import problems_of_layer
from app.parts.notice import heading, notice, part
from app.parts.problems import problem_table
from records.aside import set_aside_before
from records.notes import notes
from words import text


def show() -> None:
    """Show the data page."""
    chosen = state.selection()
    language, mark = chosen.language, store.current()
    heading(text("data.heading", language), below=text("data.hint", language))
    layer = layer_choice(mark, chosen=chosen)
    layer_details(mark, layer, language=language)
    part(text("data.problems", language))
    problem_table(problems_of_layer(mark, layer), language=language, key="layer_problems")
    part(text("data.notes", language))
    folder = store.app_settings().state
    for name in set_aside_before(folder):
        notice(text("data.set_aside", language, file=name), "wrong")
    with faults.within(language, only=faults.BOX):
        note_table(notes(folder, most=SHOWN), mark=mark, language=language)
        stewardship(language=language)
