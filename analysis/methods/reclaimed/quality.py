"""Whether a plant's effluent suits a use: every limit compared, never a lookup.

Reported values count where the plant has them, the limits of its class otherwise (the worst the class allows). An item
neither reported nor limited is unknown, not met. Ammonia of a class counts by its cold-water value at 12 °C and below
and where the temperature is unknown. Where no E. coli count is reported the faecal coliforms answer, as the worst case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.cells import number
from analysis.formulas.water_quality import CLASSES, COLD_WATER_C, REMOVABLE, USES, EffluentClass, UseStandard
from words.errors import AtlasError

Fit = Literal["ok", "polish", "upgrade", "unknown"]
FITS: tuple[Fit, ...] = ("ok", "polish", "upgrade", "unknown")
_MIDDLE_PH = 7.5
_ENDINGS = ("_mg_per_l", "_ntu", "_pt_co", "_per_l")
_ITEMS = frozenset({"ph", "disinfection", *CLASSES["class_1a"].limits}).union(
    *({*standard.most, *standard.least} for standard in USES.values())
)


@dataclass(frozen=True)
class Item:
    """One limit compared: the value, where it came from, the limit, and what follows.

    `result` is ok, exceed or unknown; `basis` reported, class or none; `limit` none for a plain yes or no.
    """

    id: str
    result: Literal["ok", "exceed", "unknown"]
    value: float | None
    limit: float | None
    basis: Literal["reported", "class", "none"]

    @property
    def removable(self) -> bool:
        """Whether filtration, disinfection or dosing at the works mends it."""
        return self.id in REMOVABLE or self.id in ("ecoli", "disinfection")


@dataclass(frozen=True)
class Suitability:
    """What a use finds in an effluent: the verdict, what the known items alone would say, and every item.

    `partial` is true when a verdict of exceeding leaves other items unknown.
    """

    use: str
    verdict: Fit
    known: Fit
    partial: bool
    items: tuple[Item, ...]
    standard: str

    @property
    def failing(self) -> tuple[str, ...]:
        """Ids of the items that exceed."""
        return tuple(item.id for item in self.items if item.result == "exceed")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Ids of the items nobody measured or limited."""
        return tuple(item.id for item in self.items if item.result == "unknown")


def suitability(effluent: Mapping[str, object] | str, use: str) -> Suitability:
    """Compare an effluent with a use, limit by limit.

    `effluent` is a class id (`class_1a`) or reported values by item (`bod5`, or the layer's column `bod5_mg_per_l`),
    with `class` (or `effluent_class`) as fallback, `disinfection` and `water_degree_c` where known. AtlasError
    `reclaimed.unknown_use`, `reclaimed.unknown_class`.
    """
    if use not in USES:
        raise AtlasError("reclaimed.unknown_use", use=use, known=", ".join(USES))
    given = {"class": effluent} if isinstance(effluent, str) else dict(effluent)
    reported, fallback = _reported(given), _class_of(given)
    items = tuple(_compare(reported, fallback, given, USES[use]))
    exceeding = [item for item in items if item.result == "exceed"]
    unknown = any(item.result == "unknown" for item in items)
    known: Fit = "ok" if not exceeding else "polish" if all(item.removable for item in exceeding) else "upgrade"
    verdict: Fit = "unknown" if known == "ok" and unknown else known
    return Suitability(use, verdict, known, bool(exceeding) and unknown, items, USES[use].standard)


def worst_effluent(
    plant: Mapping[str, object], rows: pd.DataFrame | None, *, planned: bool = False
) -> dict[str, object]:
    """The effluent of a plant for `suitability`: the worst month of the latest reported year over the class it has.

    `rows` are the plant's rows of layer `effluent`. A plant seen as `planned` answers with its planned class alone.
    """
    class_ = plant.get("planned_class" if planned else "effluent_class")
    found: dict[str, object] = {} if not _known(class_) else {"class": class_}
    if _known(plant.get("disinfection")):
        found["disinfection"] = bool(plant["disinfection"])
    if planned or rows is None or rows.empty:
        return found
    last = rows[rows["year"] == rows["year"].max()]
    for column in last.columns.difference(["plant", "year", "month", "treated_m3", "reused_m3"]):
        values = last[column].dropna()
        if len(values):
            found[column] = _worst(column, values.astype(float))
    return found


def _worst(column: str, values: pd.Series) -> float:
    """The coldest month, the pH farthest from the middle of what uses allow, else the most."""
    if column == "ph":
        return float(values.loc[(values - _MIDDLE_PH).abs().idxmax()])
    return float(values.min() if column == "water_degree_c" else values.max())


def _known(value: object) -> bool:
    return value is not None and not pd.isna(value)


def _reported(given: Mapping[str, object]) -> dict[str, float]:
    found = {}
    for key, value in given.items():
        name = next((key.removesuffix(end) for end in _ENDINGS if key.endswith(end)), key)
        if name in _ITEMS and name != "disinfection" and (reported := number(value)) is not None:
            found[name] = reported
    return found


def _class_of(given: Mapping[str, object]) -> EffluentClass | None:
    class_ = given.get("class", given.get("effluent_class"))
    if not _known(class_):
        return None
    if class_ not in CLASSES:
        raise AtlasError("reclaimed.unknown_class", given=str(class_), known=", ".join(CLASSES))
    return CLASSES[str(class_)]


def _compare(
    reported: Mapping[str, float],
    fallback: EffluentClass | None,
    given: Mapping[str, object],
    use: UseStandard,
) -> Iterator[Item]:
    degrees = number(given.get("water_degree_c"))
    cold = degrees is None or degrees <= COLD_WATER_C
    for id_, limit in use.most.items():
        value, basis = _value(id_, reported, fallback, cold=cold)
        yield Item(id_, "unknown" if value is None else "ok" if value <= limit else "exceed", value, limit, basis)
    for id_, limit in use.least.items():
        value, basis = _value(id_, reported, None, cold=cold)
        yield Item(id_, "unknown" if value is None else "ok" if value >= limit else "exceed", value, limit, basis)
    if use.ph is not None:
        yield _ph(reported, fallback, use.ph)
    done = given.get("disinfection")
    result: Literal["ok", "exceed", "unknown"] = "unknown" if not _known(done) else "ok" if bool(done) else "exceed"
    yield Item("disinfection", result, None, None, "reported" if _known(done) else "none")


def _value(
    id_: str, reported: Mapping[str, float], fallback: EffluentClass | None, *, cold: bool
) -> tuple[float | None, Literal["reported", "class", "none"]]:
    names = ("ecoli", "coliform") if id_ == "ecoli" else (id_,)
    for name in names:
        if name in reported:
            return reported[name], "reported"
    if fallback is not None:
        if id_ == "nh3n" and cold and fallback.nh3n_cold is not None:
            return fallback.nh3n_cold, "class"
        for name in names:
            if name in fallback.limits:
                return fallback.limits[name], "class"
    return None, "none"


def _ph(reported: Mapping[str, float], fallback: EffluentClass | None, allowed: tuple[float, float]) -> Item:
    if "ph" in reported:
        inside = allowed[0] <= reported["ph"] <= allowed[1]
        return Item("ph", "ok" if inside else "exceed", reported["ph"], allowed[1], "reported")
    return Item("ph", "ok" if fallback is not None else "unknown", None, allowed[1], "class" if fallback else "none")
