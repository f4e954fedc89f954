"""Once a day a served home tells agencies what is due: from seven in London, again where it failed, never in a demo."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from trigpoint.cli import daily


@pytest.mark.parametrize(
    ("at", "told", "day"),
    [
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), None, None),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), None, date(2026, 11, 23)),
        (datetime(2026, 6, 23, 6, 0, tzinfo=UTC), None, date(2026, 6, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 23), None),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), date(2026, 11, 23), date(2026, 11, 24)),
    ],
)
def test_a_day_is_told_once_from_seven_in_the_morning(at, told, day):
    assert daily.day_to_tell(at, told) == day


def test_what_failed_is_tried_again_and_what_was_told_is_not(monkeypatch):
    monkeypatch.setattr(daily, "LOOK_AGAIN_S", 0.001)
    monkeypatch.setattr(daily, "day_to_tell", lambda at, told: None if told else date(2026, 11, 23))
    tries, enough = [], threading.Event()

    def tell(day, at):
        tries.append(day)
        if len(tries) == 1:
            raise ConnectionError("the mail server is down")
        enough.set()

    with daily.daily(tell):
        assert enough.wait(10)
    assert tries == [date(2026, 11, 23)] * 2


def test_a_home_says_whether_it_writes(settings):
    home = replace(settings.HOME, agency_emails={"police": "duty@police.example"}, reminders=True, demo=False)
    for changed, wanted in (
        ({}, True),
        ({"reminders": False}, False),
        ({"demo": True}, False),
        ({"agency_emails": {}}, False),
    ):
        settings.HOME = replace(home, **changed)
        assert daily.reminders_wanted() is wanted
