"""Dates as workbooks, youth workers and exports write them."""

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.reading_files import places
from trigpoint.ingest.codes import PRECISION
from trigpoint.ingest.definition_records import When
from trigpoint.ingest.sheet import Sheet, first_faults
from trigpoint.ingest.steps.dates import occurred, parse
from trigpoint.ingest.steps.dates_odd import by_evidence, unmistakable, weekdays


def readings(words, *formats):
    return parse(pa.array(words, pa.string()), formats)[0].tolist()


def days(first, last):
    return st.dates(date.fromisoformat(first), date.fromisoformat(last))


def rows(told, columns, **more):
    """`occurred` over rows of text: from, to, precision and the rule that each row breaks."""
    count = len(next(iter(columns.values())))
    sheet = Sheet(
        places(),
        {name: pa.array(values, pa.string()) for name, values in columns.items()},
        np.arange(1, count + 1, dtype=np.int32),
        {},
        **more,
    )
    start, end, precision, faults = occurred(sheet, When.model_validate(told))
    first = first_faults(faults, count)
    return start.tolist(), end.tolist(), precision.tolist(), [faults[n].rule if n >= 0 else "" for n in first]


DAY_FIRST = [{"format": "%d/%m/%Y", "precision": "day"}]
MINUTES = [{"format": "%Y-%m-%d %H:%M", "precision": "minute"}]


@given(days("1950-01-01", "2099-12-31"), st.integers(0, 86_399))
def test_a_workbooks_day_number_is_the_day_and_second_that_it_stands_for(day, second):
    told = (day - date(1899, 12, 30)).days + second / 86_400
    expected = datetime.combine(day, datetime.min.time()) + timedelta(seconds=second)
    assert readings([f"{told:.10f}"], "excel") == [expected]
    assert readings([f"{(day - date(1899, 12, 30)).days}"], "excel") == [
        datetime.combine(day, datetime.min.time())
    ]


@pytest.mark.parametrize("word", ["1234", "99999", "20260304", "-45000", "45000x", "", "4.5e4", "17"])
def test_other_numbers_are_no_days(word):
    assert readings([word], "excel") == [None]


def test_published_day_numbers():
    # ECMA-376 part 1, 18.17.4.1: serial 39448 is 1 January 2008; 0.5 is noon.
    assert readings(["39448", "39448.5"], "excel") == [datetime(2008, 1, 1), datetime(2008, 1, 1, 12)]


def slowly(weekday, day, near, kind):
    """Every day of two months around, looked at one by one."""
    span = {"received": range(-92, 1), "month": range(0, 31), "column": range(-31, 32)}[kind]
    fits = [d for n in span if (d := near + timedelta(days=n)).day == day and d.strftime("%a") == weekday]
    if kind == "month":
        return next((d for d in fits if d.month == near.month), None)
    if kind == "received":
        return max(fits, default=None)
    nearest = sorted(fits, key=lambda d: abs((d - near).days))
    if len(nearest) > 1 and abs((nearest[0] - near).days) == abs((nearest[1] - near).days):
        return None
    return nearest[0] if nearest else None


@given(
    days("2020-01-01", "2029-12-31"), st.sampled_from(["received", "month", "column"]), st.integers(-40, 40)
)
def test_a_weekday_is_found_as_by_looking_at_every_day(day, kind, away):
    near = (day + timedelta(days=away)).replace(day=1) if kind == "month" else day + timedelta(days=away)
    found = weekdays(pa.array([f"{day:%a} {day.day}th"]), np.array([near], dtype="datetime64[D]"), kind)[0]
    expected = slowly(f"{day:%a}", day.day, near, kind)
    assert (None if np.isnat(found) else found.astype("datetime64[D]").item()) == expected


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Fri 3rd", date(2026, 4, 3)),
        ("Friday 3rd", date(2026, 4, 3)),
        ("fri. 3", date(2026, 4, 3)),
        ("Sat 28th March", date(2026, 3, 28)),
        ("Tue 23 of Dec", date(2025, 12, 23)),
        ("Fri 4th", None),
        ("Fri", None),
        ("3rd", None),
        ("Fri 31st", None),
        ("", None),
    ],
)
def test_weekdays_before_the_day_of_receipt(word, told):
    found = weekdays(pa.array([word]), np.array(["2026-04-14"], dtype="datetime64[D]"), "received")[0]
    assert (None if np.isnat(found) else found.astype("datetime64[D]").item()) == told


def weekday_format(**more):
    return {"start": ["date"], "formats": [{"format": "weekday", "precision": "day"}, *DAY_FIRST], **more}


def test_a_weekday_lies_near_the_day_of_receipt_the_files_month_or_another_column():
    columns = {"date": ["Fri 3rd", "14/03/2026"], "entered": ["07/07/2026", ""]}
    received, month = date(2026, 4, 14), date(2026, 7, 1)
    near_receipt = rows(weekday_format(), columns, received=received, month=month)
    near_month = rows(weekday_format(dates_near="the file's name"), columns, received=received, month=month)
    near_column = rows(weekday_format(dates_near="entered"), columns, received=received, month=month)
    assert [found[0][0] for found in (near_receipt, near_month, near_column)] == [
        datetime(2026, 4, 3), datetime(2026, 7, 3), datetime(2026, 7, 3),
    ]  # fmt: skip
    assert near_receipt[2] == [PRECISION["day"]] * 2


