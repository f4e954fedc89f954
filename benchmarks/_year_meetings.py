"""A meeting of a played year: planned, frozen, held, closed, and what is decided at its own frozen places."""

import itertools
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from benchmarks._year import Year, at_nine
from benchmarks._year_files import receive_until, rows_of, timed

__all__ = ["content_of", "digests_of", "play_meeting"]

PUBLISHED, FROZEN, CHECKED = 7, 5, 4
BEGUN_SINCE = "2025-10-01"
"""Closures before the year's first quarter are no business of its meetings."""
PLAN_MONTHS = 6
KINDS = ("detached_youth_work", "patrol", "licensing_visit", "guardianship")
AGENCIES = ("youth_service", "police", "community_safety", "community_safety")

Json = dict[str, Any]


def play_meeting(turn: int, day: date, files: list[Any], year: Year) -> int:
    """From its planning to its closing, on the days that its timetable says. Gives its number."""
    from trigpoint.changes import meetings
    from trigpoint.changes.freezing import freeze_meeting
    from trigpoint.changes.versions import publish_version

    number = meetings.plan_meeting(quadrant="", held_on=day, by="chair", at=at_nine(day - timedelta(days=28)))
    published_on = day - timedelta(days=PUBLISHED)
    receive_until(files, published_on, year)
    timed(year, "publish", lambda: publish_version(by="analyst", at=at_nine(published_on)))
    version, frozen_at = (
        meetings.meeting(number=number, by="chair").version,
        at_nine(day - timedelta(days=FROZEN)),
    )
    timed(
        year,
        "freeze",
        lambda: freeze_meeting(number=number, version=version, by="chair", at=frozen_at, may_wait=True),
    )
    year.kept[number] = digests_of(number)
    _check(turn, number, day, year)
    _moved(meetings.hold_meeting, number, day)
    _hear_evaluations(number, day, year)
    timed(year, "decide", lambda: _decide(turn, number, day, year))
    _carry_on(day)
    _moved(meetings.close_meeting, number, day + timedelta(days=1))
    return number


def digests_of(number: int) -> dict[str, str]:
    """The digest of each kept answer's own bytes, worked out here and not read."""
    from trigpoint.db.models import KeptAnswer

    return {
        one.name: sha256(zlib.decompress(bytes(one.content))).hexdigest()
        for one in KeptAnswer.objects.filter(meeting_id=number)
    }


def content_of(meeting: int, name: str) -> Json:
    from trigpoint.db.models import KeptAnswer

    kept = KeptAnswer.objects.get(meeting_id=meeting, name=name)
    found: Json = json.loads(zlib.decompress(bytes(kept.content)))
    return found


def _moved(change: Any, number: int, day: date) -> None:
    from trigpoint.changes.meetings import meeting

    change(number=number, version=meeting(number=number, by="chair").version, by="chair", at=at_nine(day))


def frozen_places(told: Json) -> list[Json]:
    """The hotspots of a kept answer with their streets; then the streets that come nearest to one.

    In its first months a county has too little past for any place to pass, and a meeting decides on what it watches.
    """
    hot = [
        {"name": one["name"], "units": list(one["units"]), "hot": True}
        for one in told["parts"]["hotspots"]
        if one["units"] and one["verdict"] != "few"
    ]
    near = sorted(
        (row for row in told["rows"] if row["count"] and row["p"] is not None and not row["hotspot"]),
        key=lambda row: (row["p"], row["code"]),
    )
    return hot + [{"name": row["name"], "units": [row["code"]], "hot": False} for row in near[:5]]


def new_closures(told: Json, taken: set[tuple[str, str]], streets: set[str]) -> list[Json]:
    """Closures of a kept answer that no meeting has had, each at its street, in the order they began."""
    rows = [
        row
        for row in told["rows"]
        if row["kind"] == "closure" and row["starts"] >= BEGUN_SINCE and row["place"] in streets
    ]
    return sorted(
        (row for row in rows if (row["place"], row["starts"]) not in taken),
        key=lambda row: (row["starts"], row["place"]),
    )


def _decide(turn: int, meeting: int, day: date, year: Year) -> None:
    """Five decisions: at closures that the frozen register has newly, then at the places of the frozen answer."""
    script, answer = year.script, content_of(meeting, "hot-now")
    places = frozen_places(answer)
    year.hot[meeting] = sum(bool(one["hot"]) for one in places)
    year.require(bool(places), f"meeting {meeting} has a place of its own frozen answer to decide on")
    closing = turn >= script.closures_from
    streets = {str(row["code"]) for row in answer["rows"]}
    register = new_closures(content_of(meeting, "notices"), year.taken, streets) if closing else []
    for closure in register[: min(script.actions_each, script.closures - year.closures)]:
        year.taken.add((closure["place"], closure["starts"]))
        _closed(closure, meeting, day, year)
    left = script.actions_each * turn - year.decided
    for step, there in zip(range(left), itertools.cycle(places)):
        closed = closing and step < 2 and year.closures < script.closures
        kind, agency = ("closure_notice", "police") if closed else (KINDS[step % 4], AGENCIES[step % 4])
        _decided(there, kind, agency, meeting, day, day + timedelta(days=14 + 7 * step), year)


