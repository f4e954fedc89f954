"""A year of the partnership, played by its own rooms: `python -m benchmarks.a_year HOME [--size county|village] [--seed N]`.

Files come in on the day each was received. Twelve meetings are planned, frozen, held and closed; two files of the year
come two months late; sixty actions are decided, fifteen of them closures; agencies dispute, and take back; rows are
erased on which the third meeting rests. Then the third meeting is replayed: every kept answer must be, byte for byte,
what was kept that day, but for those that the erasure reached, and these must say so. Ends with 1 where one law fails.
"""

import argparse
import itertools
import json
import os
import sys
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

MEETINGS, ACTIONS_EACH, CLOSURES = 12, 5, 15
LATE = ("police_crime", "social_care_missing")
"""Of each of these, one file of the year comes two months late."""
LATE_DAYS = 61
FEEDS_DUE, PUBLISHED, FROZEN, CHECKED = 10, 7, 5, 4
REPLAYED, ERASED_BEFORE = 3, 8
LAST_DAY = date(2026, 10, 31)
KINDS = ("detached_youth_work", "patrol", "licensing_visit", "guardianship")
AGENCIES = ("youth_service", "police", "community_safety", "community_safety")


@dataclass
class Year:
    """What was done, to be told at the end and held against the laws."""

    kept: dict[int, dict[str, str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    actions: int = 0
    closures: int = 0
    disputes: int = 0
    late: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def require(self, holds: bool, law: str) -> None:
        if not holds:
            self.faults.append(law)


def meeting_days() -> list[date]:
    """The third Wednesday of each month, November to October."""
    firsts = [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, month, 1) for month in range(1, 11))]
    return [one + timedelta(days=(2 - one.weekday()) % 7 + 14) for one in firsts]


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def timed(year: Year, name: str, work: Any) -> Any:
    began = time.perf_counter()
    found = work()
    year.seconds[name] = year.seconds.get(name, 0.0) + time.perf_counter() - began
    return found


def receive_until(files: list[Any], day: date, year: Year) -> None:
    """Load what was received by that morning, each file as of the day it came."""
    from trigpoint.changes.deliveries import receive_delivery
    from trigpoint.ingest.receipt import NeedsDecision

    for file in [one for one in files if one.received_at <= at_nine(day)]:
        files.remove(file)
        told = {
            "definition": file.definition, "path": file.path, "by": "analyst", "at": max(file.received_at, at_nine(day)),
            "received_at": file.received_at, "extracted_on": file.extracted_on,
        }  # fmt: skip
        try:
            timed(year, "load", partial(receive_delivery, **told))
        except NeedsDecision:
            reason = "The sender was asked: nothing is missing."
            timed(year, "load", partial(receive_delivery, **told, accept_reason=reason))


def put_back(files: list[Any], year: Year) -> None:
    """One file of each of `LATE` comes two months after its day."""
    from dataclasses import replace

    for definition in LATE:
        mine = [
            n
            for n, one in enumerate(files)
            if one.definition == definition and one.received_at >= at_nine(date(2026, 2, 1))
        ]
        if mine:
            files[mine[0]] = replace(
                files[mine[0]], received_at=files[mine[0]].received_at + timedelta(days=LATE_DAYS)
            )
            year.late.append(f"{definition}, {files[mine[0]].path.name}")
    files.sort(key=lambda one: one.received_at)


def play_meeting(number: int, day: date, files: list[Any], year: Year) -> int:
    from trigpoint.changes import meetings
    from trigpoint.changes.freezing import freeze_meeting
    from trigpoint.changes.versions import publish_version

    planned = meetings.plan_meeting(
        quadrant="", held_on=day, by="chair", at=at_nine(day - timedelta(days=28))
    )
    receive_until(files, day - timedelta(days=PUBLISHED), year)
    timed(year, "publish", lambda: publish_version(by="analyst", at=at_nine(day - timedelta(days=PUBLISHED))))
    version = meetings.meeting(number=planned, by="chair").version
    frozen_at = at_nine(day - timedelta(days=FROZEN))
    timed(
        year, "freeze",
        lambda: freeze_meeting(number=planned, version=version, by="chair", at=frozen_at, may_wait=True),
    )  # fmt: skip
    year.kept[planned] = digests_of(planned)
    check_places(number, planned, day, year)
    move(meetings.hold_meeting, planned, day)
    decide_at_places(planned, day, year)
    carry_on(day, year)
    move(meetings.close_meeting, planned, day + timedelta(days=1))
    return planned


def move(change: Any, number: int, day: date) -> None:
    from trigpoint.changes.meetings import meeting

    change(number=number, version=meeting(number=number, by="chair").version, by="chair", at=at_nine(day))


def digests_of(number: int) -> dict[str, str]:
    """The digest of each kept answer's own bytes, worked out here and not read."""
    from trigpoint.db.models import KeptAnswer

    return {
        one.name: sha256(zlib.decompress(bytes(one.content))).hexdigest()
        for one in KeptAnswer.objects.filter(meeting_id=number)
    }


