"""The rainwater workbook as a function that makes it when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from analysis.methods.rainwater import NEEDS
from analysis.methods.rainwater.assumptions import ASSUMPTIONS
from analysis.methods.rainwater.outlook import Outlook
from analysis.methods.rainwater.projects import Answer
from analysis.methods.rainwater.subject import ProjectDetail
from app import store
from app.rainwater import store as rain_store
from app.rainwater.store import Changed, Choices
from reports.book.table import Table
from reports.rainwater import tables as made
from words import Language, text

Key = tuple[str, Changed, Choices]
Names = Mapping[str, str]


def workbook(
    key: Key, *, township: str | None, project: str | None, language: Language
) -> tuple[str, Callable[[], bytes]]:
    """File name and maker of the workbook of the district, a township or a project."""
    mark = key[0]
    district, names = store.district(mark), store.names(mark)
    subject = names.get(township or "", text("rainwater.page.whole", language))
    if project is not None:
        subject = rain_store.project_answer(*key, project=project).detail.project.name

    def make() -> bytes:
        from reports.rainwater.workbook import rain_workbook

        id_, tables = _made(key, names, township=township, project=project, language=language)
        return rain_workbook(district, tables, subject=subject, layers=NEEDS, result_id=id_, language=language)

    name = "".join(sign for sign in subject if sign.isalnum()) or "rainwater"
    return f"{name}-{text('rainwater.title', language)}-{district.version}.xlsx", make


def _made(
    key: Key, names: Names, *, township: str | None, project: str | None, language: Language
) -> tuple[str, list[Table]]:
    """The answer's id and its tables, the assumptions last."""
    changed = [id_ for id_, _ in key[1]]
    if project is None:
        place = rain_store.place_answer(*key)
        id_, assumed = place.id, place.question.assumptions
        tables = _of_place(place.detail, names, township, language)
    else:
        one = rain_store.project_answer(*key, project=project)
        id_, assumed = one.id, one.question.assumptions
        tables = _of_project(one.detail, names, language)
    return id_, [*tables, made.assumption_table(ASSUMPTIONS, assumed, changed=changed, language=language)]


def _of_place(outlook: Outlook, names: Names, township: str | None, language: Language) -> Iterator[Table]:
    here = [one for one in outlook.potentials.values() if township in (None, one.township)]
    yield made.usable_table(here, names, language=language)
    yield made.method_table(here, names, language=language)
    yield made.year_table(here, names, language=language)
    if outlook.runoff_m3 is not None:
        runoff = {code: volume for code, volume in outlook.runoff_m3.items() if township in (None, code)}
        yield made.runoff_table(runoff, names, shares=outlook.runoff_shares, language=language)
    own = outlook.tanks_in(township)
    told = [(one.project, one.yield_m3, one.volumetric_reliability, one.time_reliability) for one in own]
    yield made.project_table(told, names, language=language)
    known = outlook.ground.district.departments
    yield made.tally_table(outlook.duties_in(township), names, language=language, departments=known)
    placed = [one for one in outlook.owed_in(township) if one.duty != "none"]
    yield made.place_table(placed, names, language=language, texts=outlook.texts, departments=known)


def _of_project(detail: ProjectDetail, names: Names, language: Language) -> Iterator[Table]:
    said = detail.answer
    shown = (None, None, None) if said is None else _own(said)
    yield made.project_table([(detail.project, *shown)], names, language=language)
    if said is None or detail.months is None:
        return
    yield made.answer_table(said, language=language)
    yield made.code_table(said, language=language)
    yield made.curve_table(said, language=language)
    yield made.month_table(detail.months, language=language)
    if detail.storm is not None:
        yield made.storm_table(detail.storm, language=language)


def _own(said: Answer) -> tuple[float, float | None, float | None]:
    return said.yield_m3, said.volumetric_reliability, said.time_reliability
