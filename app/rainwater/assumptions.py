"""Which assumptions of rainwater the page shows where, and the rules of the simulation."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.methods.rainwater import CHOICES, METHOD
from analysis.methods.rainwater.assumptions import CATCHMENT, CODES, COVER, DEMAND, MONEY, SOIL
from app import changes
from app.parts.assumptions import Groups, assumption_panel
from app.parts.choices import one_of
from app.rainwater import store
from app.rainwater.scene import Scene
from words import text

_OF_PROJECT = tuple(one for one in CATCHMENT if one.id.startswith(("psi_", "flush_")))
PROJECT_GROUPS: Groups = {"catchment": _OF_PROJECT, "demand": DEMAND, "codes": CODES, "money": MONEY}
DISTRICT_GROUPS: Groups = {"catchment": CATCHMENT, "demand": DEMAND, "codes": CODES, "cover": (*COVER, *SOIL)}
_WORDS = {"rule": "rules", "first_flush_rule": "flush"}


def rain_assumptions(scene: Scene) -> None:
    """The panel with the rules above its groups: narrow beside a project, wide below the rest."""
    groups, columns = (DISTRICT_GROUPS, 3) if scene.project is None else (PROJECT_GROUPS, 1)
    assumption_panel(
        METHOD, groups, language=scene.language, columns=columns, chosen=len(scene.choices),
        before=partial(_rules, scene),
    )  # fmt: skip


def _rules(scene: Scene) -> None:
    now = store.rules(scene.choices)
    for choice in CHOICES:
        name, words = choice.name, _WORDS[choice.name]
        key = f"rain_{name}"
        one_of(
            text(f"rainwater.page.{name}", scene.language), choice.options,
            lambda option, words=words: text(f"rainwater.page.{words}.{option}", scene.language),
            key=key, now=now[name], on_change=_chosen, args=(name, key), label_visibility="visible",
        )  # fmt: skip


def _chosen(name: str, key: str) -> None:
    changes.choose(METHOD, name, st.session_state[key], usual=store.USUAL[name])
