"""The words of the command line: a contract, because other programs call it."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from trigpoint.gate.word_meanings import FILTERS, OPTIONS

LOCAL = ZoneInfo("Europe/London")
KINDS = (
    "counts", "series", "hotspots", "rates", "emerging", "scan", "joint", "around", "facilities", "repeats",
    "concentration", "accuracy", "times", "density", "silence", "flows", "shifts", "worth", "change", "evaluation",
    "questions", "sites", "notices", "routes", "work", "coverage", "events", "unplaced", "totals",
)  # fmt: skip
FORMATS = ("table", "json", "csv", "geojson", "xlsx", "gpkg", "zip")


class WrongWords(ValueError):
    """The command line cannot be understood; the message is one clear sentence."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises one clear sentence instead of printing its whole usage."""

    def error(self, message: str) -> NoReturn:
        raise WrongWords(f"{message[0].upper()}{message[1:]}. `{self.prog} --help` shows how.")


def build_parser() -> argparse.ArgumentParser:
    parser = Parser(prog="trigpoint", description="The shared map of a child-safeguarding partnership.")
    parser.add_argument("--home", metavar="DIR", help="the home to work in (or TRIGPOINT_HOME)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for add in (_demo, _init, _load, _receipt, _publish, _ask, _serve, _users, _plan, _definitions, _retain):
        add(commands)
    commands.add_parser("verify", help="hold every published value against what this machine works out")
    commands.add_parser("remind", help="write to agencies of actions that are overdue or due within a week")
    commands.add_parser("doctor", help="say what is wrong with this home and how to mend it")
    return parser


def _demo(commands: Any) -> None:
    demo = commands.add_parser("demo", help="build and open the synthetic county")
    demo.add_argument("--port", type=int, default=8000, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument(
        "--size",
        choices=("village", "county", "national"),
        default="county",
        help="national: 43 counties, written as Parquet for another engine, and not served",
    )
    demo.add_argument("--records", type=int, default=100_000_000, metavar="N", help="how many, if national")
    demo.add_argument("--no-serve", action="store_true", help="build it and stop")


def _init(commands: Any) -> None:
    init = commands.add_parser("init", help="make an empty home")
    init.add_argument("--county", required=True, metavar="NAME")
    init.add_argument("--districts", nargs="+", default=[], metavar="CODE", help="only these districts")
    init.add_argument("--owner", default="analyst", metavar="USER")


def _load(commands: Any) -> None:
    load = commands.add_parser("load", help="bring in files of one kind")
    load.add_argument("definition", metavar="DEFINITION")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--as", dest="user", metavar="USER")
    load.add_argument(
        "--received", type=_instant, metavar="DATETIME", help="when it was received, if not now"
    )
    load.add_argument("--extracted", type=_day, metavar="DATE", help="the extract's own date")
    load.add_argument("--accept", metavar="REASON", help="go on past a stop, saying why")
    load.add_argument("--json", action="store_true", help="one object per delivery")


def _receipt(commands: Any) -> None:
    receipt = commands.add_parser("receipt", help="a delivery's receipt, to send back")
    receipt.add_argument("number", type=int, metavar="DELIVERY")
    receipt.add_argument("--xlsx", type=Path, metavar="FILE", help="as a spreadsheet instead of JSON")
    receipt.add_argument("--as", dest="user", metavar="USER")


def _definitions(commands: Any) -> None:
    definitions = commands.add_parser(
        "definitions", help="list the extracts and layers that can be loaded, or draft a new one"
    )
    actions = definitions.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)
    actions.add_parser("list", help="what can be loaded (the default)")
    new = actions.add_parser("new", help="draft a definition by looking at a sample file")
    new.add_argument("name", metavar="NAME", help="what to call it, as agency_extract")
    new.add_argument("--sample", type=Path, required=True, metavar="FILE")
    new.add_argument("--agency", required=True, metavar="CODE", help="whose feed it is")
    new.add_argument("--as", dest="user", metavar="USER")


def _publish(commands: Any) -> None:
    publish = commands.add_parser("publish", help="build and swap in a new version of the facts")
    publish.add_argument("--as", dest="user", metavar="USER")
    publish.add_argument("--json", action="store_true")
    publish.add_argument(
        "--prepare", action="store_true", help="work out the standing questions before returning"
    )
    publish.add_argument("--parquet", type=Path, metavar="DIR", help="write the published rows there instead")


def _ask(commands: Any) -> None:
    ask = commands.add_parser("ask", help="ask the facts a question, through the gate")
    ask.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    for word, meaning in (FILTERS | OPTIONS).items():
        ask.add_argument(f"--{word}", dest=f"filter_{word}", action="append", metavar="X", help=meaning)
    ask.add_argument("--as", dest="user", metavar="USER")
    ask.add_argument("--purpose", metavar="P")
    ask.add_argument("--format", choices=FORMATS, default="table")
    ask.add_argument("--out", type=Path, metavar="FILE", help="write it there; a folder: under its own name")


def _serve(commands: Any) -> None:
    serve = commands.add_parser("serve", help="open the map in a browser")
    serve.add_argument("--port", type=int, default=8000, metavar="N")
    serve.add_argument("--host", default="127.0.0.1", metavar="H")
    serve.add_argument("--no-reminders", action="store_true", help="do not write to agencies once a day")


def _users(commands: Any) -> None:
    users = commands.add_parser("users", help="list and manage accounts")
    actions = users.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)
    actions.add_parser("list", help="who there is (the default)")
    add = actions.add_parser(
        "add", help="make an account; the password is asked for, or read from standard input"
    )
    add.add_argument("name", metavar="USER")
    add.add_argument("--role", required=True)
    add.add_argument("--agency", default="")
    for action, meaning in (("password", "set a password"), ("close", "stop an account from signing in")):
        actions.add_parser(action, help=meaning).add_argument("name", metavar="USER")
    for action in actions.choices.values():
        action.add_argument("--as", dest="user", metavar="USER")


