"""What each command does. Every refusal that a person can mend leaves as one sentence and its exit code."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from trigpoint.cli import DENIED, DONE, NEEDS_DECISION, OUR_DEFECT, WRONG_INPUT
from trigpoint.cli.verified import verified_lines
from trigpoint.upkeep.new_home import HomeExistsError, write_home

if TYPE_CHECKING:
    from trigpoint.ingest.receipt import Receipt


def run(told: argparse.Namespace) -> int:
    """Run the parsed command, turning what it raises into an exit code."""
    try:
        return COMMANDS[told.command](told)
    except Exception as error:
        return _exit_code(error)


def _exit_code(error: Exception) -> int:
    code = next((code for kind, code in _refusals().items() if isinstance(error, kind)), OUR_DEFECT)
    if code == OUR_DEFECT:
        traceback.print_exc()
        print("This is a defect of Trigpoint, not of what you did. Nothing was half-done.", file=sys.stderr)
    else:
        print(error, file=sys.stderr)
    return code


def _refusals() -> dict[type[Exception], int]:
    """Every refusal that is fit for a screen, and its exit code. Read late: most need Django to be ready."""
    from trigpoint.cli.server import HostRefused

    early: dict[type[Exception], int] = {
        HomeExistsError: WRONG_INPUT,
        ImproperlyConfigured: WRONG_INPUT,
        HostRefused: WRONG_INPUT,
        NoHome: WRONG_INPUT,
        DemoRefused: WRONG_INPUT,
        NotText: WRONG_INPUT,
    }
    if not apps.ready:
        return early
    from trigpoint.changes.accounts import AccountRefused, UnknownAccount
    from trigpoint.changes.evaluations import PlanRefused
    from trigpoint.changes.incoming import UploadRefused
    from trigpoint.core.sharing.duties import ChangeDenied
    from trigpoint.gate.denial import BeingMadeAnew, ReadDenied
    from trigpoint.gate.questions import QuestionError
    from trigpoint.gate.receipt_file import NoSuchDelivery
    from trigpoint.ingest.definitions import DefinitionError
    from trigpoint.ingest.receipt import LoadRefused, NeedsDecision
    from trigpoint.upkeep.export import ExportRefused
    from trigpoint.upkeep.publish import NothingToPublish, PublishOvertaken

    return early | {
        AccountRefused: WRONG_INPUT,
        UnknownAccount: WRONG_INPUT,
        QuestionError: WRONG_INPUT,
        BeingMadeAnew: WRONG_INPUT,
        DefinitionError: WRONG_INPUT,
        NoSuchDelivery: WRONG_INPUT,
        UploadRefused: WRONG_INPUT,
        PlanRefused: WRONG_INPUT,
        LoadRefused: WRONG_INPUT,
        NothingToPublish: WRONG_INPUT,
        PublishOvertaken: WRONG_INPUT,
        ExportRefused: WRONG_INPUT,
        ChangeDenied: DENIED,
        ReadDenied: DENIED,
        NeedsDecision: NEEDS_DECISION,
    }


class NoHome(LookupError):
    """The folder is not a home; the message says how to make one."""


class NotText(ValueError):
    """A file that is not text would be written to a screen; the message says what to add."""


class DemoRefused(ValueError):
    """The demo cannot be opened as asked; the message says why."""


def now() -> datetime:
    return datetime.now(UTC)


def open_home(*, as_it_is: bool = False) -> Path:
    """Make Django ready for the home of this process; `as_it_is` even one that must be brought up to date first.

    Raises NoHome.
    """
    root = Path(os.environ["TRIGPOINT_HOME"])
    # Before Django is ready, because getting ready writes caches into the folder.
    if not (root / "home.yaml").exists():
        raise NoHome(f"{root} is not a home. `trigpoint --home {root} init --county NAME` makes one.")
    django.setup()
    if not as_it_is:
        _refuse_unprepared(root)
    return root


def _refuse_unprepared(root: Path) -> None:
    """A home whose making was broken off, or that another version made. Raises NoHome."""
    from trigpoint.upkeep.prepare import is_prepared

    if not is_prepared():
        raise NoHome(
            f"{root} is unfinished, or of an earlier version of the program: "
            f"`trigpoint --home {root} serve` brings it up to date."
        )


def owner(told: argparse.Namespace) -> str:
    return told.user or str(settings.HOME.owner)


def init(told: argparse.Namespace) -> int:
    root = _write_home(told.county, tuple(told.districts), told.owner, demo=False)
    print(f"{root} is ready for {told.county}. `trigpoint definitions` lists what can be loaded.")
    return DONE


def _write_home(county: str, districts: tuple[str, ...], owner: str, *, demo: bool) -> Path:
    root = Path(os.environ["TRIGPOINT_HOME"])
    write_home(root, county=county, districts=districts, owner=owner, demo=demo, at=now())
    django.setup()
    from trigpoint.upkeep.prepare import prepare_home

    prepare_home(by=owner, at=now())
    return root


def load(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.changes.deliveries import receive_delivery

    for file in told.files:
        receipt = receive_delivery(
            definition=told.definition,
            path=file,
            by=owner(told),
            at=now(),
            received_at=told.received,
            extracted_on=told.extracted,
            accept_reason=told.accept,
        )
        print(json.dumps(receipt.as_dict()) if told.json else _receipt_in_words(receipt), flush=True)
    return DONE


def _receipt_in_words(receipt: Receipt) -> str:
    parts = ("accepted", "quarantined", "duplicate", "superseded")
    sum_of_parts = " + ".join(f"{getattr(receipt, part):,} {part}" for part in parts)
    said = (
        f"{receipt.file}: {receipt.input:,} rows in = {sum_of_parts}; {receipt.unplaced:,} without a place."
    )
    return "\n  ".join((said, *receipt.messages))


def publish(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.changes.standing import prepare_standing
    from trigpoint.changes.versions import export_rows, publish_version

    if told.parquet:
        exported = export_rows(by=owner(told), at=now(), directory=told.parquet)
        print(json.dumps(asdict(exported), default=str) if told.json else f"Written to {told.parquet}.")
        return DONE
    published = publish_version(by=owner(told), at=now())
    if told.prepare:
        prepare_standing(at=now(), tell=_aside)
    if told.json:
        print(json.dumps(asdict(published), default=str))
    else:
        print(f"Publication {published.number}: {published.records:,} records in {published.seconds:.1f} s.")
    return DONE


def ask(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.changes.accounts import account_named
    from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
    from trigpoint.gate.ask import ask as ask_gate
    from trigpoint.gate.export import export
    from trigpoint.gate.questions import question_from_words
    from trigpoint.gate.show import show

    words = {
        name.removeprefix("filter_"): values
        for name, values in vars(told).items()
        if name.startswith("filter_") and values
    }
    question = question_from_words(told.kind, words)
    account = account_named(owner(told))
    viewer = Viewer(
        user=account.user, agency=account.agency, role=account.role, purpose=told.purpose or DEFAULT_PURPOSE
    )
    if told.format == "table" and told.out is None:
        sys.stdout.write(show(ask_gate(viewer, question, at=now(), progress=_on_the_way()), told.format))
        return DONE
    form = "csv" if told.format == "table" else told.format
    _refuse_bytes_on_a_screen(form, told.out)
    made = export(viewer, question, form, now(), progress=_on_the_way())
    _hand_over(made.content, made.name, told.out)
    return DONE


def _refuse_bytes_on_a_screen(form: str, out: Path | None) -> None:
    if out is None and form in ("xlsx", "gpkg", "zip") and sys.stdout.isatty():
        raise NotText(f"{form} is not text: add --out FILE, or --out . for its own name.")


def _hand_over(content: bytes, name: str, out: Path | None) -> None:
    """To standard output, to the file told, or into the folder told under the file's own name."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = out / name if out.is_dir() else out
    path.write_bytes(content)
    _aside(f"Written to {path}.")


