"""The `trigpoint` command: reads words, calls the rooms, prints, and turns refusals into exit codes."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from trigpoint.cli.words import WrongWords, build_parser

DONE, OUR_DEFECT, WRONG_INPUT, DENIED, NEEDS_DECISION = 0, 1, 2, 3, 4


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 our defect, 2 wrong input, 3 denied, 4 stopped to ask."""
    try:
        told = build_parser().parse_args(words)
    except WrongWords as wrong:
        print(wrong, file=sys.stderr)
        return WRONG_INPUT
    home = told.home or os.environ.get("TRIGPOINT_HOME") or _default_home(told.command)
    os.environ["TRIGPOINT_HOME"] = str(Path(home).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trigpoint.config.settings")
    # Django reads the home when it is first imported, so the commands come after it is known.
    from trigpoint.cli.commands import run

    return run(told)


def _default_home(command: str) -> str:
    return "demo-home" if command == "demo" else "trigpoint-home"
