"""The table of siting checks for paper: what matters first, each with rule, numbers, clause, evidence and a way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.finding import Verdict
from analysis.methods.siting.answer.record import flip_sentence, need_name, owner_name, reason
from analysis.methods.siting.check import APPLICANT, Result
from layers.catalogue import CATALOGUE
from maps.look.evidence import VERDICT_HUES
from reports.paper.content import Table, table
from words import Language, text
from words.units import quantity

VERDICTS: tuple[Verdict, ...] = ("prohibited", "restricted", "study", "clear", "unknown")
_HEADS = ("number", "check", "verdict", "value", "threshold", "basis", "evidence", "as_of", "owner", "change")
_WIDTHS = (10, 46, 21, 21, 20, 38, 42, 19, 17, 36)


def in_order(results: Iterable[Result]) -> list[Result]:
    """Prohibited, restricted, study, clear, then what could not be made; within each by number."""
    return sorted(results, key=lambda result: (VERDICTS.index(result.verdict), result.check.number))


def check_table(results: Iterable[Result], language: Language) -> Table:
    """Every check as a row, in the order of what matters."""
    ordered = in_order(results)
    heads = [text(f"siting.paper.columns.{head}", language) for head in _HEADS]
    rows = [_row(result, language) for result in ordered]
    colours = [VERDICT_HUES[result.verdict] for result in ordered]
    return table(heads, rows, widths=_WIDTHS, right=(3, 4), colours=colours, coloured=2)


def verdict_word(verdict: Verdict, language: Language) -> str:
    """The verdict in words."""
    return text(f"siting.verdicts.{verdict}", language)


def value_of(result: Result, language: Language) -> str:
    """What the check measured, a dash where it measures nothing."""
    return _or_dash(result.judgement.value, result.judgement.unit, language)


def threshold_of(result: Result, language: Language) -> str:
    """The number the rule compares with, a dash for none."""
    return _or_dash(result.judgement.threshold, result.judgement.unit, language)


def _or_dash(value: float | None, unit: str | None, language: Language) -> str:
    return text("siting.paper.dash", language) if value is None else quantity(value, unit, language)


def bases_of(result: Result, language: Language) -> str:
    """The clauses the rule rests on."""
    joint = text("siting.paper.between", language)
    return joint.join(rule.cite(language) for rule in result.basis)


def evidence_of(result: Result, language: Language) -> str:
    """Why, how much of the site, how far, and on which layer it rests."""
    judged = result.judgement
    parts = [reason(result, language).rstrip(".。")]
    if judged.share and result.verdict != "clear":
        parts.append(text("siting.paper.kept_share", language, share=quantity(judged.share, "share", language)))
    if judged.distance_m is not None and judged.distance_m > 0:
        shown = quantity(judged.distance_m, "m", language)
        parts.append(text("siting.paper.kept_distance", language, distance=shown))
    layer = judged.layer or (result.check.layers[0] if result.check.layers else None)
    if layer is not None and result.verdict != "unknown":
        parts.append(text("siting.paper.pair", language, name=text("siting.paper.columns.layer", language),
                          value=text(f"layers.{layer}.name", language)))  # fmt: skip
    if judged.evidence is not None and result.verdict not in ("clear", "unknown"):
        parts.append(text("siting.paper.on_map", language))
    return text("siting.paper.between", language).join(parts)


def dated(result: Result, language: Language) -> str:
    """The date of the data and how far they may be trusted."""
    status = text(f"statuses.{result.status}", language) if result.status else ""
    return " ".join(part for part in (result.as_of or "", status) if part) or text("siting.paper.dash", language)


def owner_of(result: Result, language: Language) -> str:
    """Who owes what is missing, else who keeps the data the check rests on."""
    if result.owner is not None:
        return owner_name(result.owner, language, departments=result.departments)
    layer = result.judgement.layer or (result.check.layers[0] if result.check.layers else None)
    owner = CATALOGUE[layer].owner if layer in CATALOGUE else result.check.owner
    return owner_name(owner, language, departments=result.departments)


def change_of(result: Result, language: Language) -> str:
    """What would change the verdict: the computed changes, or what must be supplied."""
    if result.verdict == "clear":
        return text("siting.paper.dash", language)
    if result.verdict == "unknown":
        return needs_line(result, language)
    if not result.flips:
        return text("siting.paper.no_change", language)
    return " ".join(flip_sentence(flip, language) for flip in result.flips)


def needs_line(result: Result, language: Language) -> str:
    """Who is to supply what, and who is to mend which layer, for a check that could not be made."""
    needs = result.judgement.needs
    broken = [need for need in needs if need.partition(".")[0] in result.broken]
    said = [_mended(need, result, language) for need in broken]
    if len(broken) < len(needs) or not broken:
        said.append(_owed([need for need in needs if need not in broken], result, language))
    return text("siting.paper.between", language).join(said)


def _mended(need: str, result: Result, language: Language) -> str:
    owner = owner_name(CATALOGUE[need.partition(".")[0]].owner, language, departments=result.departments)
    return text("siting.paper.mend_owner", language, owner=owner, needs=need_name(need, language))


def _owed(needs: Sequence[str], result: Result, language: Language) -> str:
    named = text("siting.paper.joint", language).join(need_name(need, language) for need in needs)
    owner = owner_name(result.owner, language, departments=result.departments)
    if not needs:
        return text("siting.paper.owner_owes", language, owner=owner)
    if result.owner == APPLICANT:
        return text("siting.paper.applicant_needs", language, needs=named)
    return text("siting.paper.need_owner", language, owner=owner, needs=named)


def cells_of(result: Result, language: Language) -> dict[str, object]:
    """What is said of a check, by the head it stands under."""
    return {
        "number": result.check.number,
        "check": text(f"siting.checks.{result.check.id}.name", language),
        "verdict": verdict_word(result.verdict, language),
        "value": value_of(result, language),
        "threshold": threshold_of(result, language),
        "basis": bases_of(result, language),
        "as_of": dated(result, language),
        "owner": owner_of(result, language),
        "change": change_of(result, language),
    }


def _row(result: Result, language: Language) -> tuple[object, ...]:
    cells = cells_of(result, language) | {"evidence": evidence_of(result, language)}
    rule = text(f"siting.checks.{result.check.id}.rule", language)
    cells["check"] = text("siting.paper.pair", language, name=cells["check"], value=rule)
    return tuple(cells[head] for head in _HEADS)