def _aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _on_the_way() -> Callable[[int, int], None]:
    """Says how far a long answer has come, on the terminal alone and at most twice a second."""
    said = float("-inf")

    def tell(done: int, whole: int) -> None:
        nonlocal said
        if sys.stderr.isatty() and time.monotonic() - said >= 0.5:
            said = time.monotonic()
            print(f"\r{done:,} of {whole:,} …", end="\r", file=sys.stderr, flush=True)

    return tell


def verify(told: argparse.Namespace) -> int:
    from trigpoint.core.analysis.published.check import run
    from trigpoint.core.analysis.published.collected import CHECKS

    checked = [run(check) for check in CHECKS]
    for line in verified_lines(checked):
        print(line)
    return DONE if all(one.within is not False for one in checked) else OUR_DEFECT


def serve(told: argparse.Namespace) -> int:
    from trigpoint.cli.server import serve_home

    open_home(as_it_is=True)
    return serve_home(host=told.host, port=told.port, reminders=not told.no_reminders)


def demo(told: argparse.Namespace) -> int:
    from trigpoint.cli.demo import open_demo

    return open_demo(told)


def definitions(told: argparse.Namespace) -> int:
    open_home()
    if told.action == "new":
        return _new_definition(told)
    from trigpoint.changes.deliveries import known_definitions

    for definition in known_definitions():
        print(f"{definition.name:<32} {definition.kind:<11} {definition.agency:<18} {definition.title}")
    return DONE