def hotspots_kept(number: int) -> list[dict[str, Any]]:
    from trigpoint.db.models import KeptAnswer

    kept = KeptAnswer.objects.get(meeting_id=number, name="hot-now")
    return hotspot_rows(json.loads(zlib.decompress(bytes(kept.content))))


def hotspot_rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The places of a kept answer, each with its name and the codes of its units; then streets that come near it.

    In its first months a county has too little past for any place to pass, and a meeting decides on what it watches.
    """
    units: dict[int, list[str]] = {}
    for row in told["rows"]:
        units.setdefault(int(row["hotspot"]), []).append(str(row["code"]))
    hot = [
        {"name": one["name"], "units": units[int(one["number"])], "hot": True}
        for one in told["parts"]["hotspots"]
        if int(one.get("number") or 0) in units and one.get("number")
    ]
    near = sorted((row for row in told["rows"] if row["count"] and row["p"] is not None and not row["hotspot"]),
                  key=lambda row: (row["p"], row["code"]))  # fmt: skip
    return hot + [{"name": row["name"], "units": [row["code"]], "hot": False} for row in near[:ACTIONS_EACH]]


def decide_at_places(meeting: int, day: date, year: Year) -> None:
    """Five decisions at the places of the frozen answer, a closure among them until there are fifteen."""
    from trigpoint.changes.actions import decide
    from trigpoint.changes.named_places import list_places, open_place, place_drawn_at

    # where a concern about one source withholds the rows, a meeting goes on with the places it knows
    places = hotspots_kept(meeting) or [
        {"name": one.name, "units": list(one.units)} for one in list_places(by="chair")
    ]
    year.require(bool(places), f"meeting {meeting} has a place to decide on")
    for turn, there in zip(range(ACTIONS_EACH), itertools.cycle(places or [{}])):
        if not there:
            return
        told = place_drawn_at(level="street", units=there["units"], by="chair")
        number = told.number if told else open_place(
            name=there["name"], level="street", units=there["units"], owner="", origin="", by="chair", at=at_nine(day),
        )  # fmt: skip
        closure = year.closures < CLOSURES and turn in (0, 1)
        kind, agency = ("closure_notice", "police") if closure else (KINDS[turn % 4], AGENCIES[turn % 4])
        decide(
            kind=kind, agency=agency, what="", due_on=day + timedelta(days=14 + 7 * turn), expected_change="",
            how_seen="", by="chair", at=at_nine(day), meeting=meeting, place=number,
        )  # fmt: skip
        year.actions += 1
        year.closures += closure


def carry_on(day: date, year: Year) -> None:
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


def check_places(turn: int, meeting: int, day: date, year: Year) -> None:
    """Every third meeting the police dispute a row of theirs, and take every second dispute back."""
    from trigpoint.changes.sense_checks import check_record, one_check, second_check, undo_check
    from trigpoint.core.workflow.sense_check import CheckRefused
    from trigpoint.db.models import Delivery

    if turn % 3:
        return
    at = at_nine(day - timedelta(days=CHECKED))
    number = None
    for delivery in (
        Delivery.objects.filter(definition="police_crime").order_by("-pk").values_list("pk", flat=True)
    ):
        for row in rows_of(delivery):
            with suppress(CheckRefused):
                number = check_record(
                    delivery=delivery, row=row, outcome="dispute", reason="out_of_date", meeting=meeting,
                    by="police-member", at=at,
                )  # fmt: skip
                break
        if number is not None:
            break
    if number is None:
        year.require(False, f"meeting {meeting}: the police have a row to dispute")
        return
    year.disputes += 1
    if one_check(number=number, by="chair").state == "waiting":
        second_check(number=number, by="education-member", at=at)
    if turn % 2 == 0:
        undo_check(number=number, by="police-member", at=at + timedelta(hours=1))


def rows_of(delivery: int) -> list[int]:
    """The rows of a file, as its sender numbered them."""
    from pyarrow.parquet import read_table

    kept = Path(os.environ["TRIGPOINT_HOME"]) / "deliveries" / f"{delivery}.parquet"
    return [int(one) for one in read_table(kept, columns=["row"])["row"].to_pylist()]


def erase_under(meeting: int, day: date, year: Year) -> int:
    """Erase three rows of a file that the meeting's places rest on. Gives the delivery's number."""
    from trigpoint.changes.erasure import erase_rows
    from trigpoint.db.models import Delivery, KeptAnswer

    rests = KeptAnswer.objects.get(meeting_id=meeting, name="hot-now").rests_on
    delivery = Delivery.objects.filter(pk__in=rests, definition="police_crime").order_by("pk").last()
    if delivery is None:
        year.require(False, "the third meeting rests on a file of the police")
        return 0
    rows, reason = rows_of(int(delivery.pk))[:3], "A request for erasure was granted."
    told = {"delivery": delivery.pk, "rows": rows, "reason": reason, "by": "governance", "at": at_nine(day)}
    timed(year, "erase", partial(erase_rows, **told))
    return int(delivery.pk)


def replay(meeting: int, erased: int, year: Year) -> list[str]:
    """Hold the meeting's kept answers against the bytes of its day. Gives a line for each."""
    from trigpoint.changes.kept_reading import kept_answers
    from trigpoint.db.models import KeptAnswer

    now, lines = digests_of(meeting), []
    told = {
        one.name: one
        for one in kept_answers(
            number=meeting, by="chair", at=at_nine(LAST_DAY), purpose="meeting", may_wait=True
        )
    }
    for name, digest in year.kept[meeting].items():
        line = KeptAnswer.objects.get(meeting_id=meeting, name=name)
        restated = line.restated_at is not None
        same = now[name] == digest
        year.require(told[name].way == "kept", f"the chair is given what meeting {meeting} kept of {name}")
        year.require(told[name].digest == now[name], f"what is shown of {name} are the bytes that are kept")
        year.require(same or restated, f"{name} is as it was that day, or says that it was restated")
        year.require(not restated or bool(line.restated_because), f"{name} says why it was restated")
        lines.append(
            f"  {name:<16} {'as it was that day' if not restated else 'restated: ' + line.restated_because}"
        )
    reached = [
        name
        for name in year.kept[meeting]
        if KeptAnswer.objects.get(meeting_id=meeting, name=name).restated_at
    ]
    year.require(not erased or bool(reached), "the erasure reached the third meeting")
    return lines