def _decided(
    there: Mapping[str, Any], kind: str, agency: str, meeting: int, day: date, due: date, year: Year
) -> int:
    from trigpoint.changes.actions import decide
    from trigpoint.changes.named_places import list_places, open_place, place_drawn_at

    told = place_drawn_at(level="street", units=there["units"], by="chair")
    place = told.number if told else open_place(
        name=there["name"], level="street", units=there["units"], owner="", origin="", by="chair", at=at_nine(day),
        beside=[one.number for one in list_places(by="chair")],
    )  # fmt: skip
    year.decided += 1
    year.closures += kind == "closure_notice"
    return decide(
        kind=kind, agency=agency, what="", due_on=due, expected_change="", how_seen="", by="chair", at=at_nine(day),
        meeting=meeting, place=place,
    )  # fmt: skip


def _closed(closure: Json, meeting: int, day: date, year: Year) -> None:
    """A closure that the register has newly: an action at its street, and a plan to see what it did."""
    from trigpoint.changes.action_plans import open_action_plan
    from trigpoint.changes.evaluations import PlanRefused, lock_plan
    from trigpoint.gate.denial import QuestionError

    name = closure["place_name"] or closure["place"]
    there = {"name": name, "units": [closure["place"]]}
    action = _decided(there, "closure_notice", "police", meeting, day, day + timedelta(days=28), year)
    start = date.fromisoformat(closure["starts"])
    plan = open_action_plan(
        number=action, start=start, months=PLAN_MONTHS, version=1, by="chair", at=at_nine(day)
    )
    try:
        lock_plan(number=plan, by="chair", at=at_nine(day))
    except (PlanRefused, QuestionError) as refusal:
        year.refused.append(str(refusal))
        return
    year.plans[plan] = {
        "place": name,
        "starts": closure["starts"],
        "sentence": "",
        "verdict": "",
        "meeting": 0,
    }


def _hear_evaluations(meeting: int, day: date, year: Year) -> None:
    """The meeting hears each result that was due and is kept with its answers, and says that it has."""
    from trigpoint.changes.evaluations import report_plan

    for plan, told in year.plans.items():
        name = f"evaluation-{plan}"
        if name in year.kept[meeting]:
            about = content_of(meeting, name)["about"]
            told.update(sentence=about["sentence"], verdict=about["verdict"], meeting=meeting)
            report_plan(number=plan, by="chair", at=at_nine(day))


def _carry_on(day: date) -> None:
    """What is due by now is begun and, a month later, done; every fifth is stopped and every seventh stays overdue."""
    from trigpoint.changes.actions import move_action
    from trigpoint.changes.actions_told import list_actions

    for one in list_actions(by="chair"):
        if one.due_on is None or one.due_on > day or one.number % 7 == 0:
            continue
        wanted = {
            "agreed": "started",
            "started": "stopped" if one.number % 5 == 0 else "evidence_due",
            "evidence_due": "done",
        }
        to = wanted.get(one.state)
        if to:
            note = "Another agency does the same." if to == "stopped" else ""
            move_action(number=one.number, to=to, note=note, version=one.version, by="chair", at=at_nine(day))


def _check(turn: int, meeting: int, day: date, year: Year) -> None:
    """Every third meeting the police dispute a row of theirs, and take every second dispute back."""
    from trigpoint.changes.sense_checks import check_record, one_check, second_check, undo_check
    from trigpoint.core.workflow.sense_check import CheckRefused
    from trigpoint.db.models import Delivery

    if turn % 3:
        return
    at = at_nine(day - timedelta(days=CHECKED))
    sent = Delivery.objects.filter(definition="police_crime", status="accepted").order_by("-pk")
    rows = ((one, row) for one in sent.values_list("pk", flat=True) for row in rows_of(one))
    for delivery, row in rows:
        with suppress(CheckRefused):
            number = check_record(
                delivery=delivery, row=row, outcome="dispute", reason="out_of_date", meeting=meeting,
                by="police-member", at=at,
            )  # fmt: skip
            break
    else:
        year.require(False, f"meeting {meeting}: the police have a row to dispute")
        return
    if one_check(number=number, by="chair", at=at).state == "waiting":
        second_check(number=number, by="education-member", at=at)
    if turn % 2 == 0:
        undo_check(number=number, by="police-member", at=at + timedelta(hours=1))
