"""Two sites judged by hand, one that knows its water and one that does not, and two better places."""

from __future__ import annotations

import re
from types import SimpleNamespace

from shapely import Point, box

from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.water.advice import Supply, Water
from tests.small_district import A, B, small_district

UNITS = {"zh": ("万m³/a", "元/m³", "hm²"), "en": ("10⁴ m³/a", "yuan/m³", "ha")}

HERE, THERE = box(484_000, 3_254_000, 484_500, 3_254_400), box(494_000, 3_254_000, 494_100, 3_254_100)


def supply(layer: str, distance: float, lift: float | None, price: float | None) -> Supply:
    return Supply(layer, f"最近的{layer}", distance, 1.3 * distance, lift, price, Point(0, 0))


WET = Water(
    supply("main", 250.0, 12.0, 4.567), None, supply("purple", 1_000.0, -3.5, None), 8_400.0,
    {"gb50400": 120.0, "control_rate": None}, {}, True, {}, 5_000.0, 12_500.0, 0.35,
)  # fmt: skip

DRY = Water(None, None, None, None, {"gb50400": None, "control_rate": 0.0}, {}, False, {}, None, None, None)


def result(number: int, id_: str, verdict: str) -> SimpleNamespace:
    return SimpleNamespace(check=SimpleNamespace(number=number, id=id_), verdict=verdict)


def case(
    name: str, water: Water, *, demand: float | None, worst: str, verdicts: tuple[str, str, str]
) -> SimpleNamespace:
    """An answer: three checks, a site of 20 hm² in A or of 1 hm² in both."""
    ids = ("drinking_source_1", "quota", "building_slope")
    results = [result(n, id_, verdict) for n, (id_, verdict) in enumerate(zip(ids, verdicts, strict=True), start=1)]
    first = name == "甲地"
    site = SimpleNamespace(townships=(A,) if first else (A, B), area_m2=200_000.0 if first else 10_000.0,
                           geometry=HERE if first else THERE)  # fmt: skip
    missing = [one for one in results if one.verdict == "unknown"]
    ground = SimpleNamespace(rules=lambda kind: ())
    return SimpleNamespace(
        name=lambda language: name, water=water, district=small_district(), evidence=lambda: (),
        inquiry=SimpleNamespace(demand=SimpleNamespace(m3_per_year=demand), ground=ground),
        verdicts=SimpleNamespace(results=results, worst=worst, not_made=missing, site=site),
    )  # fmt: skip


FIRST = case("甲地", WET, demand=123_400.0, worst="restricted", verdicts=("restricted", "clear", "clear"))

SECOND = case("乙地", DRY, demand=None, worst="prohibited", verdicts=("prohibited", "clear", "unknown"))


def cells(html: str) -> dict[str, list[str]]:
    """The rows of a table of HTML by their first cell."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    plain = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return {row[0]: row[1:] for row in plain}


def scene(small: str, language: str = "zh", **told: object) -> SimpleNamespace:
    usual = {"given": None, "said": "{}", "changed": (), "on": None, "case": None, "asked": None, "shape": None}
    return SimpleNamespace(mark=small, language=language, **(usual | told))


def place(rank: int, shape, **told: object) -> Alternative:
    verdicts = SimpleNamespace(results=(), worst=told.pop("worst", "clear"))
    usual = {"score": 0.8123, "criteria": {}, "distance_m": 1_250.0, "better": ("slope",), "worse": (),
             "best_rank": 1, "worst_rank": 3, "kept_share": 0.95}  # fmt: skip
    return Alternative(rank=rank, site=SimpleNamespace(geometry=shape), verdicts=verdicts, **(usual | told))
