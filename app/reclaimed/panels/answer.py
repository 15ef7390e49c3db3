"""The answer beside the map: reuse rate before and after, water, price, money, and how well it is proven."""

from __future__ import annotations

from analysis.methods.reclaimed.answer.record import proof_line, wish_sentence
from app import store as district_store
from app.parts.figure import Figure, figures
from app.parts.notice import heading, notice
from app.reclaimed import store
from app.reclaimed.names import warning_line
from app.reclaimed.scene import Scene
from maps.look.classes import hue_of
from reports.reclaimed.money import no_payback
from words import text
from words.units import label, number, quantity

_LEAST_M3 = 0.5


def heading_line(scene: Scene) -> None:
    """The page's name and what is asked."""
    language, wish = scene.language, scene.wish
    if wish.aim == "rate":
        below = text("reclaimed.page.for_rate", language, rate=quantity(wish.rate, "share", language))
    else:
        budget = quantity(wish.budget_yuan, "yuan_as_wan_yuan", language)
        below = text("reclaimed.page.for_budget", language, budget=budget)
    heading(text("reclaimed.page.heading", language), below=below)


def answer(scene: Scene) -> None:
    """Four cards: reuse rate, water, price of a cubic metre, money."""
    shown = (_rate(scene), _volume(scene), _price(scene), _money(scene))
    figures(shown, language=scene.language, layout="dense", colour=hue_of("reclaimed_use_m3"))


def _name(scene: Scene, key: str, **facts: object) -> str:
    return text(f"reclaimed.page.cards.{key}", scene.language, **facts)


def _rate(scene: Scene) -> Figure:
    language, known = scene.language, scene.ground.rate
    status, as_of = store.sources(scene.mark, layers=("wastewater_plants", "effluent"))
    if known.before_share is None:
        return Figure(_name(scene, "rate"), None, below=(_name(scene, "rate_unknown"),))
    rate = known if scene.network is None else scene.network.done.rate
    below = [_name(scene, "treated", volume=quantity(rate.treated_m3, "m3_per_year", language))]
    if known.unknown_plants:
        below.append(_name(scene, "known_only", known=len(scene.ground.plants), count=known.unknown_plants))
    if scene.network is not None:
        below.insert(0, _name(scene, "before", rate=quantity(rate.before_share, "share", language)))
    set_ = store.target(scene.mark)
    if set_ is not None:
        below.append(_name(scene, "target", year=set_[0], rate=quantity(set_[1], "share", language)))
    name = _name(scene, "rate" if scene.network is not None else "rate_today")
    return Figure(name, number(rate.after_share, "share", language), "%", tuple(below), status, as_of)


def _volume(scene: Scene) -> Figure:
    language = scene.language
    status, as_of = store.sources(scene.mark)
    if scene.network is None:
        supply, demand = scene.ground.plants["supply_m3"].sum(), scene.ground.places["annual_m3"].sum()
        below = [_name(scene, "demand", volume=quantity(float(demand), "m3_per_year", language))]
        if scene.ground.unknown_plants:
            below.insert(0, _name(scene, "at_least", count=scene.ground.unknown_plants))
        told = scene.ground.plants["supply_m3"].notna().any()
        value = number(float(supply), "m3_per_year", language) if told else None
        return Figure(_name(scene, "supply"), value, label("m3_per_year", language), tuple(below), status, as_of)
    plan = scene.network.done.plan
    users, plants = plan.served["user"].nunique(), plan.served["plant"].nunique()
    avoided = scene.network.done.economics.discharge_avoided_m3
    below = [
        _name(scene, "served", users=users, plants=plants),
        _name(scene, "avoided", tonnes=number(avoided, "m3_per_year", language)),
    ]
    if plan.volume_m3 - avoided > _LEAST_M3:
        below.insert(0, _name(scene, "wanted", volume=quantity(plan.volume_m3, "m3_per_year", language)))
    return Figure(
        _name(scene, "volume"), number(avoided, "m3_per_year", language), label("m3_per_year", language), tuple(below),
        status, as_of,
    )  # fmt: skip


def _price(scene: Scene) -> Figure:
    language, unit = scene.language, "yuan_per_m3"
    name = _name(scene, "price")
    if scene.network is None:
        return Figure(name, _pending(scene))
    money = scene.network.done.economics
    if money.unit_cost_yuan_per_m3 is None:
        return Figure(name, "—", below=(_name(scene, "no_volume"),))
    tap = quantity(money.tap_yuan_per_m3, unit, language)
    cheaper = money.unit_cost_yuan_per_m3 <= money.tap_yuan_per_m3
    below = (_name(scene, "against", tap=tap), _name(scene, "cheaper" if cheaper else "dearer"))
    status, as_of = store.sources(scene.mark)
    return Figure(
        name, number(money.unit_cost_yuan_per_m3, unit, language), label(unit, language), below, status, as_of
    )


def _money(scene: Scene) -> Figure:
    language, unit = scene.language, "yuan_as_wan_yuan"
    name = _name(scene, "money")
    if scene.network is None:
        return Figure(name, _pending(scene))
    money = scene.network.done.economics
    yearly = _name(scene, "yearly", cost=quantity(money.yearly_yuan, unit, language))
    back = money.payback_years
    never = no_payback(money, language) if back is None else ""
    paid = never or _name(scene, "payback", years=number(back, "years", language))
    status, as_of = store.sources(scene.mark)
    return Figure(
        name, number(money.investment_yuan, unit, language), label(unit, language), (yearly, paid), status, as_of
    )


def _pending(scene: Scene) -> str | None:
    """What stands for a number that is being sought or whose search failed; none where nothing is sought."""
    if scene.refusal is not None:
        return "—"
    return text("reclaimed.page.pending", scene.language) if scene.running else None


def proof(scene: Scene) -> None:
    """How good the answer is known to be, or which wish cannot be met; and what every paper of it says."""
    language, solved = scene.language, scene.solved
    if solved is not None:
        plan = solved.done.plan
        if plan.wishes:
            for wish in plan.wishes:
                notice(wish_sentence(wish, language), "wrong")
        elif plan.objective is None:
            notice(text(f"reclaimed.paper.nothing.{plan.status}", language), "missing")
        else:
            proven = proof_line(plan.status, plan.gap, language)
            notice(text("reclaimed.page.proof", language, proof=proven, seconds=f"{plan.seconds:.0f}"))
            version = district_store.district(scene.mark).version
            notice(text("reclaimed.paper.marks", language, version=version, result=solved.result_id))
    notice(warning_line(language), "purple")
