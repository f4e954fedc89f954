"""A year of the partnership, played by its own rooms: `python -m benchmarks.a_year HOME [--size county|village] [--seed N]`.

Files come in on the day each was received. Twelve meetings are planned, frozen, held and closed, and decide at the places
of their own frozen answers; two files of the year come two months late, one is sent again corrected, one is withdrawn;
sixty actions are decided, fifteen of them closures, each with a plan to see what it did; agencies dispute, and take back;
rows are erased on which the third meeting rests. Then the third meeting is replayed: every kept answer must be, byte for
byte, what was kept that day, but for those that the erasure reached, and these must say so. Ends with 1 where a law fails.
`--meetings 3` plays the first three, and replays the first.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks._year import LAST_DAY, Script, Year, at_nine, meeting_days
from benchmarks._year_files import correct_one, made_late, receive_until, rows_of, timed, withdraw_one
from benchmarks._year_meetings import digests_of, play_meeting

SHORT = Script(
    meetings=3,
    closures=4,
    closures_from=2,
    replayed=1,
    erased_before=3,
    withdrawn_before=3,
    corrected_before=2,
)
CLAIMS = {"fell", "spread", "rose", "perhaps_moved"}
"""Verdicts that a closure which moved the trouble, or did nothing, must not have."""


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
    from trigpoint.demo.files.truths import TRUTHS, seal_truths
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
    seal_truths(root / TRUTHS, written.records)
    return list(written.files)


def play(root: Path, size: str, seed: int, script: Script) -> Year:
    """The year, from an empty folder to the replay; nothing of it is judged but by the laws."""
    year = Year(script)
    files = timed(year, "write", lambda: prepared(root, size, seed))
    files = made_late(files, year)
    played: list[int] = []
    for turn, day in enumerate(meeting_days(script.meetings), start=1):
        if turn == script.corrected_before:
            receive_until(files, day - timedelta(days=25), year)
            correct_one(files, day - timedelta(days=24), year)
        if turn == script.erased_before:
            erase_under(played[script.replayed - 1], day - timedelta(days=20), year)
        if turn == script.withdrawn_before:
            withdraw_one(rests_on(played[-1]), day - timedelta(days=18), year)
        played.append(play_meeting(turn, day, files, year))
        print(f"  meeting {turn:>2}, {day:%-d %B %Y}: {year.hot[played[-1]]} hotspots frozen", flush=True)
    timed(year, "replay", lambda: replay(played[script.replayed - 1], year))
    hold(year, root)
    return year


def rests_on(meeting: int) -> list[int]:
    from trigpoint.db.models import KeptAnswer

    return list(KeptAnswer.objects.get(meeting_id=meeting, name="hot-now").rests_on)


def erase_under(meeting: int, day: date, year: Year) -> None:
    """Erase three rows of a file that the meeting's places rest on."""
    from trigpoint.changes.erasure import erase_rows
    from trigpoint.db.models import Delivery

    delivery = (
        Delivery.objects.filter(pk__in=rests_on(meeting), definition="police_crime", status="accepted")
        .order_by("pk")
        .last()
    )
    if delivery is None:
        year.require(False, "the meeting that is replayed rests on a file of the police")
        return
    rows, reason = rows_of(int(delivery.pk))[:3], "A request for erasure was granted."
    told = {"delivery": delivery.pk, "rows": rows, "reason": reason, "by": "governance", "at": at_nine(day)}
    timed(year, "erase", partial(erase_rows, **told))
    year.erased.append(f"{len(rows)} rows of {delivery.definition}, {delivery.file_name}")


def replay(meeting: int, year: Year) -> None:
    """Hold the meeting's kept answers, as its chair is shown them today, against the bytes of its day."""
    from trigpoint.changes.kept_reading import kept_answers
    from trigpoint.db.models import KeptAnswer

    now, at = digests_of(meeting), at_nine(LAST_DAY)
    shown = {
        one.name: one
        for one in kept_answers(number=meeting, by="chair", at=at, purpose="meeting", may_wait=True)
    }
    year.require(
        set(now) == set(year.kept[meeting]), "the replay has every answer that was kept, and no other"
    )
    for name, digest in year.kept[meeting].items():
        line, same = KeptAnswer.objects.get(meeting_id=meeting, name=name), now[name] == digest
        year.require(shown[name].way == "kept", f"the chair is given what meeting {meeting} kept of {name}")
        year.require(shown[name].digest == now[name], f"what is shown of {name} are the bytes that are kept")
        year.require(
            bool(shown[name].restated_because) == bool(line.restated_at), f"{name} says why, where it is"
        )
        told = f"restated: {shown[name].restated_because}" if line.restated_at else ""
        year.replay.append((name, "same bytes" if same else "other bytes", told))
    year.require(any(why for _, _, why in year.replay), "the erasure reached the meeting that is replayed")


