"""Dates: strict where Arrow is lenient, and the same clock as the standard library's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.ingest.steps.dates import parse, utc_offset_min, utc_to_local

FORMATS = ("%d/%m/%Y", "%Y-%m-%d %H:%M", "%d-%b-%y", "%Y-%m", "%Y-%m-%d %H:%M:%S.000")
LONDON = ZoneInfo("Europe/London")


def slowly(word):
    for number, format_ in enumerate(FORMATS):
        try:
            return datetime.strptime(word, format_), number
        except ValueError:
            continue
    return None, -1


def fast(words):
    readings, used = parse(pa.array(words, pa.string()), FORMATS)
    return list(zip(readings.tolist(), used.tolist(), strict=True))


@pytest.mark.parametrize(
    "word",
    ["31/02/2024", "29/02/2023", "29/02/2024", "31/04/2024", "1/2/2024", "1-Sep-25", "01-SEP-25", "2024-01", "2024-13",
     "2024-1", "", "04/03/2026 ", "2026-03-04 24:00", "2026-03-04 00:00:00.000", "Fri 3rd", "12/25/2024",
     "2026-03-04 09:5"],
)  # fmt: skip
def test_edge_cases_are_read_as_the_standard_library_reads_them(word):
    assert fast([word]) == [slowly(word)]


@given(
    st.lists(
        st.builds("{:02d}/{:02d}/{}".format, st.integers(0, 33), st.integers(0, 14), st.integers(1990, 2030))
    )
)
def test_any_day_month_and_year_are_read_as_the_standard_library_reads_them(words):
    assert fast(words) == [slowly(word) for word in words]


@given(st.lists(st.datetimes(datetime(1952, 1, 1), datetime(2099, 12, 31)), min_size=1, max_size=8))
def test_local_readings_and_offsets_equal_the_standard_librarys(instants):
    utc = np.array(instants, dtype="datetime64[us]")
    expected = [instant.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None) for instant in instants]
    local = utc_to_local(utc)
    assert local.tolist() == expected
    offsets = [int(reading.replace(tzinfo=LONDON).utcoffset().total_seconds() // 60) for reading in expected]
    assert utc_offset_min(local).tolist() == offsets


def test_the_hour_that_happens_twice_is_read_as_its_first():
    twice = np.array(["2026-10-25T01:30"], dtype="datetime64[us]")
    assert utc_offset_min(twice).tolist() == [60]
