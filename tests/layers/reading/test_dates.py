"""Dates in the forms offices use; what is ambiguous or impossible is refused."""

from datetime import date

import pandas as pd
import pytest

from layers.reading.dates import parse_dates


@pytest.mark.parametrize(
    ("written", "expected", "key"),
    [
        ("2019-09-16", date(2019, 9, 16), None),
        ("2019年9月16日", date(2019, 9, 16), None),
        ("2019.9.16", date(2019, 9, 16), None),
        ("２０１９/９/１６", date(2019, 9, 16), None),
        ("20190916", date(2019, 9, 16), None),
        ("2019-09-16 00:00:00", date(2019, 9, 16), None),
        ("2019年9月", date(2019, 9, 1), "date_without_day"),
        ("2019.9", date(2019, 9, 1), "date_without_day"),
        ("2019", date(2019, 1, 1), "date_without_day"),
        ("43709", date(2019, 9, 1), "excel_serial"),
        ("16/9/2019", date(2019, 9, 16), None),
        ("9/10/2019", None, "ambiguous_date"),
        ("2019-02-30", None, "not_a_date"),
        ("去年", None, "not_a_date"),
        ("0019-09-16", None, "not_a_date"),
    ],
)
def test_written_dates(written, expected, key):
    values, faults = parse_dates(pd.Series([written], dtype="str"))
    assert (None if pd.isna(values[0]) else values[0].date()) == expected
    assert [fault.key for fault in faults] == ([key] if key else [])


def test_dates_lose_time_and_zone():
    values, _ = parse_dates(pd.Series(pd.to_datetime(["2019-09-16T13:00:00+08:00"])))
    assert values[0] == pd.Timestamp("2019-09-16")
    assert values.dtype == "datetime64[us]"