def test_a_weekday_with_nothing_to_lie_near_is_not_a_date():
    assert rows(weekday_format(), {"date": ["Fri 3rd"]})[3] == ["not a date"]
    assert rows(weekday_format(dates_near="the file's name"), {"date": ["Fri 3rd"]})[3] == ["not a date"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("2026-07-01 12:00Z", datetime(2026, 7, 1, 13)),
        ("2026-07-01 12:00 BST", datetime(2026, 7, 1, 12)),
        ("2026-07-01 12:00 GMT", datetime(2026, 7, 1, 13)),
        ("2026-07-01 12:00+01:00", datetime(2026, 7, 1, 12)),
        ("2026-01-01 12:00+0100", datetime(2026, 1, 1, 11)),
        ("2026-01-01 12:00Z", datetime(2026, 1, 1, 12)),
        ("2026-01-01 12:00", None),
    ],
)
def test_readings_that_say_their_zone_become_local_ones(word, told):
    assert readings([word], "%Y-%m-%d %H:%M%z") == [told]


def test_a_zone_that_is_written_is_not_applied_twice():
    formats = [{"format": "%Y-%m-%d %H:%M%z", "precision": "minute"}, *MINUTES]
    columns = {"date": ["2026-07-01 12:00Z", "2026-07-01 12:00", "2026-07-01 12:00 BST"]}
    told = {"start": ["date"], "formats": formats, "zone": "utc"}
    assert [reading.hour for reading in rows(told, columns)[0]] == [13, 13, 12]


def test_fractions_of_a_second_are_passed_over_where_the_format_has_them():
    words = ["2026-03-04 00:00:00.000", "2026-03-04 10:11:12.347", "2026-03-04 10:11:12"]
    assert readings(words, "%Y-%m-%d %H:%M:%S.%f") == [
        datetime(2026, 3, 4),
        datetime(2026, 3, 4, 10, 11, 12),
        None,
    ]


def test_midnight_may_mean_that_no_hour_is_known():
    columns = {"date": ["2026-03-04 00:00", "2026-03-04 00:01"]}
    told = {"start": ["date"], "formats": MINUTES, "midnight": "no hour"}
    assert rows(told, columns)[2] == [PRECISION["day"], PRECISION["minute"]]


@pytest.mark.parametrize("end", ["31/12/9999", "9999-12-31", "9999-12-31 00:00:00", ""])
def test_the_year_9999_means_that_there_is_no_end(end):
    start, until, _, rules = rows(
        {"start": ["date"], "end": "end", "formats": DAY_FIRST}, {"date": ["01/02/2026"], "end": [end]}
    )
    assert (start, until, rules) == ([datetime(2026, 2, 1)], [datetime(2026, 2, 1)], [""])


def test_ends_in_impossible_years_and_starts_without_end_are_told():
    told = {"start": ["date"], "end": "end", "formats": DAY_FIRST}
    columns = {"date": ["01/02/2026", "31/12/9999", "02/02/2026"], "end": ["01/02/2526", "", "01/02/2026"]}
    odd = "a year before 1950 or after 2100"
    assert rows(told, columns)[3] == [odd, odd, "the end is before the start"]


def test_dates_with_the_month_first_are_not_taken_where_the_definition_does_not_list_them():
    american = ["03/25/2026", "04/05/2026", "12/31/2025"]
    assert (
        rows({"start": ["date"], "formats": DAY_FIRST}, {"date": american})[3]
        == ["dates with the month first"] * 3
    )
    slip = ["25/03/2026", "04/05/2026", "31/12/2025", "04/31/2026"]
    assert rows({"start": ["date"], "formats": DAY_FIRST}, {"date": slip})[3] == ["", "", "", "not a date"]


def test_where_both_orders_are_listed_the_cells_decide():
    both = [*DAY_FIRST, {"format": "%m/%d/%Y", "precision": "day"}]
    told = {"start": ["date"], "formats": both}
    assert rows(told, {"date": ["03/25/2026", "04/05/2026"]})[0][1] == datetime(2026, 4, 5)
    assert rows(told, {"date": ["25/03/2026", "04/05/2026"]})[0][1] == datetime(2026, 5, 4)
    assert rows(told, {"date": ["04/05/2026"]})[0][0] == datetime(2026, 5, 4)


@given(
    st.lists(days("2020-01-01", "2029-12-31"), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_what_is_unmistakable_is_counted_and_decides(told, shape):
    words = pa.array([f"{day:{shape}}" for day in told])
    clear = sum(day.day > 12 for day in told)
    assert unmistakable(words) == ((clear, 0) if shape == "%d/%m/%Y" else (0, clear))
    formats = ("%d/%m/%Y", "%m/%d/%Y", "%Y")
    if clear:
        assert parse(words, formats)[0].tolist() == [datetime.combine(d, datetime.min.time()) for d in told]
    assert sorted(by_evidence(words, formats)) == [0, 1, 2]


def test_short_dates_of_a_spreadsheet():
    assert readings(["1-Sep-25", "01-sep-25", "1-Sept-25"], "%d-%b-%y") == [
        datetime(2025, 9, 1), datetime(2025, 9, 1), None,
    ]  # fmt: skip
