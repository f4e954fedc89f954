"""Laws of how the county's agencies send what they hold: nothing lost, nothing known too early, registers whole."""

from datetime import date

import numpy as np
import pytest

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.attendance import term_weeks
from trigpoint.core.county.feeds.breakage import SPOILINGS, with_broken
from trigpoint.core.county.feeds.habits import HABITS, periods
from trigpoint.core.county.feeds.nicknames import abbreviated, nickname, slipped
from trigpoint.core.county.feeds.positions import degrees, grid_references
from trigpoint.core.county.feeds.registers import sent_registers
from trigpoint.core.county.feeds.sending import Sent, sent_files
from trigpoint.core.county.feeds.spellings import (
    american_minute,
    excel_serial,
    universal,
    weekday_and_ordinal,
)
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import CountyRecords, make_records
from trigpoint.core.county.tables import Table, table_of
from trigpoint.core.geography.crs import to_national_grid

END = date(2026, 10, 31)
FIRST, LAST = np.datetime64("2024-09-01"), np.datetime64("2026-10-31")
BY_KEY = (
    "social_care_missing",
    "social_care_contacts",
    "police_incidents",
    "police_missing",
    "return_interviews_rhi",
)


@pytest.fixture(scope="module")
def village() -> CountyRecords:
    return make_records(make_geography(5, "village"), 5, end=END)


def sent(village: CountyRecords, feed: str) -> list[Sent]:
    return list(sent_files(feed, village.feeds[feed], FIRST, LAST, np.random.default_rng(1)))


def sound(one: Sent, feed: str) -> list[tuple[str, ...]]:
    """Rows that no spoiling touched: those that hold none of its cells in its columns."""
    rows = list(zip(*(c.tolist() for c in one.table.columns.values()), strict=True))
    names = list(one.table.columns)
    bad = {
        (name, cell) for spoiling in SPOILINGS[feed] for name in spoiling.columns for cell in spoiling.cells
    }
    return [row for row in rows if not any(pair in bad for pair in zip(names, row, strict=True))]


@pytest.mark.parametrize("feed", BY_KEY)
def test_the_last_that_was_sent_of_each_row_is_what_is_known_at_last(
    village: CountyRecords, feed: str
) -> None:
    table = village.feeds[feed].table
    key = list(table.columns).index(HABITS[feed].key or "")
    latest = {row[key]: row for one in sent(village, feed) for row in sound(one, feed)}
    known = list(zip(*(column.tolist() for column in table.columns.values()), strict=True))
    assert set(latest) == {row[key] for row in known}
    told_later = {
        table.columns[HABITS[feed].key or ""][row]
        for late in village.feeds[feed].late
        for row, at in zip(late.rows.tolist(), late.known_at, strict=True)
        if at.astype("datetime64[D]") > LAST
    }
    assert [row for row in known if latest[row[key]] != row and row[key] not in told_later] == []


def test_an_episode_is_open_until_the_child_is_back(village: CountyRecords) -> None:
    records = village.feeds["social_care_missing"]
    late = records.late[0]
    shown = {
        row[0]: row[6]
        for one in reversed(sent(village, "social_care_missing"))
        for row in sound(one, "social_care_missing")
    }
    months = periods("month", FIRST, LAST)
    waits = months.of(late.known_at) > months.of(records.filed_at[late.rows])
    for row in late.rows[waits].tolist():
        assert shown[records.table.columns["miss_table_id"][row]] in {"", "31/12/9999"}


@pytest.mark.parametrize("feed", [name for name, habit in HABITS.items() if habit.sends == "whole"])
def test_a_register_never_forgets_an_entry(village: CountyRecords, feed: str) -> None:
    if feed in village.feeds:
        files = sent(village, feed)
        sizes = [one.table.rows - one.broken for one in files]
    else:
        files = list(sent_registers(feed, village.registers[feed], FIRST, LAST, np.random.default_rng(1)))
        sizes = [one.table.rows - one.broken for one in files]
        assert all(
            (one.table.columns["served_dt"] <= str(one.covers_to)).sum() >= one.table.rows - one.broken
            for one in files
        )
    assert sizes == sorted(sizes)
    assert [one.received_on for one in files] == sorted(one.received_on for one in files)


