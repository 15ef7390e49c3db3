"""The registration form of the water-saving evaluation (办节约〔2019〕206号) in its order, from the data set.

What the data set does not hold is said to be missing; nothing is guessed. Comparisons with like areas, the advanced and
the national level are not in any layer and stay open for the department.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.methods.siting.demand import Quota
from analysis.methods.siting.water.form import StatusYear
from analysis.methods.siting.water.total import Totals, totals_of, volume_m3
from analysis.rules.quotas import KIND, standing_of
from reports.origins import lacking_word
from reports.paper.content import Block, Heading, Line, Table, table
from reports.siting.case import SitingCase
from words import Language, text
from words.units import quantity

_LAYERS = ("water_use", "population", "economy", "irrigation_districts", "control_values", "daily_rain", "quotas")


def form_blocks(case: SitingCase, language: Language) -> Iterator[Block]:
    """The tables of the form, one after another."""
    filled = _Filled(case, language)
    yield Line(text("siting.paper.form.note", language))
    for layer in _LAYERS:
        if layer in case.district.broken:
            yield Line(lacking_word(case.district, (layer,), language=language))
    for part in ("region", "society", "levels", "quotas", "controls", "potential", "intake"):
        yield Heading(text(f"siting.paper.form.{part}", language), 2)
        rows = getattr(filled, part)()
        yield rows if isinstance(rows, Table) else _table(part, rows, filled, language)


def _table(part: str, rows: list[tuple[str, ...]], filled: _Filled, language: Language) -> Table:
    item = text("siting.paper.columns.item", language)
    if part == "levels":
        ends = [text(f"siting.paper.form.{key}", language) for key in ("same_type", "advanced", "national")]
        return table([item, *filled.years(), *ends], rows, widths=(60, 33, 33, 33, 33, 33, 33), right=range(1, 7))
    if part in ("region", "potential"):
        return table([item, text("siting.paper.columns.content", language)], rows, widths=(80, 170))
    return table([item, *filled.years()], rows, widths=(70, 60, 60, 60), right=range(1, 4))


class _Filled:
    """The rows of the form from one case; the status year is the latest the water-use table holds."""

    def __init__(self, case: SitingCase, language: Language) -> None:
        self.case, self.language = case, language
        self.tables = case.district.tables
        self.now = StatusYear(case.district)
        self.missing = text("units.missing", language)

    def years(self) -> list[str]:
        """The heads of status year and two planning years."""
        first = text("siting.paper.form.status_year", self.language, year=self.now.year or self.missing)
        return [first, *(text(f"siting.paper.form.{key}", self.language) for key in ("plan_first", "plan_second"))]

    def region(self) -> list[tuple[str, ...]]:
        """Region, rain; evaporation and resources per person are in no layer."""
        rain = self.case.inquiry.ground.whole_rain
        mean = None if rain is None else rain.mean_mm
        return [
            (self._row("region"), self.case.district.settings.name),
            (self._row("rain"), self._shown(mean, "mm")),
            (self._row("evaporation"), self.missing),
            (self._row("per_capita"), self.missing),
        ]

    def society(self) -> list[tuple[str, ...]]:
        """People, economy and use of the status year; planning years are the district's to fill in."""
        return [self._years(self._row(key), self._shown(value, unit)) for key, value, unit in self.now.society()]

    def levels(self) -> list[tuple[str, ...]]:
        """Intensities and rates of the status year."""
        blank = (self.missing,) * 5
        return [(self._row(key), self._shown(value, unit), *blank) for key, value, unit in self.now.levels()]

    def quotas(self) -> Table:
        """The quota that fits the project, beside what it asks for."""
        language, demand = self.language, self.case.inquiry.demand
        keys = ("general", "advanced_value", "project_value", "standard")
        heads = [text("siting.paper.project.product", language)]
        heads += [text(f"siting.paper.form.{key}", language) for key in keys]
        told = text("siting.paper.form.as_told", language, demand=self._shown(demand.m3_per_year, "m3_per_year"),
                    how=text(f"siting.demand.{demand.how}", language))  # fmt: skip
        quota = demand.quota
        if quota is None:
            name = self.case.verdicts.proposal.product or self.missing
            return table(heads, [(name, self.missing, self.missing, told, self.missing)], widths=(45, 40, 40, 85, 40))
        advanced = self.missing if quota.advanced_value is None else f"{quota.advanced_value:g} {quota.unit}"
        row = (quota.name, f"{quota.general_value:g} {quota.unit}", advanced, told, self._standard(quota))
        return table(heads, [row], widths=(45, 40, 40, 85, 40))

    def _standard(self, quota: Quota) -> str:
        """Where the quota is from; one that only serves as a reference says which the place prescribes."""
        rules = self.case.inquiry.ground.rules(KIND)
        standing, prescribed = standing_of(rules, sector=quota.sector, standard=quota.standard)
        if standing == "prescribed":
            return quota.standard
        if prescribed is None:
            return text("siting.paper.form.reference", self.language, standard=quota.standard)
        facts = {"standard": quota.standard, "prescribed": prescribed.cite(self.language)}
        return text("siting.paper.form.reference_instead", self.language, **facts)

    def controls(self) -> list[tuple[str, ...]]:
        """The district's control values of the status year and of later ones in the table."""
        kinds = (("total_use", "total_control"), ("irrigation_efficiency", "efficiency"), ("leakage", "leakage"))
        return [(self._row(row), *(self._controls_of(indicator) + [self.missing] * 3)[:3]) for indicator, row in kinds]

    def _controls_of(self, indicator: str) -> list[str]:
        found = self.tables.get("control_values")
        if found is None or self.now.year is None:
            return []
        rows = found[(found["subject"] == "district") & (found["indicator"] == indicator)].sort_values("year")
        return [self._control_text(row, indicator) for row in rows[rows["year"] >= self.now.year].to_dict("records")]

    def potential(self) -> list[tuple[str, ...]]:
        """Saving potential; only what unconventional water could replace at this site is computed."""
        water = self.case.water
        parts = [volume for volume in (water.rain_m3, water.reclaimed_m3) if volume is not None]
        replaced = self._shown(sum(parts) if len(parts) == 2 else None, "m3_per_year")
        keys = ("demand_agriculture", "demand_industry", "demand_domestic", "supply_system")
        return [*((self._row(key), self.missing) for key in keys), (self._row("supply_unconventional"), replaced)]

    def intake(self) -> list[tuple[str, ...]]:
        """What the project abstracts itself; a customer of the public network abstracts nothing new."""
        proposal, found = self.case.verdicts.proposal, totals_of(self.case.inquiry)
        used = [one.existing_m3 for one in found.known if one.of == "use"] if isinstance(found, Totals) else []
        own = self.case.inquiry.demand.m3_per_year if proposal.is_intake else 0.0
        rows = [("intake_scale", used[0] if used else None), ("intake_increment", own)]
        return [self._years(self._row(key), self._shown(value, "m3_as_wan_m3")) for key, value in rows]

    def _row(self, key: str) -> str:
        return text(f"siting.paper.form.rows.{key}", self.language)

    def _shown(self, value: float | None, unit: str | None) -> str:
        return quantity(value, unit, self.language)

    def _years(self, *cells: str) -> tuple[str, ...]:
        return (*cells, self.missing, self.missing)

    def _control_text(self, row: dict[str, object], indicator: str) -> str:
        value, unit = float(row["value"]), {"irrigation_efficiency": "ratio", "leakage": "share"}.get(indicator)
        if unit is None:
            return self._pair(row, volume_m3(value, row["unit"]), "m3_as_wan_m3")
        return self._pair(row, value, unit)

    def _pair(self, row: dict[str, object], value: float | None, unit: str) -> str:
        return text("siting.paper.pair", self.language, name=row["year"], value=self._shown(value, unit))
