"""Build the demo home: the county's files, written, loaded by the real pipeline, published."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from trigpoint.changes.accounts import open_account
from trigpoint.changes.deliveries import receive_delivery
from trigpoint.changes.versions import publish_version
from trigpoint.demo.decisions import decide_default_addresses, mend_one
from trigpoint.demo.files.county_file import CountyFile
from trigpoint.demo.files.truths import TRUTHS, seal_truths
from trigpoint.demo.meetings_act import decide_things
from trigpoint.demo.meetings_check import play_checks
from trigpoint.demo.meetings_evaluated import play_evaluations
from trigpoint.demo.meetings_meet import coming_day, play_meetings
from trigpoint.demo.meetings_release import make_releases
from trigpoint.demo.quadrants import write_quadrants
from trigpoint.demo.undecided import leave_waiting, left_undecided
from trigpoint.demo.write import MakeCounty, marlshire, write_county
from trigpoint.ingest.receipt import NeedsDecision, Receipt
from trigpoint.upkeep.prepare import prepare_home

AGREEMENTS = Path(__file__).resolve().parent / "agreements"
BREAKS = AGREEMENTS.with_name("breaks.yaml")
LAST_DAY = date(2026, 10, 31)
SIGNED = datetime(2024, 7, 1, 9, tzinfo=UTC)
"""The partnership has shared since before its records begin: a plan could be locked last year."""
AFTER_AUGUST = 9
LINES = 5
"""How often it is told how far the loading has come: it takes a minute or two."""

# Who can be tried with one click: a name, a role, an agency.
CAST = (
    ("chair", "chair", "social_care"),
    ("police-member", "member", "police"),
    ("education-member", "member", "education"),
    ("youth-member", "member", "youth_service"),
    ("contributor", "contributor", "community_safety"),
    ("frontline", "frontline", "youth_service"),
    ("governance", "governance", "social_care"),
)


@dataclass(frozen=True, slots=True)
class Played:
    """What the demo loaded: rows written, rows in every receipt, and the publication that shows them."""

    files: int
    rows_written: int
    rows_input: int
    publication: int


def play_county(
    root: Path,
    *,
    seed: int,
    size: str,
    at: datetime,
    tell: Callable[[str], None] = lambda _: None,
    make: MakeCounty = marlshire,
) -> Played:
    """Fill an empty demo home. The Django settings must already be those of `root`."""
    shutil.copytree(AGREEMENTS, root / "definitions" / "agreements", dirs_exist_ok=True)
    shutil.copyfile(BREAKS, root / "definitions" / "breaks.yaml")
    prepare_home(by="demo", at=SIGNED)
    for user, role, agency in CAST:
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=at)
    tell("Writing the county's files …")
    folder = root / "county"
    written = write_county(folder, seed=seed, size=size, end=LAST_DAY, make=make)
    write_quadrants(root / "definitions" / "quadrants.yaml", written.geography.districts)
    seal_truths(root / TRUTHS, written.records)
    undecided = left_undecided(written.files)
    files = [file for file in written.files if file is not undecided]
    tell(f"Loading {len(files)} files …")
    receipts = _load_all(files, at=at, tell=tell)
    decide_default_addresses(written.records.county, by="analyst", at=at)
    mend_one(receipts, by="analyst", at=at)
    tell(f"Publishing {sum(receipt.accepted for receipt in receipts):,} rows …")
    published = publish_version(by="analyst", at=at, tell=tell)
    tell(f"Publication {published.number}: {published.records:,} records in {published.seconds:.0f} s.")
    tell("Working out what was done, decided and released, for the meetings of the demo …")
    plans = play_evaluations(coming=coming_day(at), at=at)
    meetings = play_meetings(by="analyst", at=at, plans=plans)
    play_checks(meeting=meetings[2] if len(meetings) > 2 else None, at=at)
    decide_things(at=at)
    make_releases(at=at)
    if undecided is not None:
        leave_waiting(undecided, by="contributor", at=at)
    # What an agency sent is gone once it is decided; the demo keeps no raw file either.
    shutil.rmtree(folder)
    return Played(
        files=len(files),
        rows_written=sum(file.rows for file in files),
        rows_input=sum(receipt.input for receipt in receipts),
        publication=published.number,
    )


def _load_all(files: Sequence[CountyFile], *, at: datetime, tell: Callable[[str], None]) -> list[Receipt]:
    """Every file in its order, with a line for each fifth of them."""
    receipts: list[Receipt] = []
    told = 0
    for file in files:
        receipts.append(_load(file, at=at))
        fifths = LINES * len(receipts) // len(files)
        if fifths > told:
            told = fifths
            rows = sum(receipt.accepted for receipt in receipts)
            tell(f"  {len(receipts):,} of {len(files):,} files, {rows:,} rows accepted")
    return receipts


def _load(file: CountyFile, *, at: datetime) -> Receipt:
    """Load one file; where the batch looks wrong, say why it is right, as the analyst who asked the sender would."""
    try:
        return _received(file, at, None)
    except NeedsDecision:
        return _received(file, at, _known_reason(file))


def _received(file: CountyFile, at: datetime, reason: str | None) -> Receipt:
    return receive_delivery(
        definition=file.definition,
        path=file.path,
        by="analyst",
        at=at,
        received_at=file.received_at,
        extracted_on=file.extracted_on,
        accept_reason=reason,
    )


def _known_reason(file: CountyFile) -> str:
    """Why few rows are no sign of a lost file."""
    if file.definition.startswith("education_") and file.extracted_on.month == AFTER_AUGUST:
        return "August: schools are closed, so few rows are no sign of a lost file."
    return "The sender was asked: nothing is missing, it was a quiet month here."
