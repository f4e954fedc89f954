"""`trigpoint demo`: build the synthetic county once, then open it."""

import argparse
import os
import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

import django
import yaml

from trigpoint.cli import DONE
from trigpoint.cli.commands import DemoRefused
from trigpoint.upkeep.new_home import write_home

COUNTY = "Marlshire"
FINISHED = "demo.yaml"
LAST_DAY = date(2026, 10, 31)
FORM = 9
"""What the demo consists of. A demo of an older form is built anew."""


def open_demo(told: argparse.Namespace) -> int:
    """Build the demo home if it is not there, then serve it unless told not to."""
    root = Path(os.environ["TRIGPOINT_HOME"])
    if told.size == "national":
        return _write_country(root, told.seed, told.records)
    wanted = {"seed": told.seed, "size": told.size, "form": FORM}
    if _is_finished(root, wanted):
        django.setup()
    else:
        _build(root, wanted)
    if told.no_serve:
        return DONE
    from trigpoint.cli.server import serve_home

    return serve_home(host="127.0.0.1", port=told.port, show=True)


def _is_finished(root: Path, wanted: dict[str, object]) -> bool:
    """True when this very demo stands there; an unfinished or older one is cleared away. Raises DemoRefused otherwise."""
    if not root.exists() or not any(root.iterdir()):
        return False
    home = root / "home.yaml"
    if not home.exists() or yaml.safe_load(home.read_text(encoding="utf-8")).get("demo") is not True:
        raise DemoRefused(f"{root} is not a demo home. Choose another folder with --home.")
    finished = root / FINISHED
    there = yaml.safe_load(finished.read_text(encoding="utf-8")) if finished.exists() else None
    if there is None or there.get("form") != wanted["form"]:
        shutil.rmtree(root)
        return False
    if there != wanted:
        raise DemoRefused(
            f"{root} holds another demo county (seed or size differ). Delete it or choose another."
        )
    return True


def _build(root: Path, wanted: dict[str, object]) -> None:
    started = time.perf_counter()
    write_home(root, county=COUNTY, districts=(), owner="analyst", demo=True, at=datetime.now(UTC))
    django.setup()
    from trigpoint.demo.play import play_county

    played = play_county(
        root, seed=int(str(wanted["seed"])), size=str(wanted["size"]), at=datetime.now(UTC), tell=_say
    )
    (root / FINISHED).write_text(yaml.safe_dump(wanted), encoding="utf-8")
    seconds = time.perf_counter() - started
    _say(f"{COUNTY} is ready: {played.rows_input:,} rows from {played.files} files in {seconds:.0f} s.")


def _write_country(directory: Path, seed: int, records: int) -> int:
    """Published rows of 43 counties, one county after another; goes on where an earlier run was stopped."""
    from trigpoint.demo.national import AnotherCountry, write_national

    if directory.exists() and any(directory.iterdir()) and not (directory / "_written").is_dir():
        raise DemoRefused(f"{directory} is not empty. Choose another folder with --home.")
    try:
        written = write_national(
            directory,
            records=records,
            seed=seed,
            end=LAST_DAY,
            told=lambda county, n: _say(f"county {county + 1}: {n:,}"),
        )
    except AnotherCountry as fault:
        raise DemoRefused(str(fault)) from fault
    _say(f"{written:,} records in {directory}. docs/scale.md says how to ask them on Spark.")
    return DONE


def _say(sentence: str) -> None:
    print(sentence, flush=True)
