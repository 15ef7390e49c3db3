"""The drawings of a rainwater project, from numbers to a figure; they know no Streamlit."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.methods.rainwater.detail import Days, Drainage, Months
from analysis.methods.rainwater.projects import Answer
from maps.look.style import INK, PAPER, QUIET, RENEWAL, SHORTAGE, THEME_COLOURS, VERDICT_COLOURS
from words import Language, text
from words.units import number

RAIN, WATER, INDUSTRY = THEME_COLOURS["rain"], THEME_COLOURS["network"], THEME_COLOURS["industry"]
_EDGE = 44  # pixels kept for the numbers of an upright axis, so that figures one above the other line up
_MONTH = {"zh": "(month(datum.value) + 1) + '月'", "en": "timeFormat(datum.value, '%b')"}


def _say(key: str, language: Language, **facts: object) -> str:
    return text(f"rainwater.page.chart.{key}", language, **facts)


def size_curve(said: Answer, *, language: Language) -> alt.LayerChart:
    """Reliability over tank size, with the sizes of the targets, the knee, this tank and the one of the code."""
    capacities, shares = said.curve
    frame = pd.DataFrame({"size": capacities, "share": 100 * shares}).dropna()
    frame = frame[frame["size"] <= _telling_m3(said)]
    x = alt.X("size:Q", title=_say("size", language), scale=alt.Scale(nice=False))
    y = alt.Y("share:Q", title=_say("reliability", language), scale=alt.Scale(domain=[0, 100]))
    line = alt.Chart(frame).mark_line(color=RAIN, strokeWidth=2.5).encode(x=x, y=y)
    marks = _marks(said, language)
    points = alt.Chart(marks)
    dots = points.mark_point(filled=True, size=70, opacity=1).encode(
        x="size:Q",
        y="share:Q",
        color=alt.Color("colour:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        tooltip=[alt.Tooltip("label:N", title=" ")],
    )
    place = {"align": "left", "dx": 8, "dy": 10, "fontSize": 12}
    at = {"x": "size:Q", "y": "share:Q", "text": "label:N"}
    halo = points.mark_text(**place, stroke=PAPER, strokeWidth=4, strokeJoin="round").encode(**at)
    words = points.mark_text(**place, color=INK).encode(**at)
    layers = [line, *_rules(said, language), dots, halo, words]
    return alt.layer(*layers).properties(height=340)


def _telling_m3(said: Answer) -> float:
    """How far the curve tells something: half as far again as the largest size that is marked."""
    marked = [said.project.tank_m3, said.knee_m3, *said.sizes.values(), *said.code_tanks.values()]
    most = max((float(size) for size in marked if size is not None), default=0.0)
    return max(1.5 * most, 10.0)


def _marks(said: Answer, language: Language) -> pd.DataFrame:
    rows = []
    for target, size in said.sizes.items():
        if size is not None:
            facts = {"share": f"{target:.0%}", "size": number(size, "m3", language)}
            rows.append((size, 100 * target, _say("reached", language, **facts), RAIN, "circle"))
    if said.knee_m3:
        share = 100 * float(np.interp(said.knee_m3, *said.curve))
        label = _say("knee", language, size=number(said.knee_m3, "m3", language))
        rows.append((said.knee_m3, share, label, RENEWAL, "diamond"))
    return pd.DataFrame(rows, columns=["size", "share", "label", "colour", "shape"])


def _rules(said: Answer, language: Language) -> list[alt.Chart]:
    """Upright lines at the tank there is and at the one a code asks for."""
    told = [] if said.project.tank_m3 is None else [(said.project.tank_m3, "own_tank", INK, 0)]
    governing = said.code_tanks.get(said.governs) if said.governs else None
    if governing is not None:
        told.append((float(governing), "code_tank", INDUSTRY, 1))
    drawn = []
    for size, key, colour, n in told:
        label = _say(key, language, size=number(size, "m3", language))
        base = alt.Chart(pd.DataFrame({"size": [size], "at": [4 + 9 * n], "label": [label]}))
        drawn.append(base.mark_rule(color=colour, strokeDash=[5, 4] if n else [1, 0]).encode(x="size:Q"))
        right = size > 0.72 * min(_telling_m3(said), float(said.curve[0][-1]))
        words = base.mark_text(align="right" if right else "left", dx=-5 if right else 5, color=colour, fontSize=12)
        drawn.append(words.encode(x="size:Q", y="at:Q", text="label:N"))
    return drawn


def storage_trace(days: Days, *, capacity_m3: float, language: Language) -> tuple[alt.Chart, alt.LayerChart]:
    """Rain, and below it what stood in the tank, day by day; days on which demand went short are marked."""
    trace = days.trace
    frame = pd.DataFrame(
        {
            "day": days.record.days.astype("datetime64[s]"),
            "rain": days.record.rain_mm,
            "stored": trace.stored_m3,
            "spilt": trace.overflow_m3,
            "short": trace.short,
        }
    )
    axis = alt.Axis(labelExpr=_MONTH[language], tickCount="month", grid=False, title=None)
    x = alt.X("day:T", axis=axis)
    hover = [
        alt.Tooltip("day:T", title=_say("day", language), format="%Y-%m-%d"),
        alt.Tooltip("rain:Q", title=_say("rain", language), format=".1f"),
        alt.Tooltip("stored:Q", title=_say("stored", language), format=",.1f"),
        alt.Tooltip("spilt:Q", title=_say("spilt", language), format=",.1f"),
    ]
    base = alt.Chart(frame)
    rain = base.mark_bar(color=WATER, size=1.5).encode(
        x=alt.X("day:T", axis=None),
        y=alt.Y("rain:Q", title=_say("rain", language), axis=alt.Axis(minExtent=_EDGE, tickCount=3)),
        tooltip=hover,
    )
    scale = alt.Scale(domain=[0, max(capacity_m3, 1e-6)])
    stored = base.mark_area(color=RAIN, opacity=0.55, line={"color": RAIN, "strokeWidth": 1}).encode(
        x=x,
        y=alt.Y("stored:Q", title=_say("stored", language), scale=scale, axis=alt.Axis(minExtent=_EDGE)),
        tooltip=hover,
    )
    short = (
        alt.Chart(frame[frame["short"]])
        .mark_tick(color=VERDICT_COLOURS["orange"], thickness=2, size=7)
        .encode(x="day:T", y=alt.datum(0))
    )
    return rain.properties(height=110), (stored + short).properties(height=230)


def monthly_balance(months: Months, *, language: Language) -> alt.LayerChart:
    """Demand of each month as what was served and what was not, with inflow and overflow as lines."""
    names = [text(f"rainwater.page.months.m{n}", language) for n in range(1, 13)]
    served, short = _say("served", language), _say("unserved", language)
    inflow, spilt = _say("inflow", language), _say("overflow", language)
    parts = ((served, months.yield_m3), (short, months.demand_m3 - months.yield_m3))
    bars = pd.concat(
        pd.DataFrame({"month": names, "kind": kind, "volume": volume, "order": n})
        for n, (kind, volume) in enumerate(parts)
    )
    flows = ((inflow, months.inflow_m3), (spilt, months.overflow_m3))
    lines = pd.concat(pd.DataFrame({"month": names, "kind": kind, "volume": volume}) for kind, volume in flows)
    scale = alt.Scale(domain=[served, short, inflow, spilt], range=[RAIN, SHORTAGE, WATER, QUIET])
    colour = alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="top", symbolType="square"))
    x = alt.X("month:N", sort=names, title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("volume:Q", title=_say("volume", language))
    hover = [
        alt.Tooltip("month:N", title=" "),
        alt.Tooltip("kind:N", title=" "),
        alt.Tooltip("volume:Q", title="m³", format=",.1f"),
    ]
    stack = alt.Chart(bars).mark_bar(size=22).encode(x=x, y=y, color=colour, order="order:Q", tooltip=hover)
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=[inflow, spilt], range=[[1, 0], [4, 3]]), legend=None)
    drawn = alt.Chart(lines).mark_line(point=True, strokeWidth=1.8)
    return (stack + drawn.encode(x=x, y=y, color=colour, strokeDash=dash, tooltip=hover)).properties(height=300)


def storm_flows(storm: Drainage, *, language: Language) -> alt.Chart:
    """Flow out of the catchment minute by minute: without a tank, with it as it usually stands, and with it empty."""
    kinds = [_say(key, language) for key in ("bare", "usual", "empty")]
    flows = (storm.bare_l_per_s, storm.usual_l_per_s, storm.empty_l_per_s)
    frame = pd.concat(
        pd.DataFrame({"minute": np.arange(1, flow.size + 1), "flow": flow, "kind": kind})
        for kind, flow in zip(kinds, flows, strict=True)
    )
    scale = alt.Scale(domain=kinds, range=[QUIET, RENEWAL, RAIN])
    dash = alt.Scale(domain=kinds, range=[[1, 0], [6, 3], [2, 2]])
    return (
        alt.Chart(frame)
        .mark_line(interpolate="step", strokeWidth=2)
        .encode(
            x=alt.X(
                "minute:Q", title=_say("minute", language), scale=alt.Scale(nice=False), axis=alt.Axis(tickCount=12)
            ),
            y=alt.Y("flow:Q", title=_say("flow", language)),
            color=alt.Color("kind:N", scale=scale, legend=alt.Legend(title=None, orient="top", direction="vertical")),
            strokeDash=alt.StrokeDash("kind:N", scale=dash, legend=None),
        )
        .properties(height=300)
    )
