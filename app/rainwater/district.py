"""The rainwater page of the district or a township: map and answer first, then projects, duties and methods."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.finding import Finding
from analysis.methods.rainwater.obligations import LAYERS
from analysis.methods.rainwater.outlook import total_yield_m3
from analysis.methods.rainwater.potential import headline
from analysis.methods.rainwater.tally import whole
from analysis.rules.choosing import in_force, nearest
from app import state, store
from app.map_view import Click, show_map
from app.parts.figure import Figure, figures, spread
from app.parts.lacking import lacking
from app.parts.notice import heading, notice, part
from app.parts.tables import show_table
from app.rainwater import store as rain_store
from app.rainwater.scene import Scene
from maps.look.classes import hue_of
from reports.rainwater.tables import here_table, project_table, usable_table
from words import text
from words.units import label, number, quantity

RANKING, PROJECTS = "rain_ranking", "rain_projects"


def rain_map(scene: Scene) -> None:
    """The map: usable rain by township, projects by reliability; the chosen township framed."""
    show_map(
        rain_store.rain_map(*scene.key, scene.language, scene.township),
        key="rain_map",
        view_key=f"rain{scene.township or ''}",
        label=text("rainwater.page.map_label", scene.language),
        on_click=_clicked,
    )


def _clicked(click: Click) -> None:
    if click["type"] == "atlas:township":
        state.change(township=str(click["code"]))
    elif click["type"] == "atlas:open":
        state.change(project=str(click["key"]))


def answer_cards(scene: Scene) -> None:
    """Heading and the four cards of the place: usable rain, storage owed, projects, duties."""
    language, outlook = scene.language, scene.outlook
    found = (headline(one) for one in outlook.potentials.values())
    method = next((name for name, usable in found if usable["central"] is not None), "gb50555")
    rate = quantity(outlook.ground.assumed["control_rate"], "share", language)
    design = quantity(outlook.ground.design[0], "mm", language, places=1)
    place = store.district_name(scene.mark, language) if scene.township is None else scene.place
    heading(
        text("rainwater.page.district_heading", language, place=place),
        below=text("rainwater.page.district_sub", language, method=text(f"rainwater.methods.{method}", language),
                   design=design, rate=rate),
    )  # fmt: skip
    shown = (_usable(scene), _owed(scene), _projects(scene), _duties(scene))
    figures(shown, language=language, layout="dense", colour=hue_of("rain_usable_m3"))
    notice(text("app.result_line", language, id=scene.answer.id))


def _finding(scene: Scene, indicator: str) -> Finding:
    """What the answer says of the place shown."""
    code = scene.township or store.district(scene.mark).settings.code
    return next(one for one in scene.answer.findings if (one.indicator.id, one.subject) == (indicator, code))


def _usable(scene: Scene) -> Figure:
    language, found = scene.language, _finding(scene, "rain_usable_m3")
    name = text("rainwater.page.cards.usable", language)
    if found.value is None:
        return Figure(name, None, below=(lacking(found.needs, language),))
    below = [spread(found.low, found.high, "m3_per_year", language)]
    if left_out := found.facts.get("missing"):
        below.append(text("rainwater.page.cards.left_out", language, count=left_out))
    if not found.facts["limited"]:
        below.append(text("rainwater.page.unlimited", language))
    if found.facts.get("lower_bound"):
        below.append(text("app.lower_bound", language))
    sign = label("m3_per_year", language)
    return Figure(
        name, number(found.value, "m3_per_year", language), sign, tuple(below), found.status, found.as_of
    )  # fmt: skip


def _owed(scene: Scene) -> Figure:
    language, found = scene.language, _finding(scene, "rain_owed_m3")
    name, unit = text("rainwater.page.cards.owed", language), "m3_as_wan_m3"
    unknown = found.facts["unknown"]
    said = [text("rainwater.page.cards.owed_unknown", language, count=unknown)] if unknown else []
    if found.value is None:
        return Figure(name, None, below=(*said, _lacking(scene, LAYERS)))
    if found.facts.get("lower_bound"):
        said.append(text("app.lower_bound", language))
    return Figure(
        name, number(found.value, unit, language), label(unit, language), tuple(said), found.status, found.as_of
    )


def _projects(scene: Scene) -> Figure:
    language, own = scene.language, scene.outlook.tanks_in(scene.township)
    name = text("rainwater.page.cards.projects", language)
    if scene.ground.projects is None:
        return Figure(name, None, below=(_lacking(scene, ("projects",)),))
    counts = {status: 0 for status in ("built", "under_way", "planned")}
    for one in own:
        if one.project.status in counts:
            counts[one.project.status] += 1
    below = [text("rainwater.page.cards.of_projects", language, **counts)]
    yearly, unknown = total_yield_m3(own)
    if yearly is not None:
        volume = quantity(yearly, "m3_per_year", language)
        volume = text("app.at_least", language, value=volume) if unknown else volume
        below.append(text("rainwater.page.cards.yearly", language, volume=volume))
    if unsized := sum(scene.township in (None, one) for one in scene.outlook.unsized):
        below.append(text("rainwater.page.cards.unsized", language, count=unsized))
    status, as_of = rain_store.sources(scene.mark, layers=("projects", "daily_rain"))
    return Figure(
        name, f"{len(own):,}", text("rainwater.page.cards.projects_unit", language), tuple(below), status, as_of
    )


def _duties(scene: Scene) -> Figure:
    language, total = scene.language, whole(scene.outlook.duties_in(scene.township))
    name = text("rainwater.page.cards.duties", language)
    if not any(store.district(scene.mark).has(layer) for layer in LAYERS):
        return Figure(name, None, below=(_lacking(scene, LAYERS),))
    facts = {"built": total.built, "suited": total.suited, "undated": total.undated}
    below = [text("rainwater.page.cards.of_duties", language, **facts)]
    if total.untold:
        below.append(text("rainwater.page.cards.untold", language, count=total.untold))
    status, as_of = rain_store.sources(scene.mark, layers=LAYERS)
    places = text("rainwater.page.cards.places", language)
    return Figure(name, f"{total.required:,}", places, tuple(below), status, as_of)


def ranking(scene: Scene) -> None:
    """Townships ranked, a row narrows the page to it; of one township, its methods and years instead."""
    if scene.township is not None:
        _here(scene)
        return
    found = scene.outlook.potentials
    table = usable_table(found.values(), store.names(scene.mark), language=scene.language)
    by_name = {name: code for code, name in store.names(scene.mark).items()}

    def opened(row: int) -> None:
        state.change(township=by_name[table.frame["township"].iloc[row]])

    part(text("rainwater.page.ranked", scene.language, unit=label("m3_per_year", scene.language)))
    show_table(table, language=scene.language, key=RANKING, signs=False, on_row=opened, height="stretch")
    notice(text("rainwater.page.rank_hint", scene.language))


def _here(scene: Scene) -> None:
    one = scene.outlook.potentials[scene.township]
    part(text("rainwater.page.here", scene.language, unit=label("m3_per_year", scene.language)))
    show_table(here_table(one, language=scene.language), language=scene.language, key="rain_here", signs=False)
    if one.limited and one.demand_m3 is not None:
        written = [quantity(volume, "m3_per_year", scene.language) for volume in (one.demand_m3, one.cistern_m3)]
        notice(text("rainwater.page.limit", scene.language, demand=written[0], cistern=written[1]))


def project_list(scene: Scene) -> None:
    """The projects of the place; a row opens one."""
    language, own = scene.language, scene.outlook.tanks_in(scene.township)
    part(text("rainwater.page.tables.projects", language))
    if not own:
        if scene.ground.projects is None:
            notice(_lacking(scene, ("projects",)), "missing")
        else:
            key = "no_projects" if scene.township else "no_projects_whole"
            notice(text(f"rainwater.page.{key}", language), "empty")
        return
    told = [(one.project, one.yield_m3, one.volumetric_reliability, one.time_reliability) for one in own]
    table = project_table(told, store.names(scene.mark), language=language)

    def opened(row: int) -> None:
        state.change(project=own[row].project.id)

    show_table(table, language=language, key=PROJECTS, on_row=opened)
    notice(text("rainwater.page.project_hint", language))


def record_notice(scene: Scene) -> None:
    """Say when the daily record is missing or too short for the control rate."""
    language, days = scene.language, scene.ground.record
    if days is None:
        key = "no_record_project" if scene.project else "no_record"
        notice(text(f"rainwater.page.{key}", language, lacking=lacking(("daily_rain",), language)), "missing")
    elif scene.project and scene.detail.local is None:
        notice(text("rainwater.page.no_rain_here", language, lacking=lacking(("rainfall",), language, absent=False)),
               "missing")  # fmt: skip
    elif not scene.ground.long_enough:
        design = quantity(scene.ground.design[0], "mm", language, places=1)
        rules = in_force(scene.ground.district.rules, "design_rain", code=scene.ground.district.settings.code,
                         on=scene.ground.on)  # fmt: skip
        rule = nearest(rules)
        key = "short_no_design" if scene.ground.design[0] is None else "short_record"
        facts = {"years": len(days.whole_years), "design": design, "rule": rule.cite(language) if rule else ""}
        notice(text(f"rainwater.page.{key}", language, **facts), "missing")


def _lacking(scene: Scene, layers: Sequence[str]) -> str:
    absent = [layer for layer in layers if not store.district(scene.mark).has(layer)]
    return lacking(absent, scene.language)
