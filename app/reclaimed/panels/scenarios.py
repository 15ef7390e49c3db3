"""The plans of this session in a list, two or more of them side by side, and networks nearly as good."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.methods.reclaimed import METHOD
from app import changes, jobs, store
from app.parts.notice import notice, part
from app.reclaimed import store as reclaimed_store
from app.reclaimed.panels.tables import show_frame
from app.reclaimed.scene import Scene
from app.reclaimed.store import Changed, Choices, Solved
from app.reclaimed.wish import Wish
from reports.reclaimed.names import names_of
from words import Language, text
from words.units import quantity

TABLE, _TRIED, _MOST = "reclaimed_scenarios", "reclaimed_tried", 10
_UNITS = {
    "rate": "share", "m3": "m3_per_year", "cost": "yuan_as_wan_yuan", "unit_cost": "yuan_per_m3",
    "investment": "yuan_as_wan_yuan", "length": "m_as_km", "users": "count", "gap": "share",
}  # fmt: skip
Trial = tuple[str, Changed, Choices]


def scenarios(scene: Scene) -> None:
    """What was tried in this session; a row selected can be opened, several are compared."""
    language, kept = scene.language, _kept(scene)
    part(text("reclaimed.page.parts.scenarios", language))
    frame = pd.DataFrame([_row(scene, trial, solved) for trial, solved in kept])
    chosen = show_table(frame, language)
    if len(chosen) == 1:
        _, changed, choices = kept[chosen[0]][0]
        st.button(
            text("reclaimed.page.open_scenario", language), key="reclaimed_open", on_click=changes.put_back,
            args=(METHOD, dict(changed), dict(choices)),
        )  # fmt: skip
    elif len(chosen) > 1:
        _compare(scene, [kept[n] for n in chosen])
    notice(text("reclaimed.page.scenarios_hint", language))
    _alternatives(scene)


def show_table(frame: pd.DataFrame, language: Language) -> list[int]:
    """The list itself; the rows selected."""
    show_frame(frame, units=_UNITS, language=language, key=TABLE, on_select="rerun", selection_mode="multi-row")
    chosen = st.session_state.get(TABLE)
    rows = list(chosen["selection"]["rows"]) if chosen else []
    return [n for n in rows if n < len(frame)]


def _kept(scene: Scene) -> list[tuple[Trial, Solved]]:
    """The trials of this session whose plans are still there, the newest first."""
    now: Trial = (scene.mark, scene.changed, scene.choices)
    tried: list[Trial] = [trial for trial in st.session_state.get(_TRIED, []) if trial != now]
    st.session_state[_TRIED] = [now, *tried][:_MOST]
    found = []
    for trial in st.session_state[_TRIED]:
        mark, changed, choices = trial
        wish = reclaimed_store.wish(mark, changed, choices)
        job = jobs.desk.peek(reclaimed_store.key_of(mark, changed, wish))
        answer = job.result if job is not None else None
        if mark == scene.mark and answer is not None and answer.detail.plan.objective is not None:
            found.append((trial, reclaimed_store.solved(mark, changed, wish, answer)))
    return found


def _row(scene: Scene, trial: Trial, solved: Solved) -> dict[str, object]:
    plan, done = solved.done.plan, solved.done
    arcs = plan.flows
    return {
        "scenario": scenario_words(solved.wish, len(trial[1]), scene.language),
        "rate": done.rate.after_share,
        "m3": plan.volume_m3,
        "cost": done.economics.yearly_yuan,
        "unit_cost": done.economics.unit_cost_yuan_per_m3,
        "investment": done.economics.investment_yuan,
        "length": float(arcs["length_m"].sum()),
        "users": plan.served["user"].nunique(),
        "gap": plan.gap,
        "result": solved.result_id,
    }


def scenario_words(wish: Wish, changed: int, language: Language) -> str:
    """What a plan was asked for, in a few words."""
    if wish.aim == "rate":
        said = [text("reclaimed.page.short_rate", language, rate=quantity(wish.rate, "share", language))]
    else:
        said = [
            text(
                "reclaimed.page.short_budget", language, budget=quantity(wish.budget_yuan, "yuan_as_wan_yuan", language)
            )
        ]
    for key, count in (("pinned", len(wish.pinned)), ("forbidden", len(wish.forbidden)), ("changed", changed)):
        if count:
            said.append(text(f"reclaimed.page.short_{key}", language, count=count))
    return text("reclaimed.paper.between", language).join(said)


def _compare(scene: Scene, kept: list[tuple[Trial, Solved]]) -> None:
    """The plans chosen side by side: figures, and the users only one of them serves."""
    language = scene.language
    names = names_of(scene.ground.plants, scene.ground.places, store.district(scene.mark), language)
    served = [set(solved.done.plan.served["user"]) for _, solved in kept]
    for column, (trial, solved), own in zip(st.columns(len(kept)), kept, served, strict=True):
        row = _row(scene, trial, solved)
        others = set().union(*(other for other in served if other is not own))
        alone = sorted(names.get(user, user) for user in own - others)
        with column:
            st.caption(str(row["scenario"]))
            frame = pd.DataFrame([
                {
                    "what": text(f"reclaimed.page.columns.{name}", language),
                    "amount": quantity(row[name], unit, language),
                }
                for name, unit in _UNITS.items()
            ])  # fmt: skip
            show_frame(
                frame, units={}, figures=("amount",), language=language, key=f"reclaimed_side_{solved.result_id}",
                height="content",
            )  # fmt: skip
            said = store.joint(alone, language) if alone else text("reclaimed.page.no_one", language)
            notice(text("reclaimed.page.only_here", language, count=len(alone), names=said))


def _alternatives(scene: Scene) -> None:
    language, plan = scene.language, scene.network.done.plan
    if not plan.alternatives:
        return
    with st.expander(text("reclaimed.page.alternatives", language, count=len(plan.alternatives))):
        rows = [
            {
                "scenario": text("reclaimed.page.alternative", language, number=n), "m3": one.volume_m3,
                "cost": one.cost_yuan, "worse": one.worse_share, "differs": one.differs_share,
                "users": len(one.users), "plants": len(one.plants),
            }
            for n, one in enumerate(plan.alternatives, start=1)
        ]  # fmt: skip
        units = {**_UNITS, "worse": "share", "differs": "share", "plants": "count"}
        show_frame(pd.DataFrame(rows), units=units, language=language, key="reclaimed_alternatives")
        notice(text("reclaimed.page.alternatives_note", language))