def hold(year: Year, root: Path) -> None:
    """The laws of the year."""
    script = year.script
    for law in _moved_without_a_word(year):
        year.require(False, law)
    wanted = script.meetings * script.actions_each
    year.require(
        _actions().total() == wanted, f"{wanted} actions were decided; there are {_actions().total()}"
    )
    year.require(year.closures == script.closures, f"{script.closures} closures; there are {year.closures}")
    year.require(bool(_checks()) or script.meetings < 3, "agencies disputed")
    year.require(len(_arrived(year)) == 2 or script.meetings < 12, "two files came late")
    for what, done in (("corrected", year.corrected), ("withdrawn", year.withdrawn), ("erased", year.erased)):
        year.require(len(done) == 1, f"one thing was {what}")
    for letter, at, told in _planted(year, root):
        said = told["verdict"]
        year.require(said not in CLAIMS, f"({letter}), {at}: nothing is claimed of it; it says {said}")


def _moved_without_a_word(year: Year) -> Iterator[str]:
    """Answers of any meeting that are neither the bytes of their day nor restated."""
    from trigpoint.db.models import KeptAnswer

    for meeting, kept in year.kept.items():
        now = digests_of(meeting)
        restated = set(
            KeptAnswer.objects.filter(meeting_id=meeting, restated_at__isnull=False).values_list(
                "name", flat=True
            )
        )
        for name, digest in kept.items():
            if now.get(name) != digest and name not in restated:
                yield f"meeting {meeting}: {name} moved without a word"


def _planted(year: Year, root: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The two planted closures, where a meeting heard a result of theirs; opened only now, after all was asked."""
    truths = json.loads((root / "truths.json").read_text(encoding="utf-8"))["truths"]
    for truth in (one for one in truths if one["letter"] in "ef"):
        for told in year.plans.values():
            here = any(str(told["place"]).startswith(street) for street in truth["where"]["streets"])
            if here and told["starts"] == truth["from_day"] and told["sentence"]:
                yield truth["letter"], told["place"], told


def _actions() -> Counter[str]:
    from trigpoint.changes.actions_told import list_actions

    return Counter(one.state for one in list_actions(by="chair"))


def _checks() -> Counter[str]:
    from trigpoint.changes.sense_checks import list_checks

    return Counter(
        f"{one.outcome} {one.state.replace('_', ' ')}"
        for one in list_checks(by="chair", at=datetime.now(UTC))
    )


def _arrived(year: Year) -> list[str]:
    """The late files that came within the year that was played."""
    from trigpoint.db.models import Delivery

    names = set(Delivery.objects.values_list("file_name", flat=True))
    return [one for one in year.late if one.split(", ")[1] in names]


def _restated(year: Year) -> str:
    from trigpoint.db.models import KeptAnswer

    kept = sum(len(one) for one in year.kept.values())
    return f"{kept} kept; {KeptAnswer.objects.filter(restated_at__isnull=False).count()} restated"


def table(year: Year, root: Path, seconds: float) -> Iterator[tuple[str, str]]:
    """What was done, line by line."""
    heard = Counter(str(one["verdict"] or "not due yet") for one in year.plans.values())
    yield "Meetings", f"{len(year.kept)}, hotspots frozen: {', '.join(map(str, year.hot.values()))}"
    yield "Came late", "; ".join(_arrived(year)) or "none"
    yield "Sent again, corrected", "; ".join(year.corrected) or "none"
    yield "Withdrawn", "; ".join(year.withdrawn) or "none"
    yield "Erased", "; ".join(year.erased) or "none"
    yield "Actions", f"{_actions().total()}: {_many(_actions())}"
    yield (
        "Closures",
        f"{year.closures}, {len(year.plans)} with a locked plan, {len(year.refused)} without places alike",
    )
    yield "Evaluations", _many(heard) or "none"
    yield "Disputes", f"{_checks().total()}: {_many(_checks())}"
    yield "Answers of all meetings", _restated(year)
    yield (
        "Seconds",
        f"{seconds:.0f}: " + ", ".join(f"{name} {each:.0f}" for name, each in year.seconds.items()),
    )
    for letter, at, told in _planted(year, root):
        yield f"Planted ({letter})", f"{at}, meeting {told['meeting']}: {told['sentence']}"


def _many(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counted.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="an empty folder")
    parser.add_argument("--size", choices=("county", "village"), default="county")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--meetings", type=int, choices=(3, 12), default=12)
    told = parser.parse_args()
    if told.home.exists() and any(told.home.iterdir()):
        parser.error(f"{told.home} is not empty")
    began = time.perf_counter()
    script = Script() if told.meetings == 12 else SHORT
    year = play(told.home, told.size, told.seed, script)
    lines = [
        *table(year, told.home, time.perf_counter() - began),
        *((f"Meeting {script.replayed}: {name}", f"{same} {why}".strip()) for name, same, why in year.replay),
    ]
    wide = max(len(name) for name, _ in lines)
    for name, words in lines:
        print(f"{name:<{wide}}  {words}")
    for fault in year.faults:
        print(f"NOT SO: {fault}", file=sys.stderr)
    return 1 if year.faults else 0


if __name__ == "__main__":
    sys.exit(main())
