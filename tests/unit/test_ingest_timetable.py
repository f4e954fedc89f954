"""Timetables: departures by class of day and hour, the fullest week, the commonest course; the county's own archives."""

import json
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
import shapely

from trigpoint.core.county.make import make_geography
from trigpoint.demo import gtfs
from trigpoint.ingest.definitions import load_definitions
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.schemas_layers import DEPARTURES
from trigpoint.ingest.sheet import first_faults
from trigpoint.ingest.steps.read_gtfs import read_gtfs
from trigpoint.ingest.steps.service_days import fullest_week
from trigpoint.ingest.steps.timetable import timetable, timetable_sheet

BUS = load_definitions()["bus_timetable"]
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def table(header, *rows):
    """A table of text."""
    names = header.split()
    return pa.table(
        {name: pa.array([str(row[n]) for row in rows], pa.string()) for n, name in enumerate(names)}
    )


def calendar(service, days, start="20260101", end="20261231"):
    return (service, *(int(day in days) for day in WEEK), start, end)


CALENDAR = f"service_id {' '.join(WEEK)} start_date end_date"
CALLS = "trip_id arrival_time departure_time stop_id stop_sequence"
ROUTES = "route_id agency_id route_short_name route_long_name route_type"


def calls(trip, hour):
    """A run from A over B to C."""
    return [(trip, f"{hour}:0{n}:00", f"{hour}:0{n}:00", stop, n) for n, stop in enumerate("ABC")]


def tables(**other):
    """Two routes: 7 runs A-B-C on weekdays at 8 and 15, on Saturdays at 9, and a short A-C once; T is a train."""
    stops = [("A", "Quay  Lane", 51.70, 0.50), ("B", "Market", 51.71, 0.51), ("C", "Mill", 51.72, 0.52)]
    trips = [("7", "wd", "t1", 0), ("7", "wd", "t2", 0), ("7", "sa", "t3", 0), ("7", "wd", "t4", 0)]
    late = [("t4", "25:10:00", "25:10:00", "A", 0), ("t4", "25:20:00", "25:20:00", "C", 1)]
    train = [("t5", "07:00:00", "07:00:00", "C", 5), ("t5", "07:30:00", "07:30:00", "A", 9)]
    made = {
        "stops": table("stop_id stop_name stop_lat stop_lon", *stops),
        "routes": table(ROUTES, ("7", "1", "7", "Quay - Mill", 3), ("T", "1", "", "Coast", 2)),
        "agency": table("agency_id agency_name", ("1", "Marl Buses")),
        "trips": table("route_id service_id trip_id direction_id", *trips, ("T", "wd", "t5", 1)),
        "stop_times": table(CALLS, *calls("t1", "08"), *calls("t2", "15"), *calls("t3", "09"), *late, *train),
        "calendar": table(CALENDAR, calendar("wd", WEEK[:5]), calendar("sa", WEEK[5:6])),
    }
    return {**made, **other}


def stops_of(sheet, row):
    """Each stop's departures, classes of day by hours."""
    told = json.loads(sheet.text("stops")[row].as_py())
    return {stop["ref"]: np.array(stop["departures"]).reshape(3, 24) for stop in told}


def test_departures_are_counted_by_class_of_day_and_hour_and_nobody_leaves_a_terminus():
    sheet = timetable_sheet(tables(), BUS)
    assert sheet.text("route").to_pylist() == ["7", "T"]
    stops = stops_of(sheet, 0)
    assert list(stops) == ["A", "B", "C"]
    weekdays, saturday, sunday = stops["A"]
    assert {hour: int(weekdays[hour]) for hour in np.flatnonzero(weekdays)} == {1: 1, 8: 1, 15: 1}
    assert {hour: int(saturday[hour]) for hour in np.flatnonzero(saturday)} == {9: 1}
    assert sunday.sum() == 0
    assert stops["C"].sum() == 0


def test_the_order_of_rows_does_not_matter():
    shuffled = {
        name: made.take(pa.array(list(reversed(range(len(made)))))) for name, made in tables().items()
    }
    first, second = timetable_sheet(tables(), BUS), timetable_sheet(shuffled, BUS)
    assert {n: c.to_pylist() for n, c in first.columns.items()} == {
        n: c.to_pylist() for n, c in second.columns.items()
    }


def test_two_months_of_one_timetable_in_a_file_are_not_counted_twice():
    twice = tables(
        calendar=table(
            CALENDAR,
            calendar("wd", WEEK[:5], "20260105", "20260131"), calendar("sa", WEEK[:5], "20260202", "20260228"),
        )
    )  # fmt: skip
    weekdays = stops_of(timetable_sheet(twice, BUS), 0)["A"][0]
    assert weekdays.sum() == 3


def test_days_added_and_taken_away_count():
    number, days = fullest_week(
        {
            "calendar": table(CALENDAR, calendar("wd", WEEK[:5], "20260105", "20260111")),
            "calendar_dates": table("service_id date exception_type", ("wd", "20260105", 2), ("wd", "20260110", 1)),
            "trips": table("service_id trip_id", ("wd", "t")),
        }
    )  # fmt: skip
    assert days[number["wd"]].tolist() == [False, True, True, True, True, True, False]


def test_a_course_without_a_shape_goes_from_stop_to_stop():
    made = timetable(timetable_sheet(tables(), BUS))
    line = shapely.from_wkb(made.columns["wkb"][0].as_py())
    assert (line.geom_type, len(line.coords)) == ("LineString", 3)
    assert list(first_faults(made.faults, 2)) == [-1, -1]
    assert made.columns["mode"].to_pylist() == ["bus", "rail"]
    assert made.columns["name"].to_pylist() == ["7 Quay - Mill", "Coast"]
    assert made.columns["direction"].to_pylist() == [0, 1]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("calendar", table("service_id", *[])),
        ("trips", table("route_id service_id trip_id direction_id", *[])),
        ("stops", table("stop_id stop_name stop_lat stop_lon", ("A", "Quay", "north", "0.5"))),
        (
            "calendar",
            table(CALENDAR, calendar("wd", WEEK, "1 Jan", "2 Jan")),
        ),
    ],
)
def test_an_archive_that_cannot_be_right_is_refused_in_words(name, broken):
    with pytest.raises(LoadRefused):
        timetable_sheet(tables(**{name: broken}), BUS)


@pytest.mark.parametrize(
    ("write", "definition"), [(gtfs.write_bus, "bus_timetable"), (gtfs.write_rail, "rail_timetable")]
)
def test_the_countys_own_archives_balance(tmp_path, write, definition):
    path = tmp_path / "gtfs.zip"
    written = write(path, make_geography(5, "village"), end=date(2026, 10, 31))
    found = read_gtfs(path)
    sheet = timetable_sheet(found, load_definitions()[definition])
    departures = sum(
        counts[0].sum() for row in range(len(sheet.rows)) for counts in stops_of(sheet, row).values()
    )
    # The county's services run daily, so a weekday has every departure but those from a terminus, where a trip ends.
    assert departures == len(found["stop_times"]) - len(found["trips"])
    assert len(sheet.rows) == written
    assert len(
        set(zip(sheet.text("route").to_pylist(), sheet.text("direction").to_pylist(), strict=True))
    ) == len(sheet.rows)
    assert all(len(stop["departures"]) == DEPARTURES for stop in json.loads(sheet.text("stops")[0].as_py()))