def _retain(commands: Any) -> None:
    retain = commands.add_parser(
        "retain", help="list what agreements let nobody keep any longer; --do erases it"
    )
    retain.add_argument("--do", action="store_true", help="erase it for good, and publish anew")
    retain.add_argument("--as", dest="user", metavar="USER", help="somebody of information governance")


def _plan(commands: Any) -> None:
    plan = commands.add_parser("plan", help="evaluations planned before: open, lock, amend, report")
    actions = plan.add_subparsers(dest="action", metavar="ACTION", parser_class=Parser)
    actions.add_parser("list", help="every plan (the default)")
    meanings = {
        "open": "draft one: where (around or within), from when (start), which records",
        "show": "what it promises",
        "lock": "fix it: comparable places and the smallest fall that can be seen are written down",
        "amend": "change a draft; of a locked one, make a second, marked post hoc",
        "report": "say that the meeting has had its result",
    }
    for action, meaning in meanings.items():
        one = actions.add_parser(action, help=meaning)
        if action != "open":
            one.add_argument("number", type=int, metavar="PLAN")
        if action in ("open", "amend"):
            for word in (*_PLANNED, *FILTERS):
                if word not in ("from", "to", "known"):
                    meaning = (FILTERS | OPTIONS)[word]
                    one.add_argument(
                        f"--{word}", dest=f"filter_{word}", action="append", metavar="X", help=meaning
                    )
    for one in actions.choices.values():
        one.add_argument("--as", dest="user", metavar="USER")


_PLANNED = ("around", "start", "radius", "buffer", "months", "counted", "detection")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write YYYY-MM-DD") from None


def _instant(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date and time; write YYYY-MM-DDTHH:MM") from None
    return told if told.tzinfo else told.replace(tzinfo=LOCAL)
