"""The hydraulic check: what fails in the head of the page; below it all that was found, stations and valves."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.hydraulics.check import HydraulicCheck, Outside
from analysis.methods.reclaimed.answer.record import refusal_of
from app import store
from app.parts.notice import notice, part
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene
from reports.reclaimed.checked import check_line, fault_lines
from reports.reclaimed.names import names_of
from words import Language, text
from words.units import quantity

_IN_HEAD = 3


def check_head(scene: Scene) -> None:
    """What of the network fails its check, or why there is none; nothing where all is well."""
    if scene.network is None:
        return
    language, check = scene.language, reclaimed_store.paper(scene.mark, scene.network, scene.language).check
    if check is None:
        notice(refusal_of(scene.network.done.built, language) or check_line(None, language), "missing")
    elif not check.ok:
        lines = fault_lines(check, _names(scene), language)
        more = () if len(lines) <= _IN_HEAD else (text("reclaimed.page.more_faults", language, count=len(lines)),)
        said = [check_line(check, language), *lines[:_IN_HEAD], *more]
        notice(text("reclaimed.paper.between", language).join(said), "wrong")


def check_part(scene: Scene) -> None:
    """What EPANET finds at average and peak demand."""
    language = scene.language
    check = reclaimed_store.paper(scene.mark, scene.network, language).check
    part(text("reclaimed.page.parts.check", language))
    if check is None:
        notice(refusal_of(scene.network.done.built, language) or check_line(None, language), "missing")
        return
    notice(check_line(check, language), "done" if check.ok else "missing")
    names = _names(scene)
    left, right = st.columns(2)
    with left:
        _limits("outside", check.outside, names, language, nothing="reclaimed.paper.check_nothing")
        _limits("advice", check.advice, names, language, nothing="reclaimed.page.no_advice")
    with right:
        _stations(check, names, language)
        _valves(check, names, language)


def _names(scene: Scene) -> dict[str, str]:
    known = scene.ground
    return names_of(known.plants, known.places, store.district(scene.mark), scene.language)


def _limits(
    key: str, found: Iterable[Outside], names: dict[str, str], language: Language, *, nothing: str
) -> None:  # fmt: skip
    rows = [
        {
            "where": names.get(one.id, one.id), "case": text(f"reclaimed.paper.cases.{one.case}", language),
            "what": text(f"reclaimed.paper.whats.{one.what}", language),
            "value": quantity(one.value, one.unit, language), "limit": quantity(one.limit, one.unit, language),
            "why": text(f"reclaimed.paper.faults.{one.what}", language),
        }
        for one in found
    ]  # fmt: skip
    _table(key, rows, language, nothing=nothing, figures=("value", "limit"))


def _stations(check: HydraulicCheck, names: dict[str, str], language: Language) -> None:
    rows = [
        {
            "where": names.get(one.node, one.node), "pipe": one.pipe, "head": one.head_m, "flow": one.flow_m3_per_s,
            "power": one.power_kw, "stages": str(one.stages),
        }
        for one in check.stations
    ]  # fmt: skip
    units = {"head": "m", "flow": "m3_per_s_as_l_per_s", "power": "kw"}
    _table("stations", rows, language, nothing="reclaimed.page.no_stations", units=units)


def _valves(check: HydraulicCheck, names: dict[str, str], language: Language) -> None:
    rows = [
        {"where": names.get(one.node, one.node), "pipe": one.pipe, "before": one.before_m, "behind": one.behind_m}
        for one in check.valves
    ]
    _table("valves", rows, language, nothing="reclaimed.page.no_valves", units={"before": "m", "behind": "m"})


def _table(
    key: str, rows: list[dict[str, object]], language: Language, *, nothing: str,
    units: dict[str, str | None] | None = None, figures: tuple[str, ...] = (),
) -> None:  # fmt: skip
    caption = f"reclaimed.page.{key}" if key in ("outside", "advice") else f"reclaimed.paper.sheets.{key}"
    st.caption(text(caption, language))
    if not rows:
        notice(text(nothing, language), "empty")
        return
    height: object = 240 if len(rows) > 6 else "content"
    show_frame(
        pd.DataFrame(rows), units=units or {}, figures=figures, language=language, key=f"reclaimed_{key}", height=height
    )  # fmt: skip
