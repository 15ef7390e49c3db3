"""The money of a plan in words, the same on page and paper: what it costs, earns and pays back, and its investment."""

from __future__ import annotations

from analysis.methods.reclaimed.economics import Economics
from analysis.methods.reclaimed.investment import InvestmentLine
from words import Language, text
from words.units import number, quantity

INVESTMENT = ("item", "amount_of", "unit_price", "amount")
_UNITS = {
    "investment_yuan": "yuan_as_wan_yuan", "yearly_yuan": "yuan_as_wan_yuan", "running_yuan": "yuan_as_wan_yuan",
    "unit_cost_yuan_per_m3": "yuan_per_m3", "price_yuan_per_m3": "yuan_per_m3", "income_yuan": "yuan_as_wan_yuan",
    "subsidy_yuan": "yuan_as_wan_yuan", "margin_yuan": "yuan_as_wan_yuan",
    "break_even_subsidy_yuan_per_m3": "yuan_per_m3", "saving_yuan": "yuan_as_wan_yuan",
    "contractor_yuan": "yuan_as_wan_yuan", "user_yuan": "yuan_as_wan_yuan",
}  # fmt: skip
_PRICES = {
    "m": "yuan_per_m", "m3_per_day": "yuan_per_m3_day", "count": "yuan_each", "kw": "yuan_per_kw",
}  # fmt: skip
_UNKNOWN = "—"


def money_rows(money: Economics, language: Language) -> list[tuple[str, str]]:
    """Label and value of every figure; payback, NPV and IRR say in words why there is none."""
    rows = [
        (text(f"reclaimed.page.money.{name}", language), quantity(getattr(money, name), unit, language))
        for name, unit in _UNITS.items()
    ]
    for name, unit in (("payback_years", "years"), ("npv_yuan", "yuan_as_wan_yuan"), ("irr", "share")):
        value = getattr(money, name)
        said = no_payback(money, language) if value is None else quantity(value, unit, language)
        rows.append((text(f"reclaimed.page.money.{name}", language), said))
    return rows


def no_payback(money: Economics, language: Language) -> str:
    """Why there is no payback: what it costs is not known, or what it earns does not cover what it runs on."""
    return text(f"reclaimed.page.cards.{'never' if money.known else 'not_known'}", language)


def investment_rows(money: Economics, language: Language) -> list[tuple[str, str, str, str]]:
    """A row per line of the investment, columns INVESTMENT, and their sum; what is not known is a dash."""
    rows = [_row(line, language) for line in money.investment_lines]
    total = text(f"reclaimed.paper.investment.{'total' if money.known else 'at_least'}", language)
    return [*rows, (total, "", "", quantity(money.investment_yuan, "yuan_as_wan_yuan", language))]


def _row(line: InvestmentLine, language: Language) -> tuple[str, str, str, str]:
    amounts = ((line.quantity, line.unit), (line.unit_yuan, _PRICES[line.unit]), (line.yuan, "yuan_as_wan_yuan"))
    return (_name(line, language), *(_told(value, unit, language) for value, unit in amounts))


def _told(value: float | None, unit: str, language: Language) -> str:
    return _UNKNOWN if value is None else quantity(value, unit, language)


def _name(line: InvestmentLine, language: Language) -> str:
    if line.dn_mm is None:
        return text(f"reclaimed.paper.investment.{line.item}", language)
    known = "pipe_class" if line.class_mpa is not None else "pipe_plain"
    facts = {"dn": int(line.dn_mm), "mpa": number(line.class_mpa, "mpa", language)}
    return text(f"reclaimed.paper.specs.{known}", language, **facts)
