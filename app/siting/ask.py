"""The questions about the project: four at first, the rest unfolds; an answer checks anew at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from shapely.geometry import Point

from analysis.proposal import LAYER
from app import state, store
from app.parts.notice import notice
from app.siting import session
from app.siting import store as siting_store
from app.siting.scene import Scene
from intake.reading import read_pasted
from words import Language, text
from words.errors import AtlasError
from words.units import UNITS, decimals, quantity

FIRST = ("sector", "demand_m3_per_year", "source", "discharge")
_UNKNOWN = ""
_WRONG_OUTFALL = "siting_outfall_wrong"


@dataclass(frozen=True)
class Amount:
    """A number asked for: the field, the unit it is written in, and the size of a step in that unit."""

    field: str
    unit: str | None
    step: float = 1.0


AMOUNTS = (
    Amount("output", None),
    Amount("people", "people"),
    Amount("earthworks_m3", "m3", 1000.0),
    Amount("roof_area_m2", "m2", 100.0),
    Amount("paved_area_m2", "m2", 100.0),
    Amount("permeable_area_m2", "m2", 100.0),
    Amount("green_area_m2", "m2", 100.0),
    Amount("rain_storage_m3", "m3", 50.0),
    Amount("reclaimed_m3_per_year", "m3_per_year", 0.5),
    Amount("rain_m3_per_year", "m3_per_year", 0.5),
    Amount("investment_yuan", "yuan_as_wan_yuan", 100.0),
)
FLAGS = (
    "saving_plan",
    "simultaneous",
    "water_evaluation",
    "pollutants",
    "severe_polluter",
    "high_use",
    "takes_no_more",
)
PLAIN_FLAGS = ("limited_activity", "major_project", "raises_safety", "hazard_prevention", "green_ecological")


def ask(scene: Scene) -> None:
    """The four questions in two rows, then more on request."""
    known = json.loads(scene.said)
    columns = st.columns(2, gap="small") + st.columns(2, gap="small")
    for column, field in zip(columns, FIRST, strict=True):
        with column:
            if field == "demand_m3_per_year":
                _amount(Amount(field, "m3_per_year", 0.5), known, scene.language, title="demand")
            else:
                _choice(field, known, scene.language, optional=field != "sector")
    _demand_line(scene)
    with st.expander(text("siting.page.ask.more", scene.language)):
        _more(scene, known)


def _demand_line(scene: Scene) -> None:
    if scene.case is None or scene.case.inquiry.demand.how == "told":
        return
    demand = scene.case.inquiry.demand
    how = text(f"siting.demand.{demand.how}", scene.language)
    shown = quantity(demand.m3_per_year, "m3_per_year", scene.language)
    notice(text("siting.page.ask.reckoned", scene.language, how=how, value=shown))


def _more(scene: Scene, known: Mapping[str, object]) -> None:
    language = scene.language
    left, right = st.columns(2, gap="small")
    with left:
        _text("name", known, language)
        _text("product", known, language)
    with right:
        _choice("nature", known, language, optional=False)
        _text("output_unit", known, language)
    columns = st.columns(2, gap="small")
    for n, amount in enumerate(AMOUNTS):
        with columns[n % 2]:
            _amount(amount, known, language)
    for n, field in enumerate(FLAGS):
        with columns[(n + len(AMOUNTS)) % 2]:
            _flag(field, known, language)
    _outfall(scene, known)
    for field in PLAIN_FLAGS:
        key = f"siting_{field}"
        state.show_in(key, bool(known[field]))
        st.checkbox(_title(field, language), key=key, on_change=_ticked, args=(field, key))


def _outfall(scene: Scene, known: Mapping[str, object]) -> None:
    """Where used water leaves into a river, written in degrees or metres as a site would be."""
    key, place = "siting_outfall", known["outfall"]
    if place:
        lon, lat = siting_store.degrees(scene.mark, Point(place))["coordinates"]
        state.show_in(key, f"{lon:.6f}, {lat:.6f}")
    st.text_input(_title("outfall", scene.language), key=key, max_chars=80, on_change=_placed, args=(scene.mark, key))
    if st.session_state.pop(_WRONG_OUTFALL, False):
        notice(text("siting.page.ask.outfall_wrong", scene.language), "wrong")


def _placed(mark: str, key: str) -> None:
    written = st.session_state[key].strip()
    if not written:
        session.tell("outfall", None)
        return
    try:
        place = read_pasted(written, store.district(mark)).geometry.centroid
        session.tell("outfall", [place.x, place.y])
    except AtlasError:
        st.session_state[_WRONG_OUTFALL] = True


def _title(field: str, language: Language, *, unit: str | None = None) -> str:
    title = text(f"siting.page.ask.{field}", language)
    sign = "" if unit is None else getattr(UNITS[unit], language)
    return f"{title} ({sign})" if sign else title


def _choice(field: str, known: Mapping[str, object], language: Language, *, optional: bool) -> None:
    key = f"siting_{field}"
    codes = ([_UNKNOWN] if optional else []) + list(LAYER.field(field).choices)
    state.show_in(key, known[field] or _UNKNOWN if optional else known[field])

    def word(code: str) -> str:
        if code == _UNKNOWN:
            return text("siting.page.ask.unknown", language)
        return text(f"layers.{LAYER.id}.choices.{field}.{code}", language)

    st.selectbox(_title(field, language), codes, format_func=word, key=key, on_change=_chose, args=(field, key))


def _amount(amount: Amount, known: Mapping[str, object], language: Language, *, title: str | None = None) -> None:
    key = f"siting_{amount.field}"
    divisor = UNITS[amount.unit].divisor if amount.unit else 1.0
    value = known[amount.field]
    state.show_in(key, None if value is None else round(float(value) / divisor, 6))
    st.number_input(
        _title(title or amount.field, language, unit=amount.unit),
        min_value=0.0,
        value=None,
        step=amount.step,
        key=key,
        format=f"%.{max(2, decimals((value,), amount.unit))}f",
        placeholder=text("siting.page.ask.not_filled", language),
        on_change=_counted,
        args=(amount.field, key, divisor),
    )


def _text(field: str, known: Mapping[str, object], language: Language) -> None:
    key = f"siting_{field}"
    state.show_in(key, known[field] or "")
    st.text_input(_title(field, language), key=key, max_chars=80, on_change=_wrote, args=(field, key))


def _flag(field: str, known: Mapping[str, object], language: Language) -> None:
    key = f"siting_{field}"
    state.show_in(key, {None: "unknown", True: "yes", False: "no"}[known[field]])
    st.selectbox(
        _title(field, language),
        ("unknown", "yes", "no"),
        format_func=lambda code: text(f"siting.page.ask.{code}", language),
        key=key,
        on_change=_flagged,
        args=(field, key),
    )


def _ticked(field: str, key: str) -> None:
    session.tell(field, bool(st.session_state[key]))


def _chose(field: str, key: str) -> None:
    value = st.session_state[key]
    session.tell(field, None if value == _UNKNOWN else value)


def _counted(field: str, key: str, divisor: float) -> None:
    value = st.session_state[key]
    session.tell(field, None if value is None else value * divisor)


def _wrote(field: str, key: str) -> None:
    session.tell(field, st.session_state[key].strip() or None)


def _flagged(field: str, key: str) -> None:
    session.tell(field, {"unknown": None, "yes": True, "no": False}[st.session_state[key]])