def untouched(year: Year) -> None:
    """Every other meeting's answers, too, are the bytes of their day or say that they were restated."""
    from trigpoint.db.models import KeptAnswer

    for meeting, kept in year.kept.items():
        now = digests_of(meeting)
        for name, digest in kept.items():
            restated = KeptAnswer.objects.get(meeting_id=meeting, name=name).restated_at is not None
            year.require(now[name] == digest or restated, f"meeting {meeting}: {name} moved without a word")


def prepared(root: Path, size: str, seed: int) -> list[Any]:
    """A new home with its accounts and agreements, and the county's files, none of them loaded."""
    import shutil

    from trigpoint.upkeep.new_home import write_home

    began = at_nine(date(2025, 10, 1))
    write_home(root, county="Marlshire", districts=(), owner="analyst", demo=True, at=began)
    os.environ["TRIGPOINT_HOME"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    import django

    django.setup()
    from trigpoint.changes.accounts import open_account
    from trigpoint.demo.play import AGREEMENTS, BREAKS, CAST
    from trigpoint.demo.quadrants import write_quadrants
    from trigpoint.demo.write import write_county
    from trigpoint.upkeep.prepare import prepare_home

    shutil.copytree(AGREEMENTS, root / "definitions" / "agreements", dirs_exist_ok=True)
    shutil.copyfile(BREAKS, root / "definitions" / "breaks.yaml")
    prepare_home(by="demo", at=began)
    for user, role, agency in CAST:
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=began)
    written = write_county(root / "county", seed=seed, size=size, end=LAST_DAY)
    write_quadrants(root / "definitions" / "quadrants.yaml", written.geography.districts)
    return list(written.files)


def play(root: Path, size: str, seed: int) -> tuple[Year, Sequence[str]]:
    year = Year()
    files = prepared(root, size, seed)
    put_back(files, year)
    played: list[int] = []
    erased = 0
    for turn, day in enumerate(meeting_days(), start=1):
        if turn == ERASED_BEFORE:
            erased = erase_under(played[REPLAYED - 1], day - timedelta(days=20), year)
        played.append(play_meeting(turn, day, files, year))
        hot = sum(bool(one["hot"]) for one in hotspots_kept(played[-1]))
        print(f"  meeting {turn:>2}, {day:%-d %B %Y}: {hot} places frozen", flush=True)
    lines = replay(played[REPLAYED - 1], erased, year)
    untouched(year)
    year.require(
        year.actions == MEETINGS * ACTIONS_EACH, f"60 actions were decided; there are {year.actions}"
    )
    year.require(year.closures == CLOSURES, f"15 closures were decided; there are {year.closures}")
    year.require(year.disputes > 0 and bool(year.late), "disputes were made, and files came late")
    return year, lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="an empty folder")
    parser.add_argument("--size", choices=("county", "village"), default="county")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    if told.home.exists() and any(told.home.iterdir()):
        parser.error(f"{told.home} is not empty")
    began = time.perf_counter()
    year, lines = play(told.home, told.size, told.seed)
    print(
        f"Twelve meetings, {year.actions} actions, {year.closures} of them closures, {year.disputes} disputes."
    )
    print("Late: " + "; ".join(year.late))
    print(f"Meeting {REPLAYED}, replayed:")
    print("\n".join(lines))
    spent = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in year.seconds.items())
    print(f"{time.perf_counter() - began:.0f} s: {spent}.")
    for fault in year.faults:
        print(f"NOT SO: {fault}", file=sys.stderr)
    return 1 if year.faults else 0


if __name__ == "__main__":
    sys.exit(main())
