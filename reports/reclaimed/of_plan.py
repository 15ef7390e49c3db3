"""The paper of a plan: the network as built, its names in words, its key figures."""

from __future__ import annotations

from analysis.methods.reclaimed import NEEDS
from analysis.methods.reclaimed.district_plan import DistrictPlan
from analysis.question import Answer
from layers.district import District
from reports.reclaimed.names import names_of, use_words
from reports.reclaimed.paper import NetworkPaper
from words import Language


def paper_of(district: District, answer: Answer[DistrictPlan], *, language: Language = "zh") -> NetworkPaper:
    """The paper of an answer."""
    made, built = answer.detail, answer.detail.built
    names = names_of(made.candidates.plants, made.candidates.places, district, language)
    uses = [use_words(use, language) if isinstance(use, str) else "" for use in built.nodes["use"]]
    figures = {
        "volume_m3": made.economics.discharge_avoided_m3,
        "cost_yuan_per_year": made.economics.yearly_yuan,
        "capital_yuan": made.economics.investment_yuan,
        "rate": made.rate.after_share,
        "gap": made.plan.gap,
    }
    return NetworkPaper(
        district=district,
        nodes=built.nodes.assign(name=built.nodes["id"].map(names), use=uses),
        pipes=built.pipes,
        result_id=answer.id,
        illustrative=any(district.status(layer) == "illustrative" for layer in NEEDS),
        status=made.plan.status,
        figures=figures,
        check=built.check,
        unknown_plants=made.rate.unknown_plants,
        economics=made.economics,
        months=made.months.assign(plant=made.months["plant"].map(names)),
    )
