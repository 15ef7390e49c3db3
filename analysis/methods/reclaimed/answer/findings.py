"""What the ground says as findings: of every plant, every township, and the district as a whole.

What is not known is not counted as nothing: a sum over plants or layers of which some are unknown has no value, only
`low`, what is known at least, and the count or the layers that are lacking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.cells import number
from analysis.finding import Finding, Indicator, sources_of
from analysis.methods.reclaimed.ground import Ground
from analysis.methods.reclaimed.places import BY_HAND, unmeasured
from layers.district import District

METHOD = "reclaimed"
PLANT_LAYERS = ("wastewater_plants", "effluent", "ecological_flow")
PLACE_LAYERS = (
    "water_users", "industrial_parks", "green_spaces", "roads", "car_wash_sites", "scenic_areas", "public_institutions",
    "residential_estates", "daily_rain",
)  # fmt: skip
INDICATORS = (
    Indicator("reclaimed_supply_m3", "m3_per_year", METHOD, "more", subject="plant"),
    Indicator("reclaimed_demand_m3", "m3_per_year", METHOD, subject="township"),
    Indicator("reclaimed_rate", "share", METHOD, "more", subject="plant"),
    Indicator("reclaimed_fit_uses", "count", METHOD, "more", subject="plant"),
)
_INDICATOR = {indicator.id: indicator for indicator in INDICATORS}
_VERDICTS_FIT = ("ok", "polish")


@dataclass(frozen=True)
class _Said:
    """A number with what it may be at least and at most, the layers it lacks, and facts."""

    value: float | None
    low: float | None = None
    high: float | None = None
    needs: tuple[str, ...] = ()
    facts: Mapping[str, object] | None = None


def findings_of(district: District, ground: Ground) -> Iterator[Finding]:
    """Supply, rate and uses it suits of every plant, demand of every township, and the district's."""
    yield from _plants(district, ground)
    yield from _townships(district, ground)


def _plants(district: District, ground: Ground) -> Iterator[Finding]:
    frame = district.frames.get("wastewater_plants")
    known = ground.plants.set_index("plant") if len(ground.plants) else ground.plants
    lacking: tuple[str, ...] = ("wastewater_plants",)
    for id_ in () if frame is None else frame["id"].astype(str):
        if id_ in known.index:
            row = known.loc[id_]
            facts = {name: float(row[name]) for name in ("treated_m3", "reused_m3", "owed_m3") if pd.notna(row[name])}
            rate = facts["reused_m3"] / facts["treated_m3"] if facts["treated_m3"] > 0 else None
            needs = () if "owed_m3" in facts else ("ecological_flow",)
            supply = _Said(number(row["supply_m3"]), needs=needs, facts=facts)
            reuse = _Said(rate, facts=facts, needs=() if rate is not None else lacking)
        else:
            supply = reuse = _Said(None, needs=lacking)
        yield _finding(district, "reclaimed_supply_m3", id_, supply, PLANT_LAYERS)
        yield _finding(district, "reclaimed_rate", id_, reuse, PLANT_LAYERS)
        yield _finding(district, "reclaimed_fit_uses", id_, _fitting(ground, id_), PLANT_LAYERS)
    code = district.settings.code
    yield _finding(district, "reclaimed_supply_m3", code, _supply(ground), PLANT_LAYERS)
    yield _finding(district, "reclaimed_rate", code, _rate(ground), PLANT_LAYERS)


def _fitting(ground: Ground, plant: str) -> _Said:
    """How many uses the plant's water suits; those nobody can tell are in `high` alone. Unknown where no place asks."""
    own = {use: fit.verdict for (id_, use), fit in ground.fits.items() if id_ == plant}
    if not own:
        return _Said(None, needs=PLACE_LAYERS[:-1])
    sure = float(sum(verdict in _VERDICTS_FIT for verdict in own.values()))
    unknown = sum(verdict == "unknown" for verdict in own.values())
    if unknown:
        return _Said(None, sure, sure + unknown, ("effluent",), own)
    return _Said(sure, facts=own)


def _supply(ground: Ground) -> _Said:
    known = ground.plants["supply_m3"].dropna()
    if known.empty:
        return _Said(None, needs=("wastewater_plants",))
    total, facts = float(known.sum()), {"plants": len(known)}
    if ground.unknown_plants:
        return _Said(None, total, None, ("wastewater_plants",), {**facts, "missing": ground.unknown_plants})
    return _Said(total, facts=facts)


def _rate(ground: Ground) -> _Said:
    """The district's rate; unknown while a plant's treated or reused volume is, for that would change it either way."""
    rate = ground.rate
    if rate.before_share is None:
        return _Said(None, needs=("wastewater_plants",))
    facts = {"treated_m3": rate.treated_m3, "reused_m3": rate.reused_before_m3, "plants": len(ground.plants)}
    if rate.unknown_plants:
        return _Said(None, needs=("wastewater_plants",), facts={**facts, "missing": rate.unknown_plants})
    return _Said(rate.before_share, facts=facts)


def _townships(district: District, ground: Ground) -> Iterator[Finding]:
    from_layers = tuple(layer for layer in PLACE_LAYERS[:-1] if not district.has(layer))
    absent = from_layers if not (ground.places["layer"] == BY_HAND).any() else ()
    sums = ground.places.groupby(["township", "use"])["annual_m3"].sum()
    lacking = unmeasured(district) if from_layers == absent else unmeasured(district).iloc[:0]
    for code in district.townships.index:
        own = sums.loc[code] if code in sums.index.get_level_values(0) else sums.iloc[:0]
        facts = {str(use): float(volume) for use, volume in own.items()} if len(own) else {}
        said = _demand(float(own.sum()), absent, lacking[lacking["township"] == code], facts)
        yield _finding(district, "reclaimed_demand_m3", str(code), said, PLACE_LAYERS)
    total = _demand(float(ground.places["annual_m3"].sum()), absent, lacking, {})
    yield _finding(district, "reclaimed_demand_m3", district.settings.code, total, PLACE_LAYERS)


def _demand(total: float, absent: tuple[str, ...], lacking: pd.DataFrame, facts: Mapping[str, object]) -> _Said:
    """A lower bound where a layer is absent or a place lacks its value; `missing` says how many do."""
    if len(absent) == len(PLACE_LAYERS) - 1:
        return _Said(None, needs=absent)
    if not len(lacking):
        return _Said(None, total, None, absent, facts) if absent else _Said(total, facts=facts)
    needs = tuple(dict.fromkeys((*absent, *lacking["layer"])))
    return _Said(None, total, None, needs, {**facts, "missing": len(lacking)})


def _finding(district: District, indicator: str, subject: str, said: _Said, layers: tuple[str, ...]) -> Finding:
    status, as_of = sources_of(district, layers)
    return Finding(
        indicator=_INDICATOR[indicator],
        subject=subject,
        value=said.value,
        low=said.low,
        high=said.high,
        as_of=as_of,
        status=status,
        layers=tuple(layer for layer in layers if district.has(layer)),
        needs=said.needs,
        facts=said.facts or {},
    )
