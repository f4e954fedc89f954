"""What a played year is held against: its own frozen places, its files in their order, and not one byte moved in silence."""

import csv
import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from benchmarks._year import Script, Year, at_nine, meeting_days
from benchmarks._year_files import LATE_DAYS, _with_cancelled, made_late
from benchmarks._year_meetings import digests_of, frozen_places, new_closures
from benchmarks.a_year import _moved_without_a_word, replay
from tests.factories.meeting_home import AT, DELIVERIES, adopt, deliver, publish_world
from tests.factories.world import World, random_records
from trigpoint.changes.accounts import open_account
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.meetings import plan_meeting
from trigpoint.changes.restating import restate
from trigpoint.db.models import KeptAnswer
from trigpoint.store.connection import let_go_of_others


@dataclass(frozen=True)
class Sent:
    definition: str
    path: Path
    received_at: datetime


def test_a_year_has_twelve_third_wednesdays():
    days = meeting_days(12)
    assert (days[0], days[-1]) == (date(2025, 11, 19), date(2026, 10, 21))
    assert all(one.weekday() == 2 and 15 <= one.day <= 21 for one in days)


def test_one_file_of_each_late_feed_comes_two_months_after_its_day():
    days = (date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5))
    files = [
        Sent(feed, Path(f"{feed}_{day}.csv"), at_nine(day))
        for day in days
        for feed in ("police_crime", "social_care_missing", "education_concerns")
    ]
    year = Year(Script())
    told = made_late(files, year)
    before, after = ({one.path: one.received_at for one in each} for each in (files, told))
    moved = {str(path): (after[path] - before[path]).days for path in before if after[path] != before[path]}
    assert moved == {
        "police_crime_2026-02-05.csv": LATE_DAYS,
        "social_care_missing_2026-02-05.csv": LATE_DAYS,
    }
    assert [one.received_at for one in told] == sorted(after.values())
    assert len(year.late) == 2


def test_a_corrected_file_has_every_row_again_and_cancels_some(tmp_path):
    sent = tmp_path / "crime.csv"
    lines = [["ref", "outcome"], *([str(number), "Charged"] for number in range(45))]
    with sent.open("w", newline="") as write:
        csv.writer(write).writerows(lines)
    with _with_cancelled(sent).open(newline="") as read:
        again = list(csv.reader(read))
    assert [line[0] for line in again] == [line[0] for line in lines]
    assert [line[0] for line in again if line[1].startswith("Cancelled")] == ["0", "20", "40"]
    sent.write_text("ref,place\n1,Here\n")
    assert _with_cancelled(sent) is None


def test_a_meeting_decides_at_its_hotspots_then_where_it_comes_nearest_to_one():
    hotspots = [
        {"name": "Old Road", "units": ["S2", "S1"], "verdict": "many"},
        {"name": "", "units": [], "verdict": "few"},
    ]
    rows = [
        {"code": code, "name": f"Street {code}", "count": count, "p": p, "hotspot": hotspot}
        for code, count, p, hotspot in (
            ("S1", 9, 0.001, 1), ("S3", 4, 0.2, 0), ("S4", 5, 0.1, 0), ("S5", 0, 0.01, 0), ("S6", 3, None, 0),
        )
    ]  # fmt: skip
    told = frozen_places({"rows": rows, "parts": {"hotspots": hotspots}})
    assert [(one["units"], one["hot"]) for one in told] == [
        (["S2", "S1"], True),
        (["S4"], False),
        (["S3"], False),
    ]


def test_a_closure_is_taken_once_and_only_where_its_street_is_told():
    row = {"kind": "closure", "starts": "2025-11-01", "place": "S1"}
    rows = [
        row,
        row | {"place": "S2", "starts": "2025-10-02"},
        row | {"place": "W01"},
        row | {"starts": "2025-03-01"},
        row | {"kind": "notice"},
    ]
    streets = {"S1", "S2"}
    assert new_closures({"rows": rows}, set(), streets) == [rows[1], rows[0]]
    assert new_closures({"rows": rows}, {("S1", "2025-11-01")}, streets) == [rows[1]]


@pytest.fixture
def frozen(home, at):
    """A year of one meeting that kept two answers, of a home whose chair may read them."""
    deliver()
    adopt({"agency": "open_data"}, {"agency": "social_care"}, {"agency": "police"})
    publish_world(home, World(random_records(7, 300), ()), 1)
    for user, role in (("chair", "chair"), ("gov", "governance")):
        open_account(user=user, role=role, agency="social_care", password=None, by="analyst", at=AT)
    number = plan_meeting(quadrant="", held_on=date(2024, 7, 10), by="chair", at=AT)
    freeze_meeting(number=number, version=1, by="chair", at=AT, may_wait=True, only=("hot-now", "notices"))
    year = Year(Script())
    year.kept[number] = digests_of(number)
    yield number, year
    let_go_of_others(None)


def test_what_was_erased_is_said_and_the_rest_has_the_bytes_of_its_day(frozen):
    number, year = frozen
    restate(deliveries=[DELIVERIES["police_crime"]], because="rows were erased", by="gov", at=AT)
    replay(number, year)
    assert list(_moved_without_a_word(year)) == []
    assert year.faults == []
    why = {name: words for name, _, words in year.replay}
    assert why["hot-now"] == "restated: rows were erased"


def test_an_answer_that_moved_in_silence_is_told(frozen):
    number, year = frozen
    line = KeptAnswer.objects.get(meeting_id=number, name="hot-now")
    told = json.loads(zlib.decompress(bytes(line.content)))
    told["about"]["total"] += 1
    line.content = zlib.compress(json.dumps(told).encode())
    line.save()
    assert list(_moved_without_a_word(year)) == [f"meeting {number}: hot-now moved without a word"]
