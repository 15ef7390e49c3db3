"""The rainwater workbook as a function that makes it when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analysis.methods.rainwater import NEEDS
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.detail import months_of
from analysis.methods.rainwater.tally import tally
from app import store
from app.rainwater import store as rain_store
from app.rainwater.store import Changed, Choices
from reports.book.table import Table
from reports.rainwater import tables as made
from words import Language, text

Key = tuple[str, Changed, Choices]


def workbook(
    key: Key, *, township: str | None, project: str | None, language: Language
) -> tuple[str, Callable[[], bytes]]:
    """File name and maker of the workbook of the district, a township or a project."""
    mark, changed, _ = key
    district = store.district(mark)
    known = (rain_store.projects(mark) or {}).get(project or "")
    subject = known.name if known else store.names(mark).get(township or "", text("rainwater.page.whole", language))

    def make() -> bytes:
        from reports.rainwater.workbook import rain_workbook

        tables = _of_project(key, known.id, language) if known else _of_place(key, township, language)
        assumed = rain_store.assumed(changed)
        touched = [id_ for id_, _ in changed]
        listed = made.assumption_table(ASSUMPTIONS, assumed, changed=touched, language=language)
        mark_ = rain_store.outlook(mark, changed).result_id
        return rain_workbook(
            district, [*tables, listed], subject=subject, layers=NEEDS, result_id=mark_, language=language
        )

    name = "".join(sign for sign in subject if sign.isalnum()) or "rainwater"
    return f"{name}-{text('rainwater.title', language)}-{district.version}.xlsx", make


def _of_place(key: Key, township: str | None, language: Language) -> Iterator[Table]:
    mark, changed, _ = key
    names, outlook = store.names(mark), rain_store.outlook(mark, changed)
    here = [one for one in outlook.potentials.values() if township in (None, one.township)]
    owed = [one for one in outlook.owed if township in (None, one.township)]
    yield made.usable_table(here, names, language=language)
    yield made.method_table(here, names, language=language)
    yield made.year_table(here, names, language=language)
    if outlook.runoff_m3 is not None:
        runoff = {code: volume for code, volume in outlook.runoff_m3.items() if township in (None, code)}
        yield made.runoff_table(runoff, names, language=language)
    own = [one for one in rain_store.own_tanks(*key).values() if township in (None, one.project.township)]
    told = [(one.project, one.yield_m3, one.volumetric_reliability, one.time_reliability) for one in own]
    yield made.project_table(told, names, language=language)
    yield made.tally_table(tally(owed), names, language=language)
    yield made.place_table([one for one in owed if one.duty != "none"], names, language=language)


def _of_project(key: Key, id_: str, language: Language) -> Iterator[Table]:
    mark, changed, choices = key
    one = rain_store.own_tanks(*key)[id_]
    told = [(one.project, one.yield_m3, one.volumetric_reliability, one.time_reliability)]
    yield made.project_table(told, store.names(mark), language=language)
    if rain_store.record(mark) is None:
        return
    said = rain_store.project_answer(mark, id_, changed, choices)
    yield made.answer_table(said, language=language)
    yield made.code_table(said, language=language)
    yield made.curve_table(said, language=language)
    yield made.month_table(months_of(rain_store.project_days(mark, id_, changed, choices)), language=language)
    storm = rain_store.project_storm(mark, id_, changed, choices)
    if storm is not None:
        yield made.storm_table(storm, language=language)
