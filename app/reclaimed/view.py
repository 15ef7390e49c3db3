"""The map page of reclaimed water, kept between runs: keyed by the ground's assumptions and the network's id."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import streamlit as st
from shapely import Point as Start

from analysis.methods.reclaimed import NEEDS, PLANT_LAYERS
from app import store
from app.reclaimed import store as reclaimed_store
from app.reclaimed.names import best_verdict, uses_of, verdict_words, warning_line
from app.reclaimed.store import Changed, Ground, Solved
from maps.screen.reclaimed import Point, network_map
from reports.reclaimed.names import names_of, use_words
from reports.reclaimed.paper import NetworkPaper
from words import Language, text
from words.units import quantity


@st.cache_resource(max_entries=24, show_spinner=False)
def page_map(
    mark: str, ground_key: Changed, network_id: str | None, language: Language, *, _solved: Solved | None
) -> str:
    """The map of plants and users, with the pipes of the network of that id."""
    known, district, solved = reclaimed_store.ground(mark, ground_key), store.district(mark), _solved
    names = names_of(known.plants, known.places, district, language)
    pipes = None if solved is None else reclaimed_store.paper(mark, solved, language).pipes
    status, as_of = reclaimed_store.sources(mark)
    return network_map(
        store.prepared(mark),
        plants=_plants(known, names, solved, mark, language),
        users=_users(known, names, solved, mark, language),
        works=() if solved is None else _works(reclaimed_store.paper(mark, solved, language), language),
        pipes=pipes,
        pipe_lines={} if pipes is None else _pipe_lines(pipes, language),
        title=text("reclaimed.page.map_title", language),
        warning=warning_line(language),
        **store.map_facts(mark, language),
        source=store.issuers(mark, PLANT_LAYERS, language),
        as_of=as_of or "",
        status=status,
        layers=NEEDS,
    )


def _degrees(frame: pd.DataFrame, mark: str) -> list[tuple[float, float]]:
    crs = store.district(mark).settings.metric_crs
    places = gpd.GeoSeries(gpd.points_from_xy(frame["x"], frame["y"]), crs=crs).to_crs(4490)
    return list(zip(places.x, places.y, strict=True))


def _plants(known: Ground, names: dict[str, str], solved: Solved | None, mark: str, language: Language) -> list[Point]:
    given = {} if solved is None else solved.done.plan.served.groupby("plant")["m3"].sum().to_dict()
    uses, points = uses_of(known.places), []
    for plant, place in zip(known.plants.itertuples(), _degrees(known.plants, mark), strict=True):
        fits = {use: known.fits[plant.plant, use] for use in uses if (plant.plant, use) in known.fits}
        lines = [_line("supply", quantity(plant.supply_m3, "m3_per_year", language), language)]
        if plant.plant in given:
            lines.append(_line("given", quantity(given[plant.plant], "m3_per_year", language), language))
        for use, fit in fits.items():
            words = text(f"reclaimed.verdicts.{fit.verdict}", language)
            lines.append(text("reclaimed.paper.line", language, label=use_words(use, language), value=words))
        verdict = best_verdict({use: fit.verdict for use, fit in fits.items()})
        points.append(Point(str(plant.plant), names[plant.plant], place, verdict, tuple(lines)))
    return points


def _users(known: Ground, names: dict[str, str], solved: Solved | None, mark: str, language: Language) -> list[Point]:
    source: dict[str, str] = {}
    reasons: dict[str, str] = {}
    if solved is not None:
        plan = solved.done.plan
        source = dict(zip(plan.served["user"], plan.served["plant"], strict=True))
        reasons = dict(zip(plan.left_out["user"], plan.left_out["reason"], strict=True))
    points = []
    for place, at in zip(known.places.itertuples(), _degrees(known.places, mark), strict=True):
        user, use = str(place.user), str(place.use)
        lines = [text("reclaimed.paper.line", language, label=use_words(use, language),
                      value=quantity(place.annual_m3, "m3_per_year", language))]  # fmt: skip
        if user in source:
            fit = known.fits[source[user], use]
            verdict = fit.verdict
            lines += [_line("from_plant", names[source[user]], language), verdict_words(fit, language)]
        else:
            verdict = best_verdict([fit.verdict for (_, one), fit in known.fits.items() if one == use])
            if user in reasons:
                lines.append(_line("left", text(f"reclaimed.reasons.{reasons[user]}", language), language))
        points.append(Point(user, names[user], at, verdict, tuple(lines), chosen=solved is None or user in source))
    return points


def _works(paper: NetworkPaper, language: Language) -> list[Point]:
    """Stations and reducing valves where they stand: at the start of their pipe."""
    if paper.check is None:
        return []
    lines = paper.pipes.set_index("id").geometry
    starts = gpd.GeoSeries([Start(line.coords[0]) for line in lines], index=lines.index, crs=lines.crs).to_crs(4490)
    known = {"station": (paper.check.stations, "head_m"), "reducing_valve": (paper.check.valves, "behind_m")}
    return [
        Point(
            one.pipe, text(f"reclaimed.map.works.{kind}", language), (starts[one.pipe].x, starts[one.pipe].y), kind,
            (_line(kind, quantity(getattr(one, told), "m", language), language),),
        )
        for kind, (works, told) in known.items()
        for one in works
    ]  # fmt: skip


def _line(key: str, value: str, language: Language) -> str:
    return text("reclaimed.paper.line", language, label=text(f"reclaimed.page.tip.{key}", language), value=value)


def _pipe_lines(pipes: gpd.GeoDataFrame, language: Language) -> dict[str, tuple[str, ...]]:
    found = {}
    for pipe in pipes.itertuples():
        found[str(pipe.id)] = (
            _line("flow", quantity(pipe.m3_per_year, "m3_per_year", language), language),
            _line("length", quantity(pipe.length_m, "m_as_km", language), language),
            _line("lift", quantity(pipe.lift_m, "m", language), language),
            text("reclaimed.paper.not_drinking", language),
        )
    return found
