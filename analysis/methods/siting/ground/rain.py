"""The district's daily rain as siting needs it: the design rain of a control rate and the design day."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.formulas.rain.control_rate import design_rain_mm
from analysis.formulas.rain.record import LONG_ENOUGH_YEARS, Record, design_day_mm, record_of
from analysis.rules.rain import printed_mm
from layers.district import District


def district_record(district: District) -> Record | None:
    """The whole years of the district's daily record, none where it has none."""
    table = district.tables.get("daily_rain")
    if table is None or table.empty:
        return None
    record = record_of(table)
    return record.whole if record.whole_years else None


def control_rain_mm(
    record: Record | None, assumed: Mapping[str, float], *, printed: Mapping[float, float]
) -> float | None:
    """The design rain of the control rate; under 30 whole years what is printed for the place, none without that."""
    if record is None or len(record.whole_years) < LONG_ENOUGH_YEARS:
        return printed_mm(printed, assumed["control_rate"])
    return float(design_rain_mm(record.rain_mm, assumed["control_rate"]))


def storm_day_mm(record: Record | None, assumed: Mapping[str, float]) -> float | None:
    """The daily rain reached or exceeded once in the return period; none without a record."""
    return None if record is None else design_day_mm(record, return_period_a=assumed["rain_return_period_a"])
