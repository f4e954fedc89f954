"""How long each answer takes: `python -m benchmarks.answers [--home DIR]`, such as `benchmarks.million --keep DIR` leaves.

Every analysis is asked twice through the gate as the analyst, its audit row included: as if for the first time, and
again by a process that remembers nothing but the files of runs. Without a home a village is built. The goal is one
second for each answer whose run exists, at a million records.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

GOAL_S = 1.0
QUESTIONS = (
    ("hotspots", {}),
    ("hotspots", {"background": "past"}),
    ("hotspots", {"level": "street", "background": "past"}),
    ("hotspots", {"level": "ward"}),
    ("rates", {}),
    ("emerging", {"all": "yes"}),
    ("scan", {"replicates": "99"}),
    ("joint", {"background": "past"}),
    ("around", {}),
    ("facilities", {"all": "yes"}),
    ("repeats", {"replicates": "99"}),
    ("concentration", {}),
    ("accuracy", {"all": "yes"}),
    ("times", {}),
    ("density", {}),
    ("silence", {"all": "yes"}),
    ("flows", {"all": "yes"}),
    ("shifts", {"all": "yes"}),
    ("worth", {}),
    ("questions", {"level": "cell"}),
)
"""Over the last twelve months there are, or all of them."""


def open_home(root):
    os.environ["TRIGPOINT_HOME"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"
    import django

    django.setup()


def last_year(viewer):
    from trigpoint.gate.ask import ask
    from trigpoint.gate.questions import Question

    end = date.fromisoformat(ask(viewer, Question("choices"), datetime.now(UTC)).about["period"][1])
    return {"from": (end - timedelta(days=365)).replace(day=1).isoformat(), "to": end.isoformat()}


def asked(viewer, kind, words):
    from trigpoint.gate.ask import ask
    from trigpoint.gate.denial import QuestionError
    from trigpoint.gate.questions import question_from_words

    began = time.perf_counter()
    try:
        told = f"{len(ask(viewer, question_from_words(kind, words), datetime.now(UTC))):,} rows"
    except QuestionError as refusal:
        told = f"refused: {refusal}"
    return time.perf_counter() - began, told


def measure():
    from trigpoint.core.sharing.viewer import Viewer
    from trigpoint.gate.connection import current_version

    viewer = Viewer(user="analyst", agency="", role="analyst")
    period, slow = last_year(viewer), []
    print(f"{'question':<46}{'first':>9}{'kept':>9}")
    for kind, words in QUESTIONS:
        told = dict(words) if "all" in words else period | words
        told.pop("all", None)
        first, _ = asked(viewer, kind, told)
        current_version().forget()
        kept, found = asked(viewer, kind, told)
        said = " ".join([kind, *(f"{word}={value}" for word, value in words.items() if word != "all")])
        print(f"{said:<46}{first:>7.2f} s{kept:>7.2f} s  {found}", flush=True)
        slow += [said] if kept > GOAL_S else []
    return slow


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--home", type=Path, metavar="DIR")
    words.add_argument("--full", action="store_true")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = told.home or Path(name, "home")
        if told.home is None:
            from trigpoint.cli import main as command

            command(["--home", str(root), "demo", "--size", "village", "--no-serve"])
        open_home(root)
        slow = measure()
    print(f"load of the machine {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    print(f"over {GOAL_S:g} s when kept: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
