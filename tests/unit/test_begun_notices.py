"""Of which notices it can be asked what they changed."""

from datetime import date
from urllib.parse import parse_qs

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.begun_notices import begun_notices

TODAY = date(2026, 11, 22)


def notice(**changed):
    return {
        "kind": "closure", "kept": "point", "starts": "2026-03-01", "served": "2026-02-20",
        "place": "MS0000113", "place_name": "Thornastow Road, Whitstow",
    } | changed  # fmt: skip


def offered(*notices):
    columns = {name: [one[name] for one in notices] for name in notice()}
    return begun_notices(Answer("notices", columns, {}), today=TODAY)


def test_a_choice_says_what_where_and_since_when_and_asks_exactly_that():
    (one,) = offered(notice())
    assert (one.what, one.where, one.since) == ("Closure", "Thornastow Road, Whitstow", "1 March 2026")
    assert parse_qs(one.query[1:]) == {"level": ["street"], "around": ["MS0000113"], "start": ["2026-03-01"]}


def test_a_hexagon_is_asked_as_one_and_a_notice_without_a_first_day_from_when_it_was_served():
    (one,) = offered(notice(place="89194ad32c7ffff", starts=None, place_name="Whitstow"))
    assert parse_qs(one.query[1:])["level"] == ["cell:9"]
    assert parse_qs(one.query[1:])["start"] == ["2026-02-20"]


def test_what_is_kept_coarse_what_has_just_begun_and_what_has_no_day_is_not_offered():
    late = notice(starts="2026-10-01")
    undated = notice(starts=None, served=None)
    assert offered(notice(kept="ward"), late, undated) == ()


def test_closures_come_before_what_was_said_to_a_person_and_the_newest_first():
    told = offered(
        notice(kind="cawn", starts="2026-05-01"), notice(starts="2026-01-01"), notice(starts="2026-04-01")
    )
    assert [(one.what, one.since) for one in told] == [
        ("Closure", "1 April 2026"),
        ("Closure", "1 January 2026"),
        ("Warning notice", "1 May 2026"),
    ]