@pytest.mark.parametrize("every", ["week", "month", "quarter", "half-year"])
def test_periods_cover_every_day_once(every: str) -> None:
    covered = periods(every, FIRST, LAST)
    days = np.arange(FIRST, LAST + 1).astype("datetime64[m]")
    number = covered.of(days)
    assert number[0] == 0
    assert number[-1] == len(covered.names) - 1
    assert set(np.diff(number).tolist()) <= {0, 1}
    assert len(set(covered.names)) == len(covered.names)


def test_half_terms_hold_every_week_of_term() -> None:
    covered = periods("half-term", FIRST, LAST)
    weeks = term_weeks(FIRST, LAST)
    assert covered.of(weeks.astype("datetime64[m]")).max() == len(covered.names) - 1
    assert len(covered.names) in range(11, 15)


def test_broken_rows_are_added_and_none_is_lost() -> None:
    rows = 4_000
    names = {c for spoiling in SPOILINGS["police_missing"] for c in spoiling.columns} | {"mp_ref"}
    whole = table_of({name: np.array([f"{name} {n}" for n in range(rows)]) for name in sorted(names)})
    spoiled, count = with_broken(whole, "police_missing", np.random.default_rng(4))
    assert 15 <= count <= 75
    assert spoiled.rows == rows + count
    kept = set(zip(*(column.tolist() for column in spoiled.columns.values()), strict=True))
    assert set(zip(*(column.tolist() for column in whole.columns.values()), strict=True)) <= kept


def test_a_file_of_few_rows_has_none_broken() -> None:
    few = Table({"count": np.array(["1", "2", "3"])})
    assert with_broken(few, "police_nrm", np.random.default_rng(1)) == (few, 0)


def test_grid_references_are_those_of_the_map() -> None:
    """TG 51409 13177 is the example of the Ordnance Survey's own guide; TQ 30 80 lies in London."""
    assert grid_references(np.array([651_409.0, 530_000.0]), np.array([313_177.0, 180_000.0])).tolist() == [
        "TG 514 131",
        "TQ 300 800",
    ]
    assert grid_references(np.array([np.nan]), np.array([np.nan])).tolist() == [""]


def test_clocks_of_other_systems() -> None:
    at = np.array(["2026-03-04T21:15", "2026-07-01T00:05", "2026-10-25T12:00"], dtype="datetime64[m]")
    assert universal(at).tolist() == ["2026-03-04T21:15:00Z", "2026-06-30T23:05:00Z", "2026-10-25T12:00:00Z"]
    assert american_minute(at)[:2].tolist() == ["03/04/2026 09:15:00 PM", "07/01/2026 12:05:00 AM"]
    assert excel_serial(np.array(["2025-09-01"], dtype="datetime64[m]")).tolist() == ["45901"]
    assert weekday_and_ordinal(np.array(["2026-07-03", "2026-07-11"], dtype="datetime64[m]")).tolist() == [
        "Fri 3rd",
        "Sat 11th",
    ]


def test_what_places_are_called() -> None:
    assert abbreviated("Station Road") == "Station Rd"
    assert abbreviated("The Ropewalk") == "The Ropewalk"
    assert nickname("park", "Manor Recreation Ground", "", 0.0) == "the Rec"
    assert nickname("shop", "Mill Lane Fish Bar", "Mill Lane", 0.0) == "chippy on Mill Ln"
    assert slipped("Rec", 0.5) == "Rec"
    assert all(abs(len(slipped("Coronation Park", c)) - 15) <= 1 for c in np.linspace(0, 0.99, 40))


def test_nobody_invented_could_be_real() -> None:
    who = np.arange(5_000)
    assert all(word[:9] in {"01632 960", "07700 900"} for word in persons.telephones(who).tolist())
    assert all(word.startswith("ZZ") for word in persons.plates(who).tolist())
    assert all(word.startswith("ZZ99 ") for word in persons.health_numbers(who).tolist())
    np.testing.assert_array_equal(persons.full_names(who), persons.full_names(who.copy()))
    assert len(set(persons.full_names(who).tolist())) > 3_500


def test_degrees_are_those_of_the_way_in() -> None:
    longitude, latitude = degrees(np.array([600_000.0, np.nan]), np.array([380_000.0, np.nan]))
    easting, northing = to_national_grid(longitude[:1], latitude[:1])
    assert abs(easting[0] - 600_000) < 0.5
    assert abs(northing[0] - 380_000) < 0.5
    assert np.isnan(longitude[1])
