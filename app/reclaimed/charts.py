"""The drawings of the reclaimed-water page, from numbers to figures; they know no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from analysis.methods.reclaimed.way import Way
from maps.look.style import INK, QUIET, THEME_COLOURS, USE_COLOURS
from reports.reclaimed.names import use_words
from words import Language, text
from words.markup import safe
from words.units import quantity

VIOLET, WATER = THEME_COLOURS["reclaimed"], THEME_COLOURS["network"]
_FONTS = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_WAN = 10_000.0


def _say(key: str, language: Language, **facts: object) -> str:
    return text(f"reclaimed.page.chart.{key}", language, **facts)


def months(demand: pd.DataFrame, supply_m3: np.ndarray, *, language: Language) -> alt.LayerChart:
    """Demand of each month by use as bars on one another, the supply as a line."""
    names = [text(f"rainwater.page.months.m{n}", language) for n in range(1, 13)]
    frame = demand.assign(
        name=[names[month - 1] for month in demand["month"]],
        volume=demand["m3"] / _WAN,
        words=[use_words(use, language) for use in demand["use"]],
    )
    used = [use for use in USE_COLOURS if use in set(demand["use"])]
    scale = alt.Scale(domain=[use_words(u, language) for u in used], range=[USE_COLOURS[u] for u in used])
    x = alt.X("name:N", sort=names, title=None, axis=alt.Axis(labelAngle=0))
    amount = alt.Tooltip("volume:Q", format=",.2f", title=_say("volume", language))
    hover = [alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" "), amount]
    bars = (
        alt.Chart(frame)
        .mark_bar(size=24)
        .encode(
            x=x,
            y=alt.Y("volume:Q", title=_say("volume", language)),
            color=alt.Color("words:N", scale=scale, legend=alt.Legend(title=None, orient="top", columns=7)),
            tooltip=hover,
        )
    )
    supply = pd.DataFrame({"name": names, "volume": supply_m3 / _WAN, "kind": _say("supply", language)})
    line = (
        alt.Chart(supply)
        .mark_line(point={"color": VIOLET}, color=VIOLET, strokeWidth=2)
        .encode(x=x, y="volume:Q", strokeDash=alt.StrokeDash("kind:N", legend=alt.Legend(title=None, orient="top")),
                tooltip=[alt.Tooltip("kind:N", title=" "), alt.Tooltip("name:N", title=" "), amount])
    )  # fmt: skip
    return (bars + line).properties(height=300)


def curve(points: pd.DataFrame, *, chosen: tuple[float, float] | None, language: Language) -> alt.LayerChart:
    """The most water for a yearly cost: columns `cost` and `volume` as shown, `gap` in words; `chosen` the plan."""
    x = alt.X("cost:Q", title=_say("cost", language))
    y = alt.Y("volume:Q", title=_say("volume_year", language))
    hover = [
        alt.Tooltip("cost:Q", title=_say("cost", language), format=",.1f"),
        alt.Tooltip("volume:Q", title=_say("volume_year", language), format=",.2f"),
        alt.Tooltip("gap:N", title=_say("gap", language)),
    ]
    base = alt.Chart(points).encode(x=x, y=y)
    layers = [
        base.mark_line(color=VIOLET, strokeWidth=2),
        base.mark_point(color=VIOLET, filled=True, size=60).encode(tooltip=hover),
    ]
    if chosen is not None:
        here = pd.DataFrame({"cost": [chosen[0]], "volume": [chosen[1]], "name": [_say("this_plan", language)]})
        mark = alt.Chart(here).encode(x="cost:Q", y="volume:Q")
        layers += [
            mark.mark_point(shape="diamond", color=INK, filled=True, size=110),
            mark.mark_text(align="left", dx=9, dy=12, color=INK).encode(text="name:N"),
        ]
    return alt.layer(*layers).properties(height=300)


def way_profile(way: Way, *, language: Language) -> alt.LayerChart:
    """Ground and head from the plant to the end of a pipe; the pipe itself in violet."""
    ground, head = _say("ground", language), _say("head", language)
    frame = pd.DataFrame({"km": way.distance_m / 1000, "m": way.height_m, "kind": ground})
    known = frame[np.isfinite(frame["m"])]
    heads = pd.DataFrame(way.head_at_m, columns=["km", "m"]).assign(kind=head)
    heads["km"] /= 1000
    heads["step"] = range(len(heads))
    low = float(min([known["m"].min(), *heads["m"]]))
    high = float(max([known["m"].max(), *heads["m"]]))
    room = max((high - low) * 0.12, 5.0)
    ends = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    y = alt.Y("m:Q", title=_say("height", language), scale=ends)
    x = alt.X("km:Q", title=_say("distance", language), scale=alt.Scale(nice=False))
    kinds = alt.Scale(domain=[ground, head, _say("own_pipe", language)], range=[QUIET, WATER, VIOLET])
    colour = alt.Color("kind:N", scale=kinds, legend=alt.Legend(title=None, orient="top"))
    base = alt.Chart(known).encode(x=x)
    area = base.mark_area(opacity=0.25, color=QUIET, clip=True).encode(y=y, y2=alt.datum(low - room))
    line = base.mark_line(strokeWidth=1.5).encode(y=y, color=colour)
    own = known[known["km"] >= way.own_from_m / 1000 - 1e-9].assign(kind=_say("own_pipe", language))
    pipe = alt.Chart(own).mark_line(strokeWidth=4).encode(x=x, y=y, color=colour)
    layers = [area, line, pipe]
    if len(heads):
        water = alt.Chart(heads).mark_line(strokeDash=[6, 3], strokeWidth=2)
        layers.append(water.encode(x=x, y=y, color=colour, order="step:Q"))
    return alt.layer(*layers).properties(height=300)


def sankey(flows: pd.DataFrame, names: Mapping[str, str], *, language: Language, width: int = 1100) -> str:
    """Plant → use as SVG text: `flows` has plant, use, m3; bands are as wide as the water they stand for."""
    total = float(flows["m3"].sum())
    plants = flows.groupby("plant")["m3"].sum().sort_values(ascending=False)
    uses = flows.groupby("use")["m3"].sum().sort_values(ascending=False)
    rows, gap = max(len(plants), len(uses)), 26.0
    scale = max(220.0, 40.0 * rows) / total
    height = total * scale + gap * (rows + 0.5)
    left, right = _stack(plants, scale, gap, height), _stack(uses, scale, gap, height)
    x0, x1, bar = 210.0, width - 210.0, 12.0
    parts = [_bands(flows, plants, uses, left, right, scale, (x0 + bar, x1))]
    for side, sums, tops in (("plant", plants, left), ("use", uses, right)):
        x = x0 if side == "plant" else x1
        for id_, volume in sums.items():
            called = names.get(str(id_), str(id_)) if side == "plant" else use_words(str(id_), language)
            fill = VIOLET if side == "plant" else USE_COLOURS.get(str(id_), QUIET)
            top, high = tops[id_], volume * scale
            parts.append(f'<rect x="{x:.1f}" y="{top:.1f}" width="{bar}" height="{high:.1f}" fill="{fill}"/>')
            shown = quantity(float(volume), "m3_per_year", language)
            parts.append(_label(called, shown, x, bar, top + high / 2, side))
    alt_text = safe(_say("sankey", language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" aria-label="{alt_text}" '
        f'font-size="13" font-family="{_FONTS}">{"".join(parts)}</svg>'
    )


def _stack(sums: pd.Series, scale: float, gap: float, height: float) -> dict[object, float]:
    """The top of every bar, the bars spread evenly over the height."""
    space = (height - float(sums.sum()) * scale) / (len(sums) + 1) if len(sums) else gap
    tops, at = {}, space
    for id_, volume in sums.items():
        tops[id_] = at
        at += volume * scale + space
    return tops


def _bands(
    flows: pd.DataFrame, plants: pd.Series, uses: pd.Series, left: Mapping[object, float],
    right: Mapping[object, float], scale: float, ends: tuple[float, float],
) -> str:  # fmt: skip
    out, into, drawn = dict(left), dict(right), []
    (x0, x1), order = ends, {id_: n for n, id_ in enumerate(uses.index)}
    for plant in plants.index:
        own = flows[flows["plant"] == plant]
        for row in sorted(own.itertuples(), key=lambda row: order[row.use]):
            high, a, b, middle = row.m3 * scale, out[row.plant], into[row.use], (x0 + x1) / 2
            drawn.append(
                f'<path d="M{x0:.1f} {a:.1f} C{middle:.1f} {a:.1f} {middle:.1f} {b:.1f} {x1:.1f} {b:.1f} '
                f"V{b + high:.1f} "
                f'C{middle:.1f} {b + high:.1f} {middle:.1f} {a + high:.1f} {x0:.1f} {a + high:.1f} Z" '
                f'fill="{USE_COLOURS.get(row.use, QUIET)}" fill-opacity="0.42"/>'
            )
            out[row.plant] += high
            into[row.use] += high
    return "".join(drawn)


def _label(name: str, volume: str, x: float, bar: float, y: float, side: str) -> str:
    at, anchor = (x - 8, "end") if side == "plant" else (x + bar + 8, "start")
    return (
        f'<text x="{at:.1f}" y="{y - 2:.1f}" text-anchor="{anchor}" fill="{INK}">{safe(name)}</text>'
        f'<text x="{at:.1f}" y="{y + 13:.1f}" text-anchor="{anchor}" fill="{QUIET}" font-size="12">'
        f"{safe(volume)}</text>"
    )
