"""The paper of a plan: the network as built, its names in words, its key figures."""

from __future__ import annotations

from analysis.methods.reclaimed import NEEDS
from analysis.methods.reclaimed.candidates import Candidates
from analysis.methods.reclaimed.district_plan import DistrictPlan
from analysis.question import Answer
from layers.district import District
from reports.reclaimed.paper import NetworkPaper
from words import Language, text


def paper_of(district: District, answer: Answer[DistrictPlan], *, language: Language = "zh") -> NetworkPaper:
    """The paper of an answer."""
    made, built = answer.detail, answer.detail.built
    names = _names(district, made.candidates, language)
    uses = [use_name(use, language) if isinstance(use, str) else "" for use in built.nodes["use"]]
    figures = {
        "volume_m3": made.plan.volume_m3,
        "cost_yuan_per_year": made.plan.cost_yuan,
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
    )


def _names(district: District, found: Candidates, language: Language) -> dict[str, str]:
    """The names of plants and places by id."""
    names = dict(zip(found.plants["plant"], found.plants["name"], strict=True))
    return names | {place.user: _place_name(place, district, language) for place in found.places.itertuples()}


def _place_name(place: object, district: District, language: Language) -> str:
    """The place's own name; a filling point of water carts goes by its township."""
    if isinstance(place.name, str) and place.name:
        return place.name
    township = str(place.township)
    name = district.township(township).name if township in district.townships.index else township
    return text("reclaimed.paper.filling_point", language, township=name)


def use_name(use: str, language: Language) -> str:
    """The name of a use of reclaimed water."""
    return text(f"layers.reclaimed_users.choices.use.{use}", language)