def _new_definition(told: argparse.Namespace) -> int:
    from trigpoint.changes.definitions import draft_into_home

    file, remarks = draft_into_home(
        path=told.sample, name=told.name, agency=told.agency, by=owner(told), at=now()
    )
    for remark in remarks:
        print(remark)
    print(
        f"Drafted {file}. Finish it there, or beside a live preview on the page Definitions of `trigpoint serve`."
    )
    return DONE


def receipt(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.changes.accounts import account_named
    from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
    from trigpoint.gate.receipt_file import receipt_json, receipt_workbook

    account = account_named(owner(told))
    viewer = Viewer(user=account.user, agency=account.agency, role=account.role, purpose=DEFAULT_PURPOSE)
    if told.xlsx is None:
        sys.stdout.write(receipt_json(viewer, told.number, now()))
        return DONE
    told.xlsx.write_bytes(receipt_workbook(viewer, told.number, now()))
    print(f"Written to {told.xlsx}.")
    return DONE


def plan(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.cli.plans import manage_plans

    return manage_plans(told)


def retain(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.cli.by_day import list_or_retain

    return list_or_retain(told)


def users(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.cli.people import manage_people

    return manage_people(told)


def remind(told: argparse.Namespace) -> int:
    open_home()
    from trigpoint.cli.by_day import remind_now

    return remind_now()


def doctor(told: argparse.Namespace) -> int:
    open_home(as_it_is=True)
    from trigpoint.changes.deliveries import definition_faults
    from trigpoint.upkeep.doctor import examine
    from trigpoint.upkeep.finding import Finding

    mend = "Mend that file in the home's definitions folder, or take it away."
    findings = (*examine(), *(Finding(fault, mend) for fault in definition_faults()))
    for finding in findings:
        print(f"{finding.wrong}\n  {finding.mend}")
    print(f"{len(findings)} to mend." if findings else "Nothing is wrong with this home.")
    return WRONG_INPUT if findings else DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    command.__name__: command
    for command in (
        retain,
        init,
        load,
        receipt,
        publish,
        ask,
        serve,
        demo,
        definitions,
        users,
        plan,
        remind,
        verify,
        doctor,
    )
}
